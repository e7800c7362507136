import { intArray, uuidArray } from '@sestante/postgres';
import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';

/** What a message tells about the customer of a member. `moves` is how often the member was moved to another customer before. */
export interface Membership {
  readonly memberId: string;
  readonly customerId: string;
  readonly moves: number;
}

/** The customer to whom the id `$1` belongs now. A former id of a customer is the id of a member that was moved: see the migrations. */
export const customerOf = 'coalesce((select customer_id from offers.member where member_id = $1::uuid), $1::uuid)';

/** The same; undefined if the id is of no stored member, such as that of a customer without decisions. */
export async function findPresentId(dataSource: DataSource, customerId: string): Promise<string | undefined> {
  const [row] = await dataSource.query<{ customer_id: string }[]>(
    'select customer_id from offers.member where member_id = $1',
    [customerId],
  );
  return row?.customer_id;
}

/**
 * Lets no other transaction decide until this one ends. One that moves members takes it before all else, and so does one that decides for a member that was moved
 * since: its customer is decided for in another partition, too. So caps are exact around a merge, and offers of one customer commit in the order of their
 * positions.
 */
export async function decideAlone(client: PoolClient): Promise<void> {
  await client.query({
    name: 'offers-decide-alone',
    text: `select pg_advisory_xact_lock(hashtext('offers.decisions'))`,
  });
}

/**
 * Stores the customers of members, each member once. One stays as it is if a message with as many moves of it or more was read before. Waits for a transaction
 * that decides alone.
 */
export async function saveMembers(client: PoolClient, memberships: readonly Membership[]): Promise<void> {
  if (memberships.length === 0) return;
  // Most members are stored already: the look-up is cheaper than a conflict, which locks the row. The order is the same in all processes: no deadlock.
  await client.query({
    name: 'offers-save-members',
    text: `
      with turn as materialized (select pg_advisory_xact_lock_shared(hashtext('offers.decisions')))
      insert into offers.member as m (member_id, customer_id, moves)
      select new.*
        from turn, unnest($1::uuid[], $2::uuid[], $3::int[]) as new (member_id, customer_id, moves)
        left join lateral (select k.moves from offers.member k where k.member_id = new.member_id offset 0) as known on true
       where known.moves is null or known.moves < new.moves
       order by new.member_id
          on conflict (member_id) do update set customer_id = excluded.customer_id, moves = excluded.moves
       where m.moves < excluded.moves`,
    values: [
      uuidArray(memberships.map(({ memberId }) => memberId)),
      uuidArray(memberships.map(({ customerId }) => customerId)),
      intArray(memberships.map(({ moves }) => moves)),
    ],
  });
}

/** Stored members, by id. */
export async function findMembers(client: PoolClient, memberIds: readonly string[]): Promise<Map<string, Membership>> {
  const { rows } = await client.query<Membership>({
    name: 'offers-find-members',
    text: 'select member_id as "memberId", customer_id as "customerId", moves from offers.member where member_id = any($1::uuid[])',
    values: [uuidArray(memberIds)],
  });
  return new Map(rows.map((row) => [row.memberId, row]));
}
