import { type CustomerActed, happenedAt, type Move } from '@sestante/contracts';
import { inOrder, Race } from '@sestante/postgres';
import type { PoolClient } from 'pg';
import type { ScoredBatch, StoredStates } from './score-batch.ts';
import { type ActivityKey, addActivities, findVersions } from './store/activities.ts';
import { saveMembers } from './store/save-members.ts';
import { findMembers, findMembersOf, type MemberState } from './store/states.ts';

interface Asked {
  readonly acted: readonly CustomerActed[];
  readonly moves: readonly Move[];
  /** The members of customers that need not be read. */
  readonly cached: ReadonlyMap<string, readonly MemberState[]>;
  /** The activities that may be stored already, by id. */
  readonly repeats: ReadonlySet<string>;
}

/**
 * The stored data of a batch's customers. A member that is not found by its customer is looked up by its id: it is new, or has moved. Then the customer that
 * it belongs to is read as well. Members are read before activities, in statements of their own: whoever adds one afterwards that counts, or that is late, changes the revision of its
 * member, and then `saveStates` fails. Throws `Race` if the cache is out of date.
 */
export async function readStates(
  client: PoolClient,
  modelId: number,
  { acted, moves, cached, repeats }: Asked,
): Promise<StoredStates> {
  const members = new Map<string, MemberState>();
  for (const ofCustomer of cached.values()) addTo(members, ofCustomer);
  const named = [...acted, ...moves.map(({ formerId }) => ({ customerId: formerId })), ...moves];
  const customerIds = distinct(named.map(({ customerId }) => customerId)).filter((id) => !cached.has(id));
  addTo(members, await findMembersOf(client, modelId, customerIds));
  const assigned = [...acted, ...moves.flatMap((move) => move.members)];
  const memberIds = distinct(assigned.map(({ memberId }) => memberId)).filter((id) => !members.has(id));
  const [others, versions] = await Promise.all([
    findMembers(client, modelId, memberIds),
    findVersions(client, acted.filter(({ activityId }) => repeats.has(activityId)).map(toKey)),
  ]);
  if (others.some(({ customerId }) => cached.has(customerId))) throw new Race('a member of a cached customer');
  addTo(members, await findMembersOf(client, modelId, distinct(others.map(({ customerId }) => customerId))));
  const late = acted.filter((one) => isLate(members, one) && !repeats.has(one.activityId));
  for (const [activityId, version] of await findVersions(client, late.map(toKey)))
    versions.set(activityId, version);
  const isLeft = ({ memberId, moves: told }: CustomerActed) => (members.get(memberId)?.moves ?? told) < told;
  if (moves.length > 0 || acted.some(isLeft)) addTo(members, await findFounders(client, modelId, members));
  return { members: [...members.values()], versions };
}

/**
 * Whether the member was moved since the message was published. It may then be the first publication of an activity whose repeat has been read already, from the
 * partition of the other customer: it is looked up although its offset is new.
 */
function isLate(members: ReadonlyMap<string, MemberState>, { memberId, moves }: CustomerActed): boolean {
  return (members.get(memberId)?.moves ?? moves) > moves;
}

/** The founders of customers, which have the same id, if they belong to other customers now: `keepPublished` must not add them. */
function findFounders(client: PoolClient, modelId: number, members: ReadonlyMap<string, MemberState>) {
  const customerIds = [...members.values()].map(({ customerId }) => customerId);
  const missing = distinct(customerIds).filter((id) => !members.has(id));
  return findMembers(client, modelId, missing);
}

/** Throws `Race` if a member belongs to two customers: one of them is out of date. */
function addTo(members: Map<string, MemberState>, added: readonly MemberState[]): void {
  for (const member of added) {
    if (members.has(member.memberId)) throw new Race('a member of two customers');
    members.set(member.memberId, member);
  }
}

/** Stores the changes of a batch. Throws `Race` if another process has written one of its customers since they were read. */
export async function saveStates(client: PoolClient, modelId: number, scored: ScoredBatch): Promise<void> {
  await inOrder([addActivities(client, scored.activities), saveMembers(client, modelId, scored.members)]);
}

function toKey(acted: CustomerActed): ActivityKey {
  const { activityId, memberId, receivedAt } = acted;
  return { activityId, memberId, receivedAt: Date.parse(receivedAt), at: Date.parse(happenedAt(acted)) };
}

const distinct = (ids: readonly string[]) => [...new Set(ids)];
