import type { Evidence } from '../evidence.ts';
import type { Model } from '../model/model.ts';
import type { Sums } from './formula.ts';
import type { Question } from './question.ts';
import type { View } from './view.ts';
import { remaining } from '../decay.ts';
import { observedSpread } from './view.ts';

/** Stands for an activity's id in the one contribution to coherence that comes from no single activity. */
export const channelSpreadId = 'channel-spread';

/** What one activity, or the spread between channels, adds to the sums of an element. */
export interface Part extends Sums {
  readonly activityId: string;
  readonly name: string;
  readonly at: number;
  readonly valence: number;
}

/** One part for each activity that speaks of the element. No evidence may be later than the question. */
export function activityParts(model: Model, evidence: readonly Evidence[], question: Question): Part[] {
  const halfLife = model.halfLives[question.scale];
  return evidence.flatMap(({ activityId, name, at, signals }) => {
    const ours = signals.filter(({ element }) => element === question.element);
    if (ours.length === 0) return [];
    const weight = ours.reduce((sum, signal) => sum + signal.weight, 0);
    const good = ours.reduce((sum, signal) => sum + signal.weight * signal.valence, 0);
    const kept = remaining(question.at - at, halfLife);
    return [{ activityId, name, at, weight: weight * kept, good: good * kept, valence: good / weight }];
  });
}

/** The part of the spread between channels: one for coherence once two channels have evidence, otherwise none. */
export function spreadParts(view: View, { element, at }: Question): Part[] {
  const spread = element === 'coherence' ? observedSpread(view) : undefined;
  if (spread === undefined) return [];
  const { weight, valence } = spread;
  return [{ activityId: channelSpreadId, name: 'channel spread', at, weight, good: weight * valence, valence }];
}
