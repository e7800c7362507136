import type { PoolClient } from 'pg';
import { latestOf } from './latest.ts';

/** Something that a source said about a member. */
export interface Trait {
  readonly memberId: string;
  readonly name: string;
  readonly value: unknown;
  /** When it was said; the latest word stands, in whatever order the words arrive. */
  readonly setAt: string;
  /** Of two words of one instant, the one that was received later stands, and of those in one request the one behind the other. */
  readonly receivedAt: string;
  readonly sequence: number;
}

/** Writes the latest word on each trait. */
export async function setTraits(client: PoolClient, traits: readonly Trait[]): Promise<void> {
  const rows = latestOf(traits, (trait) => `${trait.memberId} ${trait.name}`, standsAgainst);
  if (rows.length === 0) return;
  await client.query(
    `insert into profile.trait as t (member_id, name, value, set_at, received_at, sequence)
     select * from unnest($1::uuid[], $2::text[], $3::json[], $4::timestamptz[], $5::timestamptz[], $6::int[])
     on conflict (member_id, name) do update
        set value = excluded.value, set_at = excluded.set_at, received_at = excluded.received_at, sequence = excluded.sequence
        where (t.set_at, t.received_at, t.sequence, t.value::text collate "C")
            < (excluded.set_at, excluded.received_at, excluded.sequence, excluded.value::text collate "C")`,
    [
      rows.map(({ memberId }) => memberId),
      rows.map(({ name }) => name),
      rows.map(({ value }) => JSON.stringify(value)),
      rows.map(({ setAt }) => setAt),
      rows.map(({ receivedAt }) => receivedAt),
      rows.map(({ sequence }) => sequence),
    ],
  );
}

/** Whether the word is the later one, in whatever order they come. What two requests say of one instant at one instant, their texts decide. */
function standsAgainst(known: Trait, trait: Trait): boolean {
  const later =
    Date.parse(trait.setAt) - Date.parse(known.setAt) ||
    Date.parse(trait.receivedAt) - Date.parse(known.receivedAt) ||
    trait.sequence - known.sequence;
  return later > 0 || (later === 0 && Buffer.compare(bytesOf(known.value), bytesOf(trait.value)) < 0);
}

const bytesOf = (value: unknown) => Buffer.from(JSON.stringify(value));
