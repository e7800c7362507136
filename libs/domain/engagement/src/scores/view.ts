import type { Element, Scale } from '../element.ts';
import type { Model } from '../model/model.ts';
import type { State } from '../state/state.ts';
import type { SpreadObservation } from './channel-spread.ts';
import type { Sums } from './formula.ts';
import { channels } from '../activity.ts';
import { remaining } from '../decay.ts';
import { channelCount, elementCount, referenceIndex, scaleLayout } from '../state/layout.ts';
import { numberAt } from '../state/state.ts';
import { channelSpread } from './channel-spread.ts';

/** One scale of a state at one instant. */
export interface View {
  readonly model: Model;
  readonly state: State;
  readonly scale: Scale;
  /** The part of the sums of the state that remains at that instant, 0..1. */
  readonly decayFactor: number;
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
  const age = readableAt(state, when.at) - numberAt(state, referenceIndex);
  return { model, state, scale: when.scale, decayFactor: remaining(age, model.halfLives[when.scale]) };
}

/**
 * The sums of the element, for coherence including the spread between channels; undefined without evidence.
 * Evidence that has decayed to 0 is still evidence: its sums are 0.
 */
export function observed(view: View, element: Element): Sums | undefined {
  const hasOwn = evidenceCount(view.state, element) > 0;
  const own = elementSums(view, element);
  const spread = element === 'coherence' ? observedSpread(view) : undefined;
  if (spread === undefined) return hasOwn ? own : undefined;
  return { weight: own.weight + spread.weight, good: own.good + spread.weight * spread.valence };
}

/** The sums of the signals for the element. */
export function elementSums(view: View, element: Element): Sums {
  return sumsAt(view, scaleLayout[view.scale].element[element]);
}

/** The spread between the channels with evidence; undefined for fewer than two channels. */
export function observedSpread(view: View): SpreadObservation | undefined {
  const { model, state, scale } = view;
  const met: Sums[] = [];
  for (const channel of channels) {
    if (numberAt(state, channelCount[channel]) > 0) met.push(sumsAt(view, scaleLayout[scale].channel[channel]));
  }
  return channelSpread(model, met);
}

function sumsAt({ state, decayFactor }: View, index: number): Sums {
  return { weight: numberAt(state, index) * decayFactor, good: numberAt(state, index + 1) * decayFactor };
}
