import type { Standing } from '@sestante/contracts';
import { type Fact, factsOf, type LatestWords, note, noStanding, standingOf } from './facts.ts';
import type { KeptActivity } from './store/timeline.ts';

export interface Standings {
  /** Of the customer of each activity, after it. */
  readonly after: readonly Standing[];
  /** What the new activities tell. */
  readonly facts: readonly Fact[];
}

/**
 * How the customers of activities stand after each of them, in this order. `words` is what is known before, with what the activities told that are not
 * new; it is changed.
 */
export function standingsOf(
  activities: readonly KeptActivity[],
  words: Map<string, LatestWords>,
  isNew: (activity: KeptActivity) => boolean,
): Standings {
  const facts: Fact[] = [];
  const standings = new Map<string, Standing>();
  const after = activities.map((activity) => {
    const { customerId } = activity;
    const told = isNew(activity) ? factsOf(activity) : [];
    const known = standings.get(customerId);
    if (known && told.length === 0) return known;
    facts.push(...told);
    const latest = words.get(customerId) ?? new Map();
    for (const fact of told) note(latest, fact);
    words.set(customerId, latest);
    const standing = latest.size === 0 ? noStanding : standingOf(latest);
    standings.set(customerId, standing);
    return standing;
  });
  return { after, facts };
}
