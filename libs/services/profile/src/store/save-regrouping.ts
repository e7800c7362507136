import { identifierKey, isByPage } from '@sestante/identity';
import {
  inOrder,
  insertingNew,
  intArray,
  jsonArray,
  Race,
  textArray,
  timestampArray,
  uuidArray,
} from '@sestante/postgres';
import type { PoolClient } from 'pg';
import type { Change, ChangedMember, KnownLink, Regrouping } from '../regroup.ts';
import { addMoves } from './moves.ts';

/** The subject of a `Race` in this file. */
const identities = 'identifiers of the batch, or of people who are connected with them,';

/**
 * Adds new members, in an order in which batches cannot deadlock. Throws `Race` if another process has added one of them. Then it locks the members that the
 * result was computed from, apart from idle ones, and throws `Race` if one of them has changed since it was read.
 */
export async function lockMembers(client: PoolClient, { added, component, idle }: Regrouping): Promise<void> {
  await inOrder([addMembers(client, added), lockUnchanged(client, { component, idle })]);
}

async function lockUnchanged(
  client: PoolClient,
  { component, idle }: Pick<Regrouping, 'component' | 'idle'>,
): Promise<void> {
  const memberIds = [...component.members.keys()].filter((memberId) => !idle.has(memberId));
  if (memberIds.length === 0) return;
  const { rows } = await client.query<{ member_id: string; revision: number }>({
    name: 'profile-lock-members',
    text: `select member_id, revision from profile.member where member_id = any($1::uuid[]) order by member_id for no key update`,
    values: [uuidArray(memberIds)],
  });
  if (rows.length !== memberIds.length) throw new Race(identities);
  for (const { member_id, revision } of rows)
    if (component.members.get(member_id)!.revision !== revision) throw new Race(identities);
}

async function addMembers(client: PoolClient, added: Regrouping['added']): Promise<void> {
  if (added.length === 0) return;
  const sorted = added.toSorted((a, b) => (identifierKey(a.identifier) < identifierKey(b.identifier) ? -1 : 1));
  await insertingNew(identities, () =>
    client.query({
      name: 'profile-add-members',
      text: `
        insert into profile.member (member_id, customer_id, kind, value, is_verified, is_shared, is_confirmed, first_partner, first_linked_at, first_by_page)
        select member_id, customer_id, kind, value, is_verified, is_shared, is_confirmed, first_partner, to_timestamp(linked_at / 1000), by_page
          from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::boolean[], $6::boolean[], $7::boolean[], $8::uuid[], $9::float8[],
                      $10::boolean[])
               as new (member_id, customer_id, kind, value, is_verified, is_shared, is_confirmed, first_partner, linked_at, by_page)`,
      values: [
        uuidArray(sorted.map(({ memberId }) => memberId)),
        uuidArray(sorted.map(({ customerId }) => customerId)),
        textArray(sorted.map(({ identifier }) => identifier.kind)),
        textArray(sorted.map(({ identifier }) => identifier.value)),
        sorted.map(({ isVerified }) => isVerified),
        sorted.map(({ isShared }) => isShared),
        sorted.map(({ isConfirmed }) => isConfirmed),
        sorted.map(({ firstLink, memberId }) => firstLink?.members.find((other) => other !== memberId) ?? null),
        sorted.map(({ firstLink }) => firstLink?.at ?? null),
        sorted.map(({ firstLink }) => firstLink !== undefined && isByPage(firstLink)),
      ],
    }),
  );
}

/** Stores the result. The members must be locked by `lockMembers`, and the standings of all customers that lose or get members. */
export async function saveRegrouping(client: PoolClient, regrouping: Regrouping): Promise<void> {
  await inOrder([
    updateMembers(client, regrouping.changed),
    saveLinks(client, regrouping),
    saveSeparations(client, regrouping.change),
    saveMoves(client, regrouping),
  ]);
}

async function updateMembers(client: PoolClient, changed: readonly ChangedMember[]): Promise<void> {
  if (changed.length === 0) return;
  await client.query({
    name: 'profile-update-members',
    text: `
      update profile.member m
         set revision = m.revision + 1, customer_id = new.customer_id, moves = new.moves, is_verified = new.is_verified,
             is_blocked = new.is_blocked, is_shared = new.is_shared, is_confirmed = new.is_confirmed, is_unlimited = new.is_unlimited,
             first_partner = coalesce(new.first_partner, m.first_partner), first_by_page = coalesce(new.by_page, m.first_by_page),
             first_linked_at = coalesce(to_timestamp(new.linked_at / 1000), m.first_linked_at)
        from unnest($1::uuid[], $2::uuid[], $3::int[], $4::boolean[], $5::boolean[], $6::boolean[], $7::boolean[], $8::boolean[],
                    $9::uuid[], $10::float8[], $11::boolean[])
             as new (member_id, customer_id, moves, is_verified, is_blocked, is_shared, is_confirmed, is_unlimited, first_partner, linked_at,
                     by_page)
       where m.member_id = any($1::uuid[]) and m.member_id = new.member_id`,
    values: [
      uuidArray(changed.map(({ member }) => member.memberId)),
      uuidArray(changed.map(({ customerId }) => customerId)),
      intArray(changed.map(({ moves }) => moves)),
      changed.map(({ isVerified }) => isVerified),
      changed.map(({ isBlocked }) => isBlocked),
      changed.map(({ isShared }) => isShared),
      changed.map(({ isConfirmed }) => isConfirmed),
      changed.map(({ isUnlimited }) => isUnlimited),
      changed.map(({ firstLink, member }) => firstLink?.members.find((other) => other !== member.memberId) ?? null),
      changed.map(({ firstLink }) => firstLink?.at ?? null),
      changed.map(({ firstLink }) => (firstLink ? isByPage(firstLink) : null)),
    ],
  });
}

