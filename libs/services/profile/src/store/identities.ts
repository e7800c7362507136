import { type Identifier, identifierKey, type Owner } from '@sestante/identity';
import type { PoolClient } from 'pg';

/** What a batch adds to the identities. */
export interface NewIdentities {
  readonly customers: readonly string[];
  readonly members: readonly { readonly memberId: string; readonly customerId: string }[];
  readonly identifiers: readonly { readonly identifier: Identifier; readonly memberId: string }[];
}

/** Another process gave an identifier to a member of its own at the same moment. The batch must be resolved again. */
export class IdentityRace extends Error {
  readonly code = 'identity-race';
  readonly retriable = true;
  constructor() {
    super('An identifier was given to another member at the same moment.');
    this.name = 'IdentityRace';
  }
}

/** The owners of those identifiers that are known, by `identifierKey`. Members that appear twice are one object. */
export async function findOwners(client: PoolClient, identifiers: readonly Identifier[]): Promise<Map<string, Owner>> {
  if (identifiers.length === 0) return new Map();
  const { rows } = await client.query<{
    kind: string;
    value: string;
    member_id: string;
    customer_id: string;
    strong: [Identifier['kind'], string][];
  }>({
    name: 'profile-owners',
    text: `
      select i.kind, i.value, i.member_id, m.customer_id,
             array(select array[s.kind, s.value] from profile.identifier s
                    where s.member_id = i.member_id and s.kind in ('user_id', 'loyalty_card')) as strong
        from unnest($1::text[], $2::text[]) as wanted(kind, value)
        join profile.identifier i using (kind, value)
        join profile.member m using (member_id)`,
    values: [identifiers.map(({ kind }) => kind), identifiers.map(({ value }) => value)],
  });
  const members = new Map<string, Owner>();
  const owners = new Map<string, Owner>();
  for (const row of rows) {
    const strong = row.strong.map(([kind, value]) => ({ kind, value }));
    const owner = members.get(row.member_id) ?? { memberId: row.member_id, customerId: row.customer_id, strong };
    members.set(row.member_id, owner);
    owners.set(`${row.kind}:${row.value}`, owner);
  }
  return owners;
}

/** Writes them, in an order that no two batches can wait for each other in a circle. Throws `IdentityRace`. */
export async function addIdentities(
  client: PoolClient,
  { customers, members, identifiers }: NewIdentities,
): Promise<void> {
  if (members.length > 0) {
    await client.query({
      name: 'profile-add-members',
      text: `with made as (insert into profile.customer (customer_id) select unnest($1::uuid[]))
             insert into profile.member (member_id, customer_id) select * from unnest($2::uuid[], $3::uuid[])`,
      values: [customers, members.map(({ memberId }) => memberId), members.map(({ customerId }) => customerId)],
    });
  }
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
