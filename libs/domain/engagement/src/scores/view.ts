import type { Element, Scale } from '../element.ts';
import type { Model } from '../model/model.ts';
import type { State } from '../state/state.ts';
import type { SpreadObservation } from './channel-spread.ts';
import type { Sums } from './formula.ts';
import { channels } from '../activity.ts';
import { remaining } from '../decay.ts';
import { channelCount, elementCount, referenceAt, scaleLayout } from '../state/layout.ts';
import { numberAt } from '../state/state.ts';
import { channelSpread } from './channel-spread.ts';

/** One scale of a state, brought to one instant. */
export interface View {
  readonly model: Model;
  readonly state: State;
  readonly scale: Scale;
  /** What is left of the state's sums at that instant. */
  readonly kept: number;
}

/** The instant at which a state is read: the one asked for, but not before its latest evidence. */
export function readableAt(state: State, at: number): number {
  return Math.max(at, numberAt(state, referenceAt));
}

/** How many activities gave evidence for the element. */
export function evidenceCount(state: State, element: Element): number {
  return numberAt(state, elementCount[element]);
}

export function viewAt(model: Model, state: State, when: { readonly scale: Scale; readonly at: number }): View {
  const age = readableAt(state, when.at) - numberAt(state, referenceAt);
  return { model, state, scale: when.scale, kept: remaining(age, model.halfLives[when.scale]) };
}

/**
 * What was observed of the element, for coherence with the spread between channels; undefined when that is nothing.
 * Evidence that has faded to nothing still is evidence: its sums are 0.
 */
export function observed(view: View, element: Element): Sums | undefined {
  const { state, scale } = view;
  const hasOwn = evidenceCount(state, element) > 0;
  const own = sumsAt(view, scaleLayout[scale].element[element]);
  const spread = element === 'coherence' ? observedSpread(view) : undefined;
  if (spread === undefined) return hasOwn ? own : undefined;
  return { weight: own.weight + spread.weight, good: own.good + spread.weight * spread.valence };
}

/** The spread between the channels with evidence; undefined when they are fewer than two. */
export function observedSpread(view: View): SpreadObservation | undefined {
  const { model, state, scale } = view;
  const met = channels.filter((channel) => numberAt(state, channelCount[channel]) > 0);
  return channelSpread(
    model,
    met.map((channel) => sumsAt(view, scaleLayout[scale].channel[channel])),
  );
}

function sumsAt({ state, kept }: View, index: number): Sums {
  return { weight: numberAt(state, index) * kept, good: numberAt(state, index + 1) * kept };
}
