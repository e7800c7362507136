import { type CustomerActed, happenedAt } from '@sestante/contracts';
import { inOrder, Race } from '@sestante/postgres';
import type { PoolClient } from 'pg';
import type { ScoredBatch, StoredStates } from './score-batch.ts';
import { addEvidence, type EvidenceKey, findVersions } from './store/evidence.ts';
import { reviseMembers, saveMembers } from './store/save-members.ts';
import { findMembers, findMembersOf, type MemberState } from './store/states.ts';

interface Asked {
  readonly acted: readonly CustomerActed[];
  /** The members of customers that need not be read. */
  readonly cached: ReadonlyMap<string, readonly MemberState[]>;
  /** The activities that may have evidence already, by id. */
  readonly repeats: ReadonlySet<string>;
}

/**
 * The stored data of a batch's customers. A member that is not found by its customer is looked up by its id: it is new, or has moved. Members are read before
 * evidence, in statements of their own: whoever adds evidence afterwards changes the revision of its member, and then `saveStates` fails. Throws `Race` if
 * the cache is out of date.
 */
export async function readStates(
  client: PoolClient,
  modelId: number,
  { acted, cached, repeats }: Asked,
): Promise<StoredStates> {
  const members = new Map<string, MemberState>();
  for (const ofCustomer of cached.values()) addTo(members, ofCustomer);
  const customerIds = distinct(acted.map(({ customerId }) => customerId)).filter((id) => !cached.has(id));
  addTo(members, await findMembersOf(client, modelId, customerIds));
  const memberIds = distinct(acted.map(({ memberId }) => memberId)).filter((id) => !members.has(id));
  const [others, versions] = await Promise.all([
    findMembers(client, modelId, memberIds),
    findVersions(client, modelId, acted.filter(({ activityId }) => repeats.has(activityId)).map(toKey)),
  ]);
  if (others.some(({ customerId }) => cached.has(customerId))) throw new Race('a member of a cached customer');
  addTo(members, others);
  return { members: [...members.values()], versions };
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
    addEvidence(client, modelId, scored.evidence),
    saveMembers(client, modelId, scored.members),
    reviseMembers(client, modelId, scored.left),
  ]);
}

function toKey(acted: CustomerActed): EvidenceKey {
  const { activityId, memberId, receivedAt } = acted;
  return { activityId, memberId, receivedAt: Date.parse(receivedAt), at: Date.parse(happenedAt(acted)) };
}

const distinct = (ids: readonly string[]) => [...new Set(ids)];
