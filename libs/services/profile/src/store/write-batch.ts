import { inOrder, type MonthlyPartitions } from '@sestante/postgres';
import type { PoolClient } from 'pg';
import type { ResolvedBatch } from '../resolve-batch.ts';
import type { LatestValues, StandingEntry } from '../standing-entries.ts';
import { toTraits } from '../translate.ts';
import { addIdentifiers, addMembers, assertUnchanged } from './identities.ts';
import { newActivitiesOf } from './new-activities.ts';
import { addSeen } from './seen.ts';
import { findLatestValues, saveStandingEntries } from './standing-entries.ts';
import { lockStandings } from './standing-locks.ts';
import { addToTimeline } from './timeline.ts';
import { setTraits } from './traits.ts';

/** All effects of a batch. */
export interface Effects {
  readonly resolved: ResolvedBatch;
  readonly standingEntries: readonly StandingEntry[];
  /** The customers whose standing the batch reads: those with activities that existed before. */
  readonly customers: readonly string[];
  /** Those of them whose standing it also changes. */
  readonly changed: ReadonlySet<string>;
}

/**
 * Writes the effects in one round trip. Resolves to the latest values of the customers' standings before the batch. All batches take their locks in
 * this order. Those on standings come last, because they make batches wait that have nothing else in common. Throws `AlreadySeen`, `Race`,
 * `MissingPartition`, `InvalidInstant`.
 */
export async function writeBatch(
  client: PoolClient,
  months: MonthlyPartitions,
  { resolved, standingEntries, customers, changed }: Effects,
): Promise<Map<string, LatestValues>> {
  const activities = newActivitiesOf(resolved.entries);
  await assertUnchanged(client, resolved);
  const written = await inOrder([
    addMembers(client, resolved),
    addIdentifiers(client, resolved),
    addSeen(client, activities),
    months.inserting(() => addToTimeline(client, activities)),
    setTraits(client, resolved.entries.flatMap(toTraits)),
    lockStandings(client, { read: customers, changed }),
    findLatestValues(client, customers),
    saveStandingEntries(client, standingEntries),
  ] as const);
  return written[6];
}
