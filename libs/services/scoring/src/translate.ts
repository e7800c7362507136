import { type CustomerActed, happenedAt, type ScoreChanged } from '@sestante/contracts';
import { type Activity, byElement, type Element, elements, type Scores } from '@sestante/engagement';

/** The six elements as a message shows them. */
export type ShownScores = ScoreChanged['scores']['elements'];

/** What is remembered of the scores that were last said. */
export type SaidScores = Readonly<Record<Element, Pick<ShownScores[Element], 'bond' | 'mood'>>>;

/**
 * An activity for the domain. It cannot have happened after we received it: a clock that is ahead must not put evidence into the
 * future, where no score could be read without it.
 */
export function toActivity(acted: CustomerActed): Activity {
  const { activityId, name, channel, properties } = acted;
  return { activityId, name, channel, at: Date.parse(happenedAt(acted)), properties };
}

/** Scores without the counts of evidence, to a millionth: nobody sees more, and the rest would be half of the message. */
export function toShown(scores: Scores): ShownScores {
  return byElement((element) => {
    const { bond, mood, drop, confidence } = scores.elements[element];
    return { bond: rounded(bond), mood: rounded(mood), drop: rounded(drop), confidence: rounded(confidence) };
  });
}

/** To a millionth of a point. */
export function rounded<N extends number | null>(number: N): N {
  return (number === null ? null : Math.round(number * 1e6) / 1e6) as N;
}

/** By how much, in points, a score has to move to be worth a message. */
const noticeable = 0.5;

/** The elements that moved, by how much, and whether it is worth a message. A score that appears counts as moved. */
export function changeOf(
  before: SaidScores | undefined,
  after: ShownScores,
): { change: ScoreChanged['change']; isNoticeable: boolean } {
  const change: ScoreChanged['change'] = {};
  let isNoticeable = false;
  for (const element of elements) {
    const [old, now] = [before?.[element], after[element]];
    const bond = rounded((now.bond ?? 0) - (old?.bond ?? now.bond ?? 0));
    const mood = rounded((now.mood ?? 0) - (old?.mood ?? now.mood ?? 0));
    const appeared = now.bond !== null && (old?.bond ?? null) === null;
    if (!appeared && bond === 0 && mood === 0) continue;
    change[element] = { bond, mood };
    isNoticeable ||= appeared || Math.abs(bond) >= noticeable || Math.abs(mood) >= noticeable;
  }
  return { change, isNoticeable };
}
