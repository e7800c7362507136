import { isProtected, type LinkRule, type IdentifierKind, type Refusal, type Separation } from '@sestante/identity';
import { inOrder, uuidArray } from '@sestante/postgres';
import type { PoolClient } from 'pg';
import { type Component, nothingStored, type StoredLink, type StoredMember } from '../regroup.ts';
import { linksOf, readReach } from './reach.ts';

/** Almost all people are connected by fewer links than this. From there on, one statement finds all who are left: a chain may have thousands of members. */
const mostHops = 4;

/**
 * All members that are connected with these by links, however far, with the links and separations. Members that are not stored are left out. Of a shared
 * member only the explicit links are read: activities link it with nobody, and it may have a link with everybody who ever came to the store. Of a protected
 * member those by a page are not read: they link nobody, and anybody can make any number. Nothing is locked: `lockMembers` compares the revisions.
 *
 * @param unlimited shared members that are not shared from now on: all of their links are read
 */
export async function readComponent(
  client: PoolClient,
  memberIds: Iterable<string>,
  unlimited: ReadonlySet<string> = new Set(),
): Promise<Component> {
  const members = new Map<string, StoredMember>();
  const links = new Map<string, StoredLink>();
  const separations: Separation[] = [];
  let next = new Set(memberIds);
  if (next.size === 0) return nothingStored;
  for (let hops = 0; next.size > 0; hops++) {
    const all = hops < mostHops ? [...next] : await readReach(client, [...next], unlimited);
    // What was read before keeps its revision: it may have changed since.
    const found = await readMembers(
      client,
      all.filter((memberId) => !members.has(memberId)),
    );
    for (const member of found) members.set(member.memberId, member);
    next = new Set();
    const [linked, separated] = await inOrder([
      readLinks(client, found, unlimited),
      readSeparations(client, found),
    ] as const);
    separations.push(...separated);
    for (const link of linked) {
      links.set(link.linkId, link);
      for (const memberId of link.members) if (!members.has(memberId)) next.add(memberId);
    }
  }
  return { members, links, separations };
}

interface MemberRow {
  readonly member_id: string;
  readonly kind: IdentifierKind;
  readonly value: string;
  readonly customer_id: string;
  readonly moves: number;
  readonly first_partner: string | null;
  readonly revision: number;
  readonly is_verified: boolean;
  readonly is_blocked: boolean;
  readonly is_shared: boolean;
  readonly is_confirmed: boolean;
  readonly is_unlimited: boolean;
  readonly first_by_page: boolean;
}

async function readMembers(client: PoolClient, memberIds: readonly string[]): Promise<StoredMember[]> {
  const { rows } = await client.query<MemberRow>({
    name: 'profile-read-members',
    text: `
      select m.* from unnest($1::uuid[]) as wanted (member_id)
       cross join lateral (
               select member_id, kind, value, customer_id, moves, first_partner, first_by_page, revision, is_verified, is_blocked, is_shared,
                      is_confirmed, is_unlimited
                 from profile.member where member_id = wanted.member_id offset 0) m`,
    values: [uuidArray(memberIds)],
  });
  return rows.map((row) => ({
    memberId: row.member_id,
    kind: row.kind,
    value: row.value,
    customerId: row.customer_id,
    moves: row.moves,
    firstPartner: row.first_partner,
    revision: row.revision,
    isVerified: row.is_verified,
    isBlocked: row.is_blocked,
    isShared: row.is_shared,
    isConfirmed: row.is_confirmed,
    isUnlimited: row.is_unlimited,
    isFirstByPage: row.first_by_page,
  }));
}

interface LinkRow {
  readonly link_id: string;
  readonly member_a: string;
  readonly member_b: string;
  readonly rule: LinkRule;
  readonly at: number;
  readonly refusal: Refusal | null;
  readonly is_undone: boolean;
}

const linkColumns = `link_id, member_a, member_b, rule, (extract(epoch from at) * 1000)::float8 as at, refusal, undone is not null as is_undone`;

/** The first rule of which the links of a member are not read. `readReach` says the same in SQL. */
function firstUnread(member: StoredMember, unlimited: ReadonlySet<string>): string {
  if (member.isShared && !unlimited.has(member.memberId)) return 'same-activity';
  return isProtected(member) ? 'same-page' : 'z';
}

async function readLinks(
  client: PoolClient,
  members: readonly StoredMember[],
  unlimited: ReadonlySet<string>,
): Promise<StoredLink[]> {
  const { rows } = await client.query<LinkRow>({
    name: 'profile-read-links',
    text: `
      select c.* from unnest($1::uuid[], $2::text[]) as wanted (member_id, before)
       cross join lateral (${linksOf('wanted.member_id', 'wanted.before', linkColumns)} offset 0) c`,
    values: [
      uuidArray(members.map(({ memberId }) => memberId)),
      members.map((member) => firstUnread(member, unlimited)),
    ],
  });
  return rows.map((row) => ({
    linkId: row.link_id,
    members: [row.member_a, row.member_b],
    rule: row.rule,
    at: row.at,
    refusal: row.refusal,
    isUndone: row.is_undone,
  }));
}

async function readSeparations(client: PoolClient, members: readonly StoredMember[]): Promise<Separation[]> {
  const { rows } = await client.query<{ member_a: string; member_b: string }>({
    name: 'profile-read-separations',
    text: `
      select s.* from unnest($1::uuid[]) as wanted (member_id)
       cross join lateral (select member_a, member_b from profile.separation where member_a = wanted.member_id offset 0) s`,
    values: [uuidArray(members.map(({ memberId }) => memberId))],
  });
  return rows.map(({ member_a, member_b }) => [member_a, member_b]);
}
