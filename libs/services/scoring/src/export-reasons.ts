import type { Explanation } from '@sestante/engagement';

/**
 * The reasons of one score, as items of an export: its base, what earlier activities add, the activities with the largest contributions, and all others as
 * one. They add up to the score. Nothing without a score.
 *
 * @param most how many activities are listed one by one
 */
export function* reasonsIn(
  { element, scale, base, score, contributions, earlier }: Explanation,
  most: number,
): Generator<object> {
  if (score === null) return;
  yield { element, scale, because: 'the score without evidence', contribution: base };
  if (earlier) yield { element, scale, because: 'earlier activities', ...earlier, until: iso(earlier.until) };
  for (const { name, at, because, ...contribution } of contributions.slice(0, most))
    yield { element, scale, because: name, reason: because, at: iso(at), ...contribution };
  const others = contributions.slice(most);
  if (others.length === 0) return;
  const sum = others.reduce((total, { contribution }) => total + contribution, 0);
  yield { element, scale, because: 'all others', count: others.length, contribution: sum };
}

const iso = (instant: number) => new Date(instant).toISOString();
