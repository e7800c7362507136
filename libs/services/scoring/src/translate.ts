import { type CustomerActed, happenedAt, type ScoreChanged } from '@sestante/contracts';
import { type Activity, byElement, type Element, elements, type Scores } from '@sestante/engagement';

/** The scores of the six elements in a message. */
export type ElementScores = ScoreChanged['scores']['elements'];

/** The part of the published scores that is stored. */
export type PublishedElements = Readonly<Record<Element, Pick<ElementScores[Element], 'bond' | 'mood'>>>;

/**
 * The activity as the domain reads it. Its instant is not later than its reception: a fast clock must not put evidence into the future, because no score
 * could then be read without it.
 */
export function toActivity(acted: CustomerActed): Activity {
  const { activityId, name, channel, properties } = acted;
  return { activityId, name, channel, at: Date.parse(happenedAt(acted)), properties };
}

/** Scores without the counts of evidence, rounded to a millionth: more digits are not visible to anyone, and would be half of the message. */
export function toElementScores(scores: Scores): ElementScores {
  return byElement((element) => {
    const { bond, mood, drop, confidence } = scores.elements[element];
    return { bond: rounded(bond), mood: rounded(mood), drop: rounded(drop), confidence: rounded(confidence) };
  });
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
  for (const element of elements) {
    const previous = before?.[element];
    const { bond, mood } = after[element];
    const isFirst = bond !== null && (previous?.bond ?? null) === null;
    const byBond = round((bond ?? 0) - (previous?.bond ?? bond ?? 0));
    const byMood = round((mood ?? 0) - (previous?.mood ?? mood ?? 0));
    if (!isFirst && byBond === 0 && byMood === 0) continue;
    change[element] = { bond: byBond, mood: byMood };
    isNoticeable ||= isFirst || Math.abs(byBond) >= minNoticeableChange || Math.abs(byMood) >= minNoticeableChange;
  }
  return { change, isNoticeable };
}
