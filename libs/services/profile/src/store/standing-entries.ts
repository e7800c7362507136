import { uuids } from '@sestante/postgres';
import type { PoolClient } from 'pg';
import {
  restrictiveValues,
  type StandingEntry,
  type LatestValues,
  setIfLater,
  isSupersededBy,
} from '../standing-entries.ts';
import { latestOf } from './latest.ts';

/** Stores the latest value of each member's fields. The order in which values arrive does not matter. */
export async function saveStandingEntries(client: PoolClient, entries: readonly StandingEntry[]): Promise<void> {
  const rows = latestOf(entries, ({ memberId, field }) => `${memberId} ${field}`, isSupersededBy);
  if (rows.length === 0) return;
  await client.query({
    name: 'profile-save-standing-entries',
    text: `insert into profile.fact as f (member_id, fact, value, set_at)
     select * from unnest($1::uuid[], $2::text[], $3::text[], $4::timestamptz[])
     on conflict (member_id, fact) do update set value = excluded.value, set_at = excluded.set_at
        where f.set_at < excluded.set_at or (f.set_at = excluded.set_at and
              (excluded.value = any($5::text[]) or (f.value <> all($5::text[]) and f.value collate "C" < excluded.value collate "C")))`,
    values: [
      rows.map(({ memberId }) => memberId),
      rows.map(({ field }) => field),
      rows.map(({ value }) => value),
      rows.map(({ setAt }) => setAt),
      restrictiveValues,
    ],
  });
}

/**
 * The latest values of those customers who have any. Locks the customers until the transaction ends: two batches may hold activities of one customer, and
 * the published standings must follow the order in which the batches are stored. The lock order is by id, so that there is no deadlock.
 */
export async function lockLatestValues(
  client: PoolClient,
  customerIds: readonly string[],
): Promise<Map<string, LatestValues>> {
  if (customerIds.length === 0) return new Map();
  const locked = client.query({
    name: 'profile-lock-customers',
    text: 'select from profile.customer where customer_id = any($1::uuid[]) order by customer_id for no key update',
    values: [uuids(customerIds)],
  });
  // Two statements in one round trip: a single one would not see rows that were committed while it waited for the lock.
  const [, latest] = await Promise.all([locked, findLatestValues(client, customerIds)]);
  return latest;
}

/** The latest values of those customers who have any, over all of their members. */
export async function findLatestValues(
  client: PoolClient,
  customerIds: readonly string[],
): Promise<Map<string, LatestValues>> {
  const latestByCustomer = new Map<string, LatestValues>();
  const { rows } = await client.query<Pick<StandingEntry, 'field' | 'value'> & { customer_id: string; set_at: Date }>({
    name: 'profile-find-latest-values',
    text: `select m.customer_id, f.fact as field, f.value, f.set_at from profile.member m join profile.fact f using (member_id)
            where m.customer_id = any($1::uuid[])`,
    values: [uuids(customerIds)],
  });
  for (const { customer_id: customerId, field, value, set_at: setAt } of rows) {
    const latest = latestByCustomer.get(customerId) ?? new Map();
    setIfLater(latest, { field, value, setAt: setAt.toISOString() });
    latestByCustomer.set(customerId, latest);
  }
  return latestByCustomer;
}
