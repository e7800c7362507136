import type { Element } from '../element.ts';
import type { Model } from '../model/model.ts';
import { type Silence, silence } from '../rhythm/silence.ts';
import { firstPurchaseAt, hasPurchase, lastPurchaseAt, purchaseCount, referenceIndex } from '../state/layout.ts';
import { numberAt, type State } from '../state/state.ts';
import type { Observation } from './formula.ts';

/**
 * How unusual the present silence of a customer is, at an instant that is not before the latest evidence. Null without a purchase, or if the model has no rhythm.
 */
export function silenceAt(model: Model, state: State, at: number): Silence | null {
  if (model.rhythm === undefined || numberAt(state, hasPurchase) === 0) return null;
  const history = {
    purchases: numberAt(state, purchaseCount),
    firstAt: numberAt(state, firstPurchaseAt),
    lastAt: numberAt(state, lastPurchaseAt),
  };
  return silence(model.rhythm, history, Math.max(at, numberAt(state, referenceIndex)));
}

/** How much the silence counts, as a part of the model's weights: surprise^sharpness. Undefined if the model draws nothing from it. */
export function silenceFactorAt(model: Model, state: State, at: number): number | undefined {
  const found = silenceAt(model, state, at);
  return model.rhythm === undefined || found === null ? undefined : found.surprise ** model.rhythm.sharpness;
}

/** The silence as one observation of the element: weight = model's weight · surprise^sharpness. Undefined if the model draws nothing from it. */
export function observedRhythm(
  { model, silenceFactor }: { readonly model: Model; readonly silenceFactor: number | undefined },
  element: Element,
): Observation | undefined {
  const { rhythm } = model;
  if (rhythm === undefined || silenceFactor === undefined || rhythm.weights[element] === 0) return undefined;
  return { weight: rhythm.weights[element] * silenceFactor, valence: rhythm.valence };
}
