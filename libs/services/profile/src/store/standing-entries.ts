import type { Standing } from '@sestante/contracts';
import { textArray, timestampArray, uuidArray } from '@sestante/postgres';
import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import {
  restrictiveValues,
  type StandingEntry,
  type LatestValues,
  setIfLater,
  isSupersededBy,
  standingOf,
} from '../standing-entries.ts';
import { latestOf } from './latest.ts';
import { millisecondsOf } from './milliseconds.ts';

/** Stores the latest value of each member's fields. The order in which values arrive does not matter. */
export async function saveStandingEntries(client: PoolClient, entries: readonly StandingEntry[]): Promise<void> {
  const rows = latestOf(entries, ({ memberId, field }) => `${memberId} ${field}`, isSupersededBy);
  if (rows.length === 0) return;
  await client.query({
    name: 'profile-save-standing-entries',
    text: `insert into profile.fact as f (member_id, customer_id, fact, value, set_at)
     select new.member_id, m.customer_id, new.fact, new.value, new.set_at
       from unnest($1::uuid[], $2::text[], $3::text[], $4::timestamptz[]) as new (member_id, fact, value, set_at)
      cross join lateral (select customer_id from profile.member where member_id = new.member_id offset 0) m
     on conflict (member_id, fact) do update set value = excluded.value, set_at = excluded.set_at
        where f.set_at < excluded.set_at or (f.set_at = excluded.set_at and
              (excluded.value = any($5::text[]) or (f.value <> all($5::text[]) and f.value collate "C" < excluded.value collate "C")))`,
    values: [
      uuidArray(rows.map(({ memberId }) => memberId)),
      textArray(rows.map(({ field }) => field)),
      textArray(rows.map(({ value }) => value)),
      timestampArray(rows.map(({ setAt }) => millisecondsOf(setAt))),
      restrictiveValues,
    ],
  });
}

/** The latest values of those customers who have any, over all of their members. */
export async function findLatestValues(
  client: PoolClient,
  customerIds: readonly string[],
): Promise<Map<string, LatestValues>> {
  const latestByCustomer = new Map<string, LatestValues>();
  if (customerIds.length === 0) return latestByCustomer;
  const { rows } = await client.query<Pick<StandingEntry, 'field' | 'value'> & { customer_id: string; set_at: Date }>({
    name: 'profile-find-latest-values',
    text: 'select customer_id, fact as field, value, set_at from profile.fact where customer_id = any($1::uuid[])',
    values: [uuidArray(customerIds)],
  });
  for (const { customer_id: customerId, field, value, set_at: setAt } of rows) {
    const latest = latestByCustomer.get(customerId) ?? new Map();
    setIfLater(latest, { field, value, setAt: setAt.toISOString() });
    latestByCustomer.set(customerId, latest);
  }
  return latestByCustomer;
}

/** The standing of a customer by its present id. */
export async function readStanding(dataSource: DataSource, customerId: string): Promise<Standing> {
  const rows = await dataSource.query<(Pick<StandingEntry, 'field' | 'value'> & { set_at: Date })[]>(
    'select fact as field, value, set_at from profile.fact where customer_id = $1',
    [customerId],
  );
  const latest: LatestValues = new Map();
  for (const { field, value, set_at: setAt } of rows) setIfLater(latest, { field, value, setAt: setAt.toISOString() });
  return standingOf(latest);
}