async function saveLinks(client: PoolClient, regrouping: Regrouping): Promise<void> {
  const { change, refusals } = regrouping;
  const { undone = new Map<string, object>(), beyond = [] } = change;
  const links = [...(change.links ?? []), ...beyond];
  const isNamed = new Set(links.map(({ linkId }) => linkId));
  const others = [...refusals].filter(([linkId]) => !isNamed.has(linkId));
  await inOrder([
    links.length > 0 && addLinks(client, links, regrouping),
    others.length > 0 &&
      client.query({
        name: 'profile-refuse-links',
        text: `update profile.link c set refusal = new.refusal from unnest($1::uuid[], $2::text[]) as new (link_id, refusal)
                where c.link_id = any($1::uuid[]) and c.link_id = new.link_id`,
        values: [uuidArray(others.map(([linkId]) => linkId)), textArray(others.map(([, refusal]) => refusal))],
      }),
    undone.size > 0 &&
      client.query(
        `update profile.link c set undone = new.note from unnest($1::uuid[], $2::json[]) as new (link_id, note)
          where c.link_id = new.link_id`,
        [[...undone.keys()], [...undone.values()].map((note) => JSON.stringify(note))],
      ),
  ]);
}

/** Adds links, also those that would connect too many members. One that is stored gets the earlier one of both instants. */
async function addLinks(
  client: PoolClient,
  unsorted: readonly KnownLink[],
  { change, component, refusals }: Regrouping,
): Promise<void> {
  // In one order, so that batches cannot deadlock.
  const links = unsorted.toSorted((a, b) => (a.linkId < b.linkId ? -1 : 1));
  const beyond = new Set(change.beyond);
  const refusalOf = (link: KnownLink) => {
    if (beyond.has(link)) return 'too-many';
    const refusal = refusals.get(link.linkId);
    return refusal === undefined ? component.links.get(link.linkId)!.refusal : refusal;
  };
  await client.query({
    name: 'profile-add-links',
    text: `
      insert into profile.link as c (link_id, member_a, member_b, rule, at, activity_id, note, refusal, is_beyond)
      select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::timestamptz[], $6::uuid[], $7::json[], $8::text[], $9::boolean[])
      on conflict (link_id) do update
         set at = least(c.at, excluded.at), refusal = excluded.refusal, is_beyond = excluded.is_beyond,
             activity_id = case when excluded.at < c.at then excluded.activity_id else c.activity_id end`,
    values: [
      uuidArray(links.map(({ linkId }) => linkId)),
      uuidArray(links.map(({ members }) => members[0])),
      uuidArray(links.map(({ members }) => members[1])),
      textArray(links.map(({ rule }) => rule)),
      timestampArray(links.map(({ at }) => at)),
      links.map(({ activityId }) => activityId ?? null),
      jsonArray(links.map(({ note }) => (note ? JSON.stringify(note) : null))),
      textArray(links.map(refusalOf)),
      links.map((link) => beyond.has(link)),
    ],
  });
}

async function saveSeparations(client: PoolClient, { separate = [], lift = [] }: Change): Promise<void> {
  await inOrder([
    separate.length > 0 &&
      client.query(
        `insert into profile.separation (member_a, member_b) select * from unnest($1::uuid[], $2::uuid[]) on conflict do nothing`,
        [separate.map(([a]) => a), separate.map(([, b]) => b)],
      ),
    lift.length > 0 &&
      client.query(
        `delete from profile.separation where (member_a, member_b) in (select * from unnest($1::uuid[], $2::uuid[]))`,
        [lift.map(([a]) => a), lift.map(([, b]) => b)],
      ),
  ]);
}

/** Changes the customer of moved members where it is repeated, and notes the moves. */
async function saveMoves(client: PoolClient, regrouping: Regrouping): Promise<void> {
  const { moves } = regrouping;
  if (moves.length === 0) return;
  await inOrder([
    client.query({
      name: 'profile-move-facts',
      text: `update profile.fact f set customer_id = moved.customer_id
               from unnest($1::uuid[], $2::uuid[]) as moved (member_id, customer_id)
              where f.member_id = any($1::uuid[]) and f.member_id = moved.member_id`,
      values: [uuidArray(moves.map(({ memberId }) => memberId)), uuidArray(moves.map(({ customerId }) => customerId))],
    }),
    addMoves(client, regrouping),
  ]);
}
