import type { Standing } from '@sestante/contracts';
import {
  type StandingEntry,
  standingEntriesOf,
  type LatestValues,
  setIfLater,
  defaultStanding,
  standingOf,
} from './standing-entries.ts';
import type { StoredActivity } from './store/timeline.ts';

export interface Standings {
  /** For each activity, the standing of its customer after it. */
  readonly after: readonly Standing[];
  /** The values that the new activities set. */
  readonly entries: readonly StandingEntry[];
}

/**
 * The standing of each activity's customer after it, in the given order. `latestByCustomer` holds the stored values, including those of activities that
 * are not new; the function changes it.
 */
export function standingsOf(
  activities: readonly StoredActivity[],
  latestByCustomer: Map<string, LatestValues>,
  isNew: (activity: StoredActivity) => boolean,
): Standings {
  const entries: StandingEntry[] = [];
  const standings = new Map<string, Standing>();
  const after = activities.map((activity) => {
    const { customerId } = activity;
    const added = isNew(activity) ? standingEntriesOf(activity) : [];
    const previous = standings.get(customerId);
    if (previous && added.length === 0) return previous;
    entries.push(...added);
    const latest = latestByCustomer.get(customerId) ?? new Map();
    for (const entry of added) setIfLater(latest, entry);
    latestByCustomer.set(customerId, latest);
    const standing = latest.size === 0 ? defaultStanding : standingOf(latest);
    standings.set(customerId, standing);
    return standing;
  });
  return { after, entries };
}
