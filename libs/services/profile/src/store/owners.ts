import { type Identifier, identifierKey } from '@sestante/identity';
import { textArray } from '@sestante/postgres';
import type { PoolClient } from 'pg';

/** The member of an identifier, with its customer. */
export interface Owner {
  readonly memberId: string;
  readonly customerId: string;
  /** How often it was moved to another customer. */
  readonly moves: number;
  /** The other member of its first stored link, with the instant of the link in milliseconds since 1970. */
  readonly firstPartner: string | null;
  readonly firstLinkedAt: number | null;
}

/** The position of the identifier in the list, from 1. */
type Row = Owner & { readonly place: number };

/** The owners of the stored identifiers, by `identifierKey`. `offset 0`: see `findSeen`. */
export async function findOwners(client: PoolClient, identifiers: readonly Identifier[]): Promise<Map<string, Owner>> {
  const wanted = new Map(identifiers.map((identifier) => [identifierKey(identifier), identifier]));
  if (wanted.size === 0) return new Map();
  const [keys, values] = [[...wanted.keys()], [...wanted.values()]];
  const { rows } = await client.query<Row>({
    name: 'profile-find-owners',
    text: `
      select wanted.place::int, m.*
        from unnest($1::text[], $2::text[]) with ordinality as wanted (kind, value, place)
       cross join lateral (
               select member_id as "memberId", customer_id as "customerId", moves, first_partner as "firstPartner",
                      (extract(epoch from first_linked_at) * 1000)::float8 as "firstLinkedAt"
                 from profile.member where kind = wanted.kind and value = wanted.value offset 0) m`,
    values: [textArray(values.map(({ kind }) => kind)), textArray(values.map(({ value }) => value))],
  });
  return new Map(rows.map((row) => [keys[row.place - 1]!, row]));
}
