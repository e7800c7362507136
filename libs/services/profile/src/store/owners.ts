import { type Identifier, identifierKey, isStrongMember } from '@sestante/identity';
import { textArray, uuidArray } from '@sestante/postgres';
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
  /** Nobody but a page says so. */
  readonly isFirstByPage: boolean;
  readonly isConfirmed: boolean;
  /** When a person with the identifier was erased before it was new again. What happened until then is not of this member. */
  readonly erasedAt?: Date | null;
}

/** The position of the identifier in the list, from 1. */
type Row = Owner & { readonly place: number };

const ownerColumns = `member_id as "memberId", customer_id as "customerId", moves, first_partner as "firstPartner",
  (extract(epoch from first_linked_at) * 1000)::float8 as "firstLinkedAt", first_by_page as "isFirstByPage", is_confirmed as "isConfirmed",
  erased_at as "erasedAt"`;

/** Each identifier once, by `identifierKey`. */
export function byKey(identifiers: readonly Identifier[]): Map<string, Identifier> {
  return new Map(identifiers.map((identifier) => [identifierKey(identifier), identifier]));
}

/** The owners of those of the identifiers that are stored, by `identifierKey`. `offset 0`: see `findSeen`. */
export async function findOwners(
  client: PoolClient,
  wanted: ReadonlyMap<string, Identifier>,
): Promise<Map<string, Owner>> {
  if (wanted.size === 0) return new Map();
  const [keys, values] = [[...wanted.keys()], [...wanted.values()]];
  const { rows } = await client.query<Row>({
    name: 'profile-find-owners',
    text: `
      select wanted.place::int, m.*
        from unnest($1::text[], $2::text[]) with ordinality as wanted (kind, value, place)
       cross join lateral (
               select ${ownerColumns} from profile.member where kind = wanted.kind and value = wanted.value offset 0) m`,
    values: [textArray(values.map(({ kind }) => kind)), textArray(values.map(({ value }) => value))],
  });
  return new Map(rows.map((row) => [keys[row.place - 1]!, row]));
}

/** The owner of a member whose id a customer's token names. */
export interface TokenOwner extends Owner {
  /** Whether the member identifies one person. Otherwise the token ends when its customer is merged into another one. */
  readonly isStrong: boolean;
}

/** The owners with these member ids, by id. Most batches have no tokens. */
export async function findOwnersById(
  client: PoolClient,
  memberIds: Iterable<string>,
): Promise<ReadonlyMap<string, TokenOwner>> {
  const wanted = [...new Set(memberIds)];
  if (wanted.length === 0) return new Map();
  const { rows } = await client.query<Omit<TokenOwner, 'isStrong'> & Parameters<typeof isStrongMember>[0]>({
    name: 'profile-find-owners-by-id',
    text: `select m.* from unnest($1::uuid[]) as wanted (member_id)
            cross join lateral (select ${ownerColumns}, kind, is_verified as "isVerified" from profile.member where member_id = wanted.member_id offset 0) m`,
    values: [uuidArray(wanted)],
  });
  return new Map(
    rows.map(({ kind, isVerified, ...owner }) => [
      owner.memberId,
      { ...owner, isStrong: isStrongMember({ kind, isVerified }) },
    ]),
  );
}
