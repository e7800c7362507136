import type { VouchedBy } from '../activity.ts';
import { remaining } from '../decay.ts';
import type { Because } from '../document/model-document.ts';
import type { Evidence, Signal } from '../evidence.ts';
import type { Model } from '../model/model.ts';
import type { Silence } from '../rhythm/silence.ts';
import type { Sums } from './formula.ts';
import { observedRhythm, silenceAt } from './observed-rhythm.ts';
import type { Question } from './question.ts';
import { amountFactor, observedSpread, type View } from './view.ts';

/** The `activityId` of the contribution of the spread between channels, which has no activity. */
export const channelSpreadId = 'channel-spread';
/** The `activityId` of the contribution of the silence since the last purchase, which has no activity. */
export const rhythmId = 'rhythm';

/** The part of the sums of an element that comes from one rule and one activity, from rhythm, or from the spread between channels. */
export interface Part extends Sums {
  readonly activityId: string;
  readonly name: string;
  readonly at: number;
  readonly valence: number;
  readonly because: Because;
  /** The index of the rule; null for rhythm and spread. */
  readonly rule: number | null;
  /** Who vouches for the activity, and the trust in them, which is in the weight. Absent without an activity. */
  readonly vouchedBy?: VouchedBy;
  readonly trust?: number;
  readonly silence?: Silence;
}

/** One part for each signal for the element that counts. No evidence may be later than the question. */
export function signalParts(view: View, settled: readonly Evidence[], question: Question): Part[] {
  const { model } = view;
  const factor = amountFactor(view, question.element);
  const halfLife = model.halfLives[question.scale];
  return settled.flatMap(({ activityId, name, at, vouchedBy, signals }) => {
    const own = signals.filter(({ element, counts }) => element === question.element && counts !== false);
    const decayFactor = remaining(question.at - at, halfLife);
    const trust = model.trustOf[vouchedBy];
    return own.map((signal): Part => {
      const weight = signal.weight * decayFactor * (signal.amount === undefined ? 1 : signal.amount * factor);
      const { valence, rule } = signal;
      const because = becauseOf(model, signal);
      return { activityId, name, at, weight, good: weight * valence, valence, because, rule, vouchedBy, trust };
    });
  });
}

function becauseOf(model: Model, { rule }: Signal): Because {
  const because = model.rules[rule]?.because;
  if (because === undefined) throw new RangeError(`The model has no rule ${rule}: the evidence is of another model.`);
  return because;
}

/** The parts without an activity: of the silence since the last purchase, and for coherence of the spread between channels. */
export function otherParts(view: View, { element, at }: Question): Part[] {
  const { rhythm, channelSpread } = view.model;
  const parts: Part[] = [];
  const silent = observedRhythm(view, element);
  const silence = silenceAt(view.model, view.state, at);
  if (rhythm !== undefined && silent !== undefined && silence !== null) {
    const { weight, valence } = silent;
    const sums = { weight, good: weight * valence, valence };
    parts.push({ activityId: rhythmId, name: 'rhythm', at, ...sums, because: rhythm.because, rule: null, silence });
  }
  const spread = element === 'coherence' ? observedSpread(view) : undefined;
  if (channelSpread !== undefined && spread !== undefined) {
    const { weight, valence } = spread;
    const sums = { weight, good: weight * valence, valence };
    const { because } = channelSpread;
    parts.push({ activityId: channelSpreadId, name: 'channel spread', at, ...sums, because, rule: null });
  }
  return parts;
}
