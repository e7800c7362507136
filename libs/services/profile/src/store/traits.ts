import type { PoolClient } from 'pg';

/** Something that a source said about a member. */
export interface Trait {
  readonly memberId: string;
  readonly name: string;
  readonly value: unknown;
  /** When it was said; the latest word stands, in whatever order the words arrive. */
  readonly setAt: string;
}

/** Writes the latest word on each trait. */
export async function setTraits(client: PoolClient, traits: readonly Trait[]): Promise<void> {
  const latest = new Map<string, Trait>();
  for (const trait of traits) {
    const key = `${trait.memberId} ${trait.name}`;
    const known = latest.get(key);
    if (!known || standsAgainst(known, trait)) latest.set(key, trait);
  }
  const rows = [...latest].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, trait]) => trait);
  if (rows.length === 0) return;
  await client.query(
    `insert into profile.trait as t (member_id, name, value, set_at)
     select * from unnest($1::uuid[], $2::text[], $3::json[], $4::timestamptz[])
     on conflict (member_id, name) do update set value = excluded.value, set_at = excluded.set_at
        where (t.set_at, t.value::text collate "C") < (excluded.set_at, excluded.value::text collate "C")`,
    [
      rows.map(({ memberId }) => memberId),
      rows.map(({ name }) => name),
      rows.map(({ value }) => JSON.stringify(value)),
      rows.map(({ setAt }) => setAt),
    ],
  );
}

/** Whether the word is the later one. Of two words of one instant the same one stands in whatever order they come. */
function standsAgainst(known: Trait, { setAt, value }: Trait): boolean {
  const [before, after] = [Date.parse(known.setAt), Date.parse(setAt)];
  return before < after || (before === after && Buffer.compare(bytesOf(known.value), bytesOf(value)) < 0);
}

const bytesOf = (value: unknown) => Buffer.from(JSON.stringify(value));
