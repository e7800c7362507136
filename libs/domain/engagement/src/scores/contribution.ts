import type { VouchedBy } from '../activity.ts';
import type { Because } from '../document/model-document.ts';
import type { Silence } from '../rhythm/silence.ts';
import type { Part } from './parts.ts';

/** By how much one activity, the silence since the last purchase, or the spread between channels, moves a score. */
export interface Contribution {
  /** The activity, `rhythmId` or `channelSpreadId`. */
  readonly activityId: string;
  readonly name: string;
  /** When the activity happened. Without an activity: the instant of the question. */
  readonly at: number;
  /** The weight that remains at the instant of the question, in observations. */
  readonly weight: number;
  /** How good it was, 0..1; the weighted mean if it has several signals for the element. */
  readonly valence: number;
  /** In points of the score. */
  readonly contribution: number;
  /** The reason of its rule; of several rules, of the one that moves the score most. */
  readonly because: Because;
  /** Who vouches for the activity. Absent without an activity, like `trust`. */
  readonly vouchedBy?: VouchedBy;
  /** The factor of its weight, by who vouches for it, 0..1. It is in the weight. */
  readonly trust?: number;
  /** For `rhythm`: how unusual the silence is. */
  readonly silence?: Silence;
}

/** A part with what it moves the score by. */
export type PartOfScore = Part & { readonly contribution: number };

/** One contribution for each activity, the largest first; equal sizes by instant, latest first. */
export function contributionsOf(parts: readonly PartOfScore[]): Contribution[] {
  return [...Map.groupBy(parts, ({ activityId }) => activityId).values()].map(combined).sort(byImportance);
}

function combined(parts: readonly PartOfScore[]): Contribution {
  if (parts.length === 1) return toContribution(parts[0]!, parts[0]!);
  const main = parts.reduce((most, part) => (sizeOf(part) > sizeOf(most) ? part : most));
  const weight = parts.reduce((sum, part) => sum + part.weight, 0);
  const good = parts.reduce((sum, part) => sum + part.good, 0);
  const contribution = parts.reduce((sum, part) => sum + part.contribution, 0);
  return toContribution(main, { weight, valence: weight === 0 ? main.valence : good / weight, contribution });
}

/** Field by field: there may be ten thousand, and copying all but some of the fields takes several times as long. */
function toContribution(
  { activityId, name, at, because, vouchedBy, trust, silence }: PartOfScore,
  { weight, valence, contribution }: Pick<Contribution, 'weight' | 'valence' | 'contribution'>,
): Contribution {
  const whole: { -readonly [Name in keyof Contribution]: Contribution[Name] } = {
    activityId,
    name,
    at,
    weight,
    valence,
    contribution,
    because,
  };
  if (vouchedBy !== undefined) whole.vouchedBy = vouchedBy;
  if (trust !== undefined) whole.trust = trust;
  if (silence !== undefined) whole.silence = silence;
  return whole;
}

const sizeOf = ({ contribution }: { readonly contribution: number }) => Math.abs(contribution);

function byImportance(a: Contribution, b: Contribution): number {
  return sizeOf(b) - sizeOf(a) || b.at - a.at || (a.activityId < b.activityId ? -1 : 1);
}
