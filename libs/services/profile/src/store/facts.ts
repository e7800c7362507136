import { uuids } from '@sestante/postgres';
import type { PoolClient } from 'pg';
import { cautious, type Fact, type LatestWords, note, standsAgainst } from '../facts.ts';
import { latestOf } from './latest.ts';

/** Writes the latest word of each member on each fact, in whatever order the words arrive. */
export async function setFacts(client: PoolClient, facts: readonly Fact[]): Promise<void> {
  const rows = latestOf(facts, (fact) => `${fact.memberId} ${fact.fact}`, standsAgainst);
  if (rows.length === 0) return;
  await client.query({
    name: 'profile-set-facts',
    text: `insert into profile.fact as f (member_id, fact, value, set_at)
     select * from unnest($1::uuid[], $2::text[], $3::text[], $4::timestamptz[])
     on conflict (member_id, fact) do update set value = excluded.value, set_at = excluded.set_at
        where f.set_at < excluded.set_at or (f.set_at = excluded.set_at and
              (excluded.value = any($5::text[]) or (f.value <> all($5::text[]) and f.value collate "C" < excluded.value collate "C")))`,
    values: [
      rows.map(({ memberId }) => memberId),
      rows.map(({ fact }) => fact),
      rows.map(({ value }) => value),
      rows.map(({ setAt }) => setAt),
      cautious,
    ],
  });
}

/**
 * The latest words of customers who have said any. Keeps others from adding to them until the transaction ends: two batches may have activities of one
 * customer, and what is said of the standing has to follow the order in which they are kept. In one order, so that nobody waits in a circle.
 */
export async function lockedWords(
  client: PoolClient,
  customerIds: readonly string[],
): Promise<Map<string, LatestWords>> {
  if (customerIds.length === 0) return new Map();
  const locked = client.query({
    name: 'profile-lock-customers',
    text: 'select from profile.customer where customer_id = any($1::uuid[]) order by customer_id for no key update',
    values: [uuids(customerIds)],
  });
  // Two statements, which travel together: one alone would not see what was committed while it waited.
  const [, words] = await Promise.all([locked, findWords(client, customerIds)]);
  return words;
}

/** The latest words of customers who have said any, of all their members. */
export async function findWords(client: PoolClient, customerIds: readonly string[]): Promise<Map<string, LatestWords>> {
  const words = new Map<string, LatestWords>();
  const { rows } = await client.query<Pick<Fact, 'fact' | 'value'> & { customer_id: string; set_at: Date }>({
    name: 'profile-find-words',
    text: `select m.customer_id, f.fact, f.value, f.set_at from profile.member m join profile.fact f using (member_id)
            where m.customer_id = any($1::uuid[])`,
    values: [uuids(customerIds)],
  });
  for (const { customer_id: customerId, fact, value, set_at: setAt } of rows) {
    const ofCustomer = words.get(customerId) ?? new Map();
    note(ofCustomer, { fact, value, setAt: setAt.toISOString() });
    words.set(customerId, ofCustomer);
  }
  return words;
}
