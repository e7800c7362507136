import { type CustomerActed, happenedAt, type ScoreChanged } from '@sestante/contracts';
import { type Activity, byElement, elements, type Scores } from '@sestante/engagement';
import { compact } from './compact.ts';

/** The scores of the six elements in a message. */
export type ElementScores = ScoreChanged['scores']['elements'];

/**
 * The part of the published scores that is stored: 12 numbers, bond and mood of each element in the order of `elements`; NaN represents null. Compact,
 * because those of many customers are in memory.
 */
export type PublishedElements = readonly number[];

/**
 * The activity as the domain reads it. Its instant is not later than its reception: a fast clock must not put evidence into the future, because no score
 * could then be read without it.
 */
export function toActivity(acted: CustomerActed): Activity {
  const { activityId, name, channel, vouchedBy, properties } = acted;
  return { activityId, name, channel, vouchedBy, at: Date.parse(happenedAt(acted)), properties: compact(properties) };
}

/** Scores without the counts of evidence, rounded to a millionth: more digits are not visible to anyone, and would be half of the message. */
export function toElementScores(scores: Scores): ElementScores {
  return byElement((element) => {
    const { bond, mood, drop, confidence } = scores.elements[element];
    return { bond: rounded(bond), mood: rounded(mood), drop: rounded(drop), confidence: rounded(confidence) };
  });
}

export function toPublished(scores: ElementScores): PublishedElements {
  const numbers: number[] = [];
  for (const element of elements) {
    const { bond, mood } = scores[element];
    numbers.push(bond ?? Number.NaN, mood ?? Number.NaN);
  }
  return numbers;
}

/** Rounds to a millionth of a point. */
export function rounded<N extends number | null>(number: N): N {
  return number === null ? number : (round(number) as N);
}

const round = (number: number) => Math.round(number * 1e6) / 1e6;

/** The smallest change of a score that is published, in points. */
const minNoticeableChange = 0.5;

/** The change of each element in points, and whether it is published. A score that had no value before counts as changed. */
export function changeOf(
  before: PublishedElements | undefined,
  after: ElementScores,
): { change: ScoreChanged['change']; isNoticeable: boolean } {
  const change: ScoreChanged['change'] = {};
  let isNoticeable = false;
  let index = 0;
  for (const element of elements) {
    const { bond, mood } = after[element];
    const previousBond = before?.[index++] ?? Number.NaN;
    const previousMood = before?.[index++] ?? Number.NaN;
    // An element with a bond has a mood, and keeps both.
    if (bond === null || mood === null) continue;
    const isFirst = Number.isNaN(previousBond);
    const byBond = isFirst ? 0 : round(bond - previousBond);
    const byMood = isFirst ? 0 : round(mood - previousMood);
    if (!isFirst && byBond === 0 && byMood === 0) continue;
    change[element] = { bond: byBond, mood: byMood };
    isNoticeable ||= isFirst || Math.abs(byBond) >= minNoticeableChange || Math.abs(byMood) >= minNoticeableChange;
  }
  return { change, isNoticeable };
}
