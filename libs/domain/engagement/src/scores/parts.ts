import type { VouchedBy } from '../activity.ts';
import type { Evidence } from '../evidence.ts';
import type { Model } from '../model/model.ts';
import type { Sums } from './formula.ts';
import type { Question } from './question.ts';
import type { View } from './view.ts';
import { remaining } from '../decay.ts';
import { observedSpread } from './view.ts';

/** The `activityId` of the contribution of the spread between channels, which has no activity. */
export const channelSpreadId = 'channel-spread';

/** The part of the sums of an element that comes from one activity or from the spread between channels. */
export interface Part extends Sums {
  readonly activityId: string;
  readonly name: string;
  readonly at: number;
  readonly valence: number;
  /** Who vouches for the activity, and the trust in them, which is in the weight. Absent for the spread. */
  readonly vouchedBy?: VouchedBy;
  readonly trust?: number;
}

/** One part for each activity with a signal for the element. No evidence may be later than the question. */
export function activityParts(model: Model, evidence: readonly Evidence[], question: Question): Part[] {
  const halfLife = model.halfLives[question.scale];
  return evidence.flatMap(({ activityId, name, at, vouchedBy, signals }) => {
    const matching = signals.filter(({ element }) => element === question.element);
    if (matching.length === 0) return [];
    const weight = matching.reduce((sum, signal) => sum + signal.weight, 0);
    const good = matching.reduce((sum, signal) => sum + signal.weight * signal.valence, 0);
    const decayFactor = remaining(question.at - at, halfLife);
    const sums = { weight: weight * decayFactor, good: good * decayFactor };
    const trust = model.trustOf[vouchedBy];
    return [{ activityId, name, at, ...sums, valence: good / weight, vouchedBy, trust }];
  });
}

/** The part of the spread between channels: one for coherence if at least two channels have evidence, otherwise none. */
export function spreadParts(view: View, { element, at }: Question): Part[] {
  const spread = element === 'coherence' ? observedSpread(view) : undefined;
  if (spread === undefined) return [];
  const { weight, valence } = spread;
  return [{ activityId: channelSpreadId, name: 'channel spread', at, weight, good: weight * valence, valence }];
}
