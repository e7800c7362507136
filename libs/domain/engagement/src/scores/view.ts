import { channels } from '../activity.ts';
import { remaining } from '../decay.ts';
import type { Element, Scale } from '../element.ts';
import type { Model } from '../model/model.ts';
import {
  amountCount,
  amountLayout,
  channelCount,
  elementCount,
  referenceIndex,
  scaleLayout,
  usualAmount,
} from '../state/layout.ts';
import { numberAt, type State } from '../state/state.ts';
import { channelSpread } from './channel-spread.ts';
import type { Observation, Sums } from './formula.ts';
import { observedRhythm, silenceFactorAt } from './observed-rhythm.ts';

/** One scale of a state at one instant. */
export interface View {
  readonly model: Model;
  readonly state: State;
  readonly scale: Scale;
  /** Not before the latest evidence. */
  readonly at: number;
  /** The part of the sums of the state that remains at that instant, 0..1. */
  readonly decayFactor: number;
  /** See `silenceFactorAt`. */
  readonly silenceFactor: number | undefined;
}

/** The instant at which a state is read: `at`, but not before the latest evidence. */
export function readableAt(state: State, at: number): number {
  return Math.max(at, numberAt(state, referenceIndex));
}

/** The number of activities with evidence for the element. */
export function evidenceCount(state: State, element: Element): number {
  return numberAt(state, elementCount[element]);
}

export function viewAt(model: Model, state: State, when: { readonly scale: Scale; readonly at: number }): View {
  const at = readableAt(state, when.at);
  const age = at - numberAt(state, referenceIndex);
  const decayFactor = remaining(age, model.halfLives[when.scale]);
  return { model, state, scale: when.scale, at, decayFactor, silenceFactor: silenceFactorAt(model, state, at) };
}

/** The same instant on the other scale. */
export function withScale(view: View, scale: Scale): View {
  const { model, state, at, silenceFactor } = view;
  const age = at - numberAt(state, referenceIndex);
  return { model, state, scale, at, decayFactor: remaining(age, model.halfLives[scale]), silenceFactor };
}

/**
 * The sums of the element, including rhythm, and for coherence the spread between channels; undefined without evidence.
 * Evidence that has decayed to 0 is still evidence: its sums are 0.
 */
export function observed(view: View, element: Element): Sums | undefined {
  const hasOwn = evidenceCount(view.state, element) > 0;
  const own = elementSums(view, element, amountFactor(view, element));
  const spread = element === 'coherence' ? observedSpread(view) : undefined;
  const rhythm = observedRhythm(view, element);
  if (spread === undefined && rhythm === undefined) return hasOwn ? own : undefined;
  const weight = own.weight + (spread?.weight ?? 0) + (rhythm?.weight ?? 0);
  const good = own.good + goodOf(spread) + goodOf(rhythm);
  return { weight, good };
}

function goodOf(observation: Observation | undefined): number {
  return observation === undefined ? 0 : observation.weight * observation.valence;
}

/** The sums of the signals for the element. Amounts are multiplied by `factor`. */
export function elementSums(view: View, element: Element, factor: number): Sums {
  const sums = sumsAt(view, scaleLayout[view.scale].element[element]);
  if (factor === 0) return sums;
  const amounts = sumsAt(view, amountLayout[view.scale].element[element] + 1);
  return { weight: sums.weight + amounts.weight * factor, good: sums.good + amounts.good * factor };
}

/**
 * By what the amounts of the signals are multiplied: 1 / usual amount, where the usual amount is the customer's mean amount of a purchase. Their weights are in sum
 * at most `mostTimesUsual` times those without amounts. If no amount of a purchase is known, the mean amount of the signals is the usual one.
 * 0 without such signals.
 */
export function amountFactor({ model, state, scale }: View, element: Element): number {
  if (numberAt(state, amountCount) === 0) return 0;
  const index = amountLayout[scale].element[element];
  const byAmount = numberAt(state, index + 1);
  if (byAmount <= 0) return 0;
  const byOwnMean = numberAt(state, index) / byAmount;
  const [purchases, paid] = [numberAt(state, usualAmount), numberAt(state, usualAmount + 1)];
  if (purchases <= 0 || paid <= 0) return byOwnMean;
  return Math.min(purchases / paid, model.purchases.mostTimesUsual * byOwnMean);
}

/** The spread between the channels with evidence; undefined for fewer than two channels, or if the model has no spread. */
export function observedSpread(view: View): Observation | undefined {
  const { model, state, scale } = view;
  if (model.channelSpread === undefined) return undefined;
  const met: Sums[] = [];
  for (const channel of channels) {
    if (numberAt(state, channelCount[channel]) > 0) met.push(sumsAt(view, scaleLayout[scale].channel[channel]));
  }
  return channelSpread(model.priors.coherence, model.channelSpread.weight, met);
}

function sumsAt({ state, decayFactor }: View, index: number): Sums {
  return { weight: numberAt(state, index) * decayFactor, good: numberAt(state, index + 1) * decayFactor };
}
