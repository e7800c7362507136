import { inOrder, intArray, jsonArray, textArray, timestampArray, uuidArray } from '@sestante/postgres';
import type { PoolClient } from 'pg';
import { setNames } from './names.ts';
import { latestOf } from './latest.ts';
import { millisecondsOf } from './milliseconds.ts';

/** A trait of a member, as a source sent it. The value null removes it. */
export interface Trait {
  readonly memberId: string;
  readonly name: string;
  readonly value: unknown;
  /** The instant of the value. The latest value wins; the order in which values arrive does not matter. */
  readonly setAt: string;
  /** Decide between values with the same instant: the one that was received later wins, and within one request the one with the higher sequence. */
  readonly receivedAt: string;
  readonly sequence: number;
  readonly source: string;
}

/** Stores the latest value of each trait. Customers are found by those that are names. */
export async function setTraits(client: PoolClient, traits: readonly Trait[]): Promise<void> {
  const rows = latestOf(traits, (trait) => `${trait.memberId} ${trait.name}`, isSupersededBy);
  if (rows.length === 0) return;
  const stored = client.query({
    name: 'profile-set-traits',
    text: `insert into profile.trait as t (member_id, name, value, set_at, received_at, sequence, source)
     select * from unnest($1::uuid[], $2::text[], $3::json[], $4::timestamptz[], $5::timestamptz[], $6::int[], $7::text[])
     on conflict (member_id, name) do update
        set value = excluded.value, set_at = excluded.set_at, received_at = excluded.received_at, sequence = excluded.sequence,
            source = excluded.source
        where (t.set_at, t.received_at, t.sequence, t.value::text collate "C")
            < (excluded.set_at, excluded.received_at, excluded.sequence, excluded.value::text collate "C")`,
    values: [
      uuidArray(rows.map(({ memberId }) => memberId)),
      textArray(rows.map(({ name }) => name)),
      jsonArray(rows.map(({ value }) => JSON.stringify(value))),
      timestampArray(rows.map(({ setAt }) => millisecondsOf(setAt))),
      timestampArray(rows.map(({ receivedAt }) => millisecondsOf(receivedAt))),
      intArray(rows.map(({ sequence }) => sequence)),
      textArray(rows.map(({ source }) => source)),
    ],
  });
  await inOrder([stored, setNames(client, rows)]);
}

/** Whether the second value is the later one. If all instants and sequences are equal, the greater JSON text wins, so that the result is the same in any order. */
function isSupersededBy(current: Trait, trait: Trait): boolean {
  const later =
    Date.parse(trait.setAt) - Date.parse(current.setAt) ||
    Date.parse(trait.receivedAt) - Date.parse(current.receivedAt) ||
    trait.sequence - current.sequence;
  return later > 0 || (later === 0 && Buffer.compare(bytesOf(current.value), bytesOf(trait.value)) < 0);
}

const bytesOf = (value: unknown) => Buffer.from(JSON.stringify(value));
