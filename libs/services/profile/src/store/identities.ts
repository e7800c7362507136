import { type Identifier, identifierKey, identifierKinds, isStrong, type Owner } from '@sestante/identity';
import type { PoolClient } from 'pg';

const strongKinds = identifierKinds.filter((kind) => isStrong({ kind, value: '' }));

/** What a batch adds to the identities. */
export interface NewIdentities {
  readonly customers: readonly string[];
  readonly members: readonly { readonly memberId: string; readonly customerId: string }[];
  readonly identifiers: readonly { readonly identifier: Identifier; readonly memberId: string }[];
  /** The members of before that get strong identifiers, with how many they were seen to have. */
  readonly strengthened: ReadonlyMap<string, number>;
}

/** Another process gave an identifier to another member, or a strong one to the same member, at the same moment. The batch must be resolved again. */
export class IdentityRace extends Error {
  readonly code = 'identity-race';
  readonly retriable = true;
  constructor() {
    super('Another process gave out identifiers of the batch, or of its members, at the same moment.');
    this.name = 'IdentityRace';
  }
}

/** The owners of those identifiers that are known, by `identifierKey`. Members that appear twice are one object. */
export async function findOwners(client: PoolClient, identifiers: readonly Identifier[]): Promise<Map<string, Owner>> {
  if (identifiers.length === 0) return new Map();
  const { rows } = await client.query<{
    kind: Identifier['kind'];
    value: string;
    member_id: string;
    customer_id: string;
    strong: [Identifier['kind'], string][];
  }>({
    name: 'profile-owners',
    text: `
      select i.kind, i.value, i.member_id, m.customer_id,
             array(select array[s.kind, s.value] from profile.identifier s
                    where s.member_id = i.member_id and s.kind = any($3::text[])) as strong
        from unnest($1::text[], $2::text[]) as wanted(kind, value)
        join profile.identifier i using (kind, value)
        join profile.member m using (member_id)`,
    values: [identifiers.map(({ kind }) => kind), identifiers.map(({ value }) => value), strongKinds],
  });
  const members = new Map<string, Owner>();
  const owners = new Map<string, Owner>();
  for (const row of rows) {
    const strong = row.strong.map(([kind, value]) => ({ kind, value }));
    const owner = members.get(row.member_id) ?? { memberId: row.member_id, customerId: row.customer_id, strong };
    members.set(row.member_id, owner);
    owners.set(identifierKey(row), owner);
  }
  return owners;
}

/** Writes them, in an order that no two batches can wait for each other in a circle. Throws `IdentityRace`. */
export async function addIdentities(client: PoolClient, made: NewIdentities): Promise<void> {
  await assertAsSeen(client, made.strengthened);
  await addMembers(client, made);
  await addIdentifiers(client, made);
}

/**
 * Holds the members that get strong identifiers, and throws `IdentityRace` if one has got others since it was resolved: two people who
 * sign up on one device at the same moment would both become its member.
 */
async function assertAsSeen(client: PoolClient, strengthened: ReadonlyMap<string, number>): Promise<void> {
  if (strengthened.size === 0) return;
  const memberIds = [...strengthened.keys()];
  await client.query(
    'select from profile.member where member_id = any($1::uuid[]) order by member_id for no key update',
    [memberIds],
  );
  // A statement of its own: it has to see what was committed while the one before was waiting.
  const { rows } = await client.query<{ member_id: string; count: number }>(
    `select m.member_id, count(i.value)::int as count
       from unnest($1::uuid[]) as m(member_id) left join profile.identifier i on i.member_id = m.member_id and i.kind = any($2::text[])
      group by m.member_id`,
    [memberIds, strongKinds],
  );
  if (rows.some(({ member_id, count }) => count !== strengthened.get(member_id))) throw new IdentityRace();
}

async function addMembers(client: PoolClient, { customers, members }: NewIdentities): Promise<void> {
  if (members.length === 0) return;
  await client.query({
    name: 'profile-add-members',
    text: `with made as (insert into profile.customer (customer_id) select unnest($1::uuid[]))
           insert into profile.member (member_id, customer_id) select * from unnest($2::uuid[], $3::uuid[])`,
    values: [customers, members.map(({ memberId }) => memberId), members.map(({ customerId }) => customerId)],
  });
}

async function addIdentifiers(client: PoolClient, { identifiers }: NewIdentities): Promise<void> {
  if (identifiers.length === 0) return;
  const sorted = identifiers.toSorted((a, b) => (identifierKey(a.identifier) < identifierKey(b.identifier) ? -1 : 1));
  const { rowCount } = await client.query({
    name: 'profile-add-identifiers',
    text: `insert into profile.identifier (kind, value, member_id) select * from unnest($1::text[], $2::text[], $3::uuid[])
           on conflict do nothing`,
    values: [
      sorted.map(({ identifier }) => identifier.kind),
      sorted.map(({ identifier }) => identifier.value),
      sorted.map(({ memberId }) => memberId),
    ],
  });
  if (rowCount !== sorted.length) throw new IdentityRace();
}
