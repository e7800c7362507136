import { type Identifier, identifierKey, identifierKinds, isStrong, type Owner } from '@sestante/identity';
import { insertingNew, Race, textArray, uuidArray } from '@sestante/postgres';
import type { PoolClient } from 'pg';

const strongKinds = identifierKinds.filter((kind) => isStrong({ kind, value: '' }));

/** The subject of a `Race` in this file. */
const identifiersOfBatch = 'identifiers of the batch, or of its members,';

/** The identities that a batch adds. */
export interface NewIdentities {
  readonly customers: readonly string[];
  readonly members: readonly { readonly memberId: string; readonly customerId: string }[];
  readonly identifiers: readonly {
    readonly identifier: Identifier;
    readonly memberId: string;
    readonly customerId: string;
  }[];
  /** The stored members that get strong identifiers, with the number of strong ones that they had when they were read. */
  readonly strengthened: ReadonlyMap<string, number>;
}

/** The owners of the stored identifiers, by `identifierKey`. A member that owns several of them is one object. */
export async function findOwners(client: PoolClient, identifiers: readonly Identifier[]): Promise<Map<string, Owner>> {
  const wanted = new Map(identifiers.map((identifier) => [identifierKey(identifier), identifier]));
  const keys = [...wanted.keys()];
  const found = await findMembers(client, [...wanted.values()]);
  for (const { place } of found) wanted.delete(keys[place - 1]!);
  // Strong identifiers of members matter only if the batch has new strong ones. One of them may also be present as weak.
  const isNew = (identifier: Identifier) => wanted.has(identifierKey(identifier));
  const hasNewStrong = wanted.size > 0 && identifiers.some((identifier) => isStrong(identifier) && isNew(identifier));
  const customerOf = new Map(found.map(({ member_id, customer_id }) => [member_id, customer_id]));
  const strong = hasNewStrong ? await findStrong(client, [...customerOf.keys()]) : new Map<string, Identifier[]>();
  const members = new Map<string, Owner>();
  for (const [memberId, customerId] of customerOf)
    members.set(memberId, { memberId, customerId, strong: strong.get(memberId) ?? [] });
  return new Map(found.map(({ place, member_id }) => [keys[place - 1]!, members.get(member_id)!]));
}

interface FoundMember {
  /** The position of the identifier in the list, from 1. */
  readonly place: number;
  readonly member_id: string;
  readonly customer_id: string;
}

/** The members that the identifiers belong to, in any order; none for new identifiers. `offset 0`: see `findSeen`. */
async function findMembers(client: PoolClient, identifiers: readonly Identifier[]): Promise<FoundMember[]> {
  if (identifiers.length === 0) return [];
  const { rows } = await client.query<FoundMember>({
    name: 'profile-find-members',
    text: `
      select wanted.place::int, i.member_id, i.customer_id
        from unnest($1::text[], $2::text[]) with ordinality as wanted (kind, value, place)
       cross join lateral (
               select member_id, customer_id from profile.identifier where kind = wanted.kind and value = wanted.value offset 0) i`,
    values: [textArray(identifiers.map(({ kind }) => kind)), textArray(identifiers.map(({ value }) => value))],
  });
  return rows;
}

async function findStrong(client: PoolClient, memberIds: readonly string[]): Promise<Map<string, Identifier[]>> {
  if (memberIds.length === 0) return new Map();
  const { rows } = await client.query<Identifier & { member_id: string }>({
    name: 'profile-find-strong',
    text: 'select member_id, kind, value from profile.identifier where member_id = any($1::uuid[]) and kind = any($2::text[])',
    values: [uuidArray(memberIds), strongKinds],
  });
  const strong = new Map<string, Identifier[]>();
  for (const { member_id, kind, value } of rows) {
    const existing = strong.get(member_id);
    if (existing) existing.push({ kind, value });
    else strong.set(member_id, [{ kind, value }]);
  }
  return strong;
}

/**
 * Locks the members that get strong identifiers. Throws `Race` if one of them got others since it was resolved: otherwise two people who sign up on one
 * device at the same moment would become one member.
 */
export async function assertUnchanged(client: PoolClient, { strengthened }: NewIdentities): Promise<void> {
  if (strengthened.size === 0) return;
  const memberIds = [...strengthened.keys()];
  await client.query({
    name: 'profile-lock-members',
    text: 'select from profile.member where member_id = any($1::uuid[]) order by member_id for no key update',
    values: [uuidArray(memberIds)],
  });
  // A separate statement: it must see rows that were committed while the previous one waited for the lock.
  const { rows } = await client.query<{ member_id: string; count: number }>({
    name: 'profile-count-strong',
    text: `select member_id, count(*)::int as count from profile.identifier
            where member_id = any($1::uuid[]) and kind = any($2::text[]) group by member_id`,
    values: [uuidArray(memberIds), strongKinds],
  });
  const counts = new Map(rows.map(({ member_id, count }) => [member_id, count]));
  for (const [memberId, seen] of strengthened)
    if ((counts.get(memberId) ?? 0) !== seen) throw new Race(identifiersOfBatch);
}

export async function addMembers(client: PoolClient, { customers, members }: NewIdentities): Promise<void> {
  if (members.length === 0) return;
  await client.query({
    name: 'profile-add-members',
    text: `with made as (insert into profile.customer (customer_id) select unnest($1::uuid[]))
           insert into profile.member (member_id, customer_id) select * from unnest($2::uuid[], $3::uuid[])`,
    values: [
      uuidArray(customers),
      uuidArray(members.map(({ memberId }) => memberId)),
      uuidArray(members.map(({ customerId }) => customerId)),
    ],
  });
}

/** Adds the identifiers, ordered so that batches cannot deadlock. Throws `Race`. */
export async function addIdentifiers(client: PoolClient, { identifiers }: NewIdentities): Promise<void> {
  if (identifiers.length === 0) return;
  const sorted = identifiers.toSorted((a, b) => (identifierKey(a.identifier) < identifierKey(b.identifier) ? -1 : 1));
  await insertingNew(identifiersOfBatch, () =>
    client.query({
      name: 'profile-add-identifiers',
      text: `insert into profile.identifier (kind, value, member_id, customer_id)
             select * from unnest($1::text[], $2::text[], $3::uuid[], $4::uuid[])`,
      values: [
        textArray(sorted.map(({ identifier }) => identifier.kind)),
        textArray(sorted.map(({ identifier }) => identifier.value)),
        uuidArray(sorted.map(({ memberId }) => memberId)),
        uuidArray(sorted.map(({ customerId }) => customerId)),
      ],
    }),
  );
}
