import { prepared, uuids } from '@sestante/postgres';
import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import { cautious, type Fact, type Standing, standingOf } from '../standing.ts';

/** Writes the latest word on each fact, in whatever order the words arrive. */
export async function setFacts(dataSource: DataSource, facts: readonly Fact[]): Promise<void> {
  const latest = new Map<string, Fact>();
  for (const fact of facts) {
    const key = `${fact.customerId} ${fact.fact}`;
    const known = latest.get(key);
    if (!known || standsAgainst(known, fact)) latest.set(key, fact);
  }
  const rows = [...latest].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, fact]) => fact);
  if (rows.length === 0) return;
  await prepared(dataSource, {
    name: 'offers-set-facts',
    text: `insert into offers.standing as s (customer_id, fact, value, set_at)
     select * from unnest($1::uuid[], $2::text[], $3::text[], $4::timestamptz[])
     on conflict (customer_id, fact) do update set value = excluded.value, set_at = excluded.set_at
        where s.set_at < excluded.set_at or (s.set_at = excluded.set_at and excluded.value = any($5::text[]))`,
    values: [
      rows.map(({ customerId }) => customerId),
      rows.map(({ fact }) => fact),
      rows.map(({ value }) => value),
      rows.map(({ setAt }) => setAt),
      cautious,
    ],
  });
}

/** Whether the word is the later one, or as late and the more careful one. */
function standsAgainst(known: Fact, { setAt, value }: Fact): boolean {
  const [before, after] = [Date.parse(known.setAt), Date.parse(setAt)];
  return before < after || (before === after && cautious.includes(value));
}

/** The standings of customers of whom something is known. */
export async function findStandings(
  client: PoolClient,
  customerIds: readonly string[],
): Promise<Map<string, Standing>> {
  const { rows } = await client.query<{ customer_id: string; facts: Pick<Fact, 'fact' | 'value'>[] }>({
    name: 'offers-find-standings',
    text: `select customer_id, json_agg(json_build_object('fact', fact, 'value', value)) as facts
             from offers.standing where customer_id = any($1::uuid[]) group by customer_id`,
    values: [uuids(customerIds)],
  });
  return new Map(rows.map((row) => [row.customer_id, standingOf(row.facts)]));
}
