import { type CustomerActed, happenedAt, type Move } from '@sestante/contracts';
import { inOrder, Race } from '@sestante/postgres';
import type { PoolClient } from 'pg';
import type { Model } from '@sestante/engagement';
import { withFound } from './held-matters.ts';
import { keysToFind } from './keys-to-find.ts';
import type { Readings } from './readings.ts';
import type { ScoredBatch, StoredStates } from './score-batch.ts';
import { type ActivityKey, addActivities, findVersions } from './store/activities.ts';
import { addMatters, findSharedTellings, findTellings, type FoundTelling, type MatterKey } from './store/matters.ts';
import { saveMembers } from './store/save-members.ts';
import { findMembers, findMembersOf, type MemberState } from './store/states.ts';

interface Asked {
  readonly acted: readonly CustomerActed[];
  readonly moves: readonly Move[];
  /** The members of customers that need not be read. */
  readonly cached: ReadonlyMap<string, readonly MemberState[]>;
  /** The activities that may be stored already, by id. */
  readonly repeats: ReadonlySet<string>;
  readonly readings: Readings;
}

interface ModelOfTables {
  readonly modelId: number;
  readonly model: Model;
}

/**
 * The stored data of a batch's customers. A member that is not found by its customer is looked up by its id: it is new, or has moved. Then the customer that
 * it belongs to is read as well. Members are read before activities, in statements of their own: whoever adds one afterwards that counts, or that is late, changes the revision of its
 * member, and then `saveStates` fails. Throws `Race` if the cache is out of date.
 */
export async function readStates(
  client: PoolClient,
  of: ModelOfTables,
  { acted, moves, cached, repeats, readings }: Asked,
): Promise<StoredStates> {
  const { modelId } = of;
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
  for (const [activityId, version] of await findVersions(client, late.map(toKey))) versions.set(activityId, version);
  const isLeft = ({ memberId, moves: told }: CustomerActed) => (members.get(memberId)?.moves ?? told) < told;
  const left = acted.filter(isLeft);
  const joined = joinedBy(members, { moves, left });
  if (moves.length > 0 || left.length > 0) {
    addTo(members, await findFounders(client, modelId, members));
    const moved = [...members.values()].filter(({ customerId }) => joined.has(customerId));
    const movedIds = moved.map(({ memberId }) => memberId);
    setFound(members, await findSharedTellings(client, of, movedIds));
  }
  const keys = keysToFind(of.model, { members, acted, readings, versions, joined });
  setFound(members, await findTellings(client, of, keys), keys);
  return { members: [...members.values()], versions, readings };
}

/** The customers that are one after some of the moves, and before others: by customer, the set of all of them. */
function joinedBy(
  members: ReadonlyMap<string, MemberState>,
  { moves, left }: { readonly moves: readonly Move[]; readonly left: readonly CustomerActed[] },
): ReadonlyMap<string, ReadonlySet<string>> {
  const joined = new Map<string, Set<string>>();
  const customerOf = ({ memberId }: { memberId: string }) => members.get(memberId)?.customerId ?? memberId;
  const join = (customerIds: readonly string[]) => {
    const all = new Set(customerIds.flatMap((customerId) => [customerId, ...(joined.get(customerId) ?? [])]));
    for (const customerId of all) joined.set(customerId, all);
  };
  for (const move of moves) join([move.customerId, move.formerId, ...move.members.map(customerOf)]);
  for (const one of left) join([one.customerId, customerOf(one)]);
  return joined;
}

/** Adds what was found of the matters to the members, and for which of them nothing was found. */
function setFound(
  members: Map<string, MemberState>,
  found: readonly FoundTelling[],
  keys: readonly MatterKey[] = found,
): void {
  const tellings = Map.groupBy(found, ({ memberId }) => memberId);
  for (const [memberId, asked] of Map.groupBy(keys, (one) => one.memberId)) {
    const member = members.get(memberId)!;
    const names = asked.map(({ key }) => key);
    members.set(memberId, { ...member, matters: withFound(member.matters, names, tellings.get(memberId) ?? []) });
  }
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
  await inOrder([
    addActivities(client, scored.activities),
    addMatters(client, modelId, scored.matters),
    saveMembers(client, modelId, scored.members),
  ]);
}

function toKey(acted: CustomerActed): ActivityKey {
  const { activityId, memberId, receivedAt } = acted;
  return { activityId, memberId, receivedAt: Date.parse(receivedAt), at: Date.parse(happenedAt(acted)) };
}

const distinct = (ids: readonly string[]) => [...new Set(ids)];
