import type { Standing } from '@sestante/contracts';
import { defaultStanding, type LatestValues, setIfLater, type StandingEntry, standingOf } from './standing-entries.ts';
import type { StoredActivity } from './store/timeline.ts';

/**
 * The standing of each activity's customer after it, in the given order.
 *
 * @param latestByCustomer the stored values before the batch; the function changes it
 * @param entriesById the values that activities of the batch set, by activity id; absent for activities that set none, or were stored before
 */
export function standingsOf(
  activities: readonly StoredActivity[],
  latestByCustomer: Map<string, LatestValues>,
  entriesById: ReadonlyMap<string, readonly StandingEntry[]>,
): readonly Standing[] {
  const standings = new Map<string, Standing>();
  return activities.map(({ activityId, customerId }) => {
    const added = entriesById.get(activityId);
    const previous = standings.get(customerId);
    if (previous && !added) return previous;
    const latest = latestByCustomer.get(customerId) ?? new Map();
    for (const entry of added ?? []) setIfLater(latest, entry);
    latestByCustomer.set(customerId, latest);
    const standing = latest.size === 0 ? defaultStanding : standingOf(latest);
    standings.set(customerId, standing);
    return standing;
  });
}
