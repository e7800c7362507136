import { inOrder, type MonthlyPartitions } from '@sestante/postgres';
import type { PoolClient } from 'pg';
import type { ConsentRecord } from '../consent-records.ts';
import type { Regrouping } from '../regroup.ts';
import type { LatestValues, StandingEntry } from '../standing-entries.ts';
import { toTraits } from '../translate.ts';
import { addConsents } from './consents.ts';
import { newActivitiesOf, type TimelineEntry } from './new-activities.ts';
import { lockMembers, saveRegrouping } from './save-regrouping.ts';
import { addSeen } from './seen.ts';
import { assertNotMoved } from './snapshot.ts';
import { findLatestValues, saveStandingEntries } from './standing-entries.ts';
import { lockStandings } from './standing-locks.ts';
import { addToTimeline } from './timeline.ts';
import { setTraits } from './traits.ts';

/** All effects of a batch. */
export interface Effects {
  /** What the transaction saw before it read the members of the batch. */
  readonly snapshot: string;
  readonly entries: readonly TimelineEntry[];
  /** The members of the entries, and of the activities that are published again. */
  readonly members: ReadonlySet<string>;
  readonly regrouping: Regrouping;
  readonly standingEntries: readonly StandingEntry[];
  readonly consents: readonly ConsentRecord[];
  /** The customers whose standing the batch reads: those with activities that existed before. */
  readonly customers: readonly string[];
  /** Those whose standing it also changes, by values or by members. */
  readonly changed: ReadonlySet<string>;
}

/**
 * Writes the effects in one round trip. Resolves to the latest values of the customers' standings before the batch. All batches take their locks in this order.
 * Those on standings come last, because they make batches wait that have nothing else in common. Throws `AlreadySeen`, `Race`, `MissingPartition`,
 * `InvalidInstant`.
 */
export async function writeBatch(
  client: PoolClient,
  months: MonthlyPartitions,
  { snapshot, entries, members, regrouping, standingEntries, consents, customers, changed }: Effects,
): Promise<Map<string, LatestValues>> {
  const activities = newActivitiesOf(entries);
  const written = await inOrder([
    lockMembers(client, regrouping),
    addSeen(client, activities),
    months.inserting(() => addToTimeline(client, activities)),
    setTraits(client, entries.flatMap(toTraits)),
    lockStandings(client, { read: customers, changed }),
    assertNotMoved(client, snapshot, { members, hasNew: regrouping.added.length > 0 }),
    saveRegrouping(client, regrouping),
    findLatestValues(client, customers),
    saveStandingEntries(client, standingEntries),
    addConsents(client, consents),
  ] as const);
  return written[7];
}
