import { type CustomerActed, happenedAt } from '@sestante/contracts';
import { Race } from '@sestante/postgres';
import type { PoolClient } from 'pg';
import type { CustomerState } from './customer-state.ts';
import type { ScoredBatch, StoredStates } from './score-batch.ts';
import { addEvidence, type EvidenceKey, findVersions } from './store/evidence.ts';
import { findPublished, savePublished } from './store/published.ts';
import { findMembers, type MemberState, reviseMembers, saveMembers } from './store/states.ts';

interface Asked {
  readonly acted: readonly CustomerActed[];
  /** Customers that need not be read. */
  readonly cached: ReadonlyMap<string, CustomerState>;
  /** The activities that may have evidence already, by id. */
  readonly repeats: ReadonlySet<string>;
}

/**
 * The stored data of a batch's customers. Members are read before evidence, in a statement of its own: whoever adds evidence afterwards changes the
 * revision of its member, and then `saveStates` fails. Throws `Race` if the cache is out of date.
 */
export async function readStates(
  client: PoolClient,
  modelId: number,
  { acted, cached, repeats }: Asked,
): Promise<StoredStates> {
  const cachedMembers = membersOf(cached);
  const isUnknown = ({ memberId, customerId }: CustomerActed) => cachedMembers.get(memberId)?.customerId !== customerId;
  const memberIds = distinct(acted.filter(isUnknown).map(({ memberId }) => memberId));
  const customerIds = distinct(acted.map(({ customerId }) => customerId)).filter((id) => !cached.has(id));
  const [read, versions, published] = await Promise.all([
    findMembers(client, modelId, { customerIds, memberIds }),
    findVersions(client, modelId, acted.filter(({ activityId }) => repeats.has(activityId)).map(toKey)),
    findPublished(client, modelId, customerIds),
  ]);
  if (read.some(({ memberId, customerId }) => cachedMembers.has(memberId) || cached.has(customerId)))
    throw new Race('a member of a cached customer');
  for (const [id, customer] of cached) if (customer.published) published.set(id, customer.published);
  return { members: [...cachedMembers.values(), ...read], versions, published };
}

/** The members of the customers, by id. Throws `Race` if a member belongs to two: one of the customers is out of date. */
function membersOf(cached: ReadonlyMap<string, CustomerState>): Map<string, MemberState> {
  const byId = new Map<string, MemberState>();
  for (const { members } of cached.values()) {
    for (const member of members) {
      if (byId.has(member.memberId)) throw new Race('a member of two cached customers');
      byId.set(member.memberId, member);
    }
  }
  return byId;
}

/** Stores the changes of a batch. Throws `Race` if another process has written one of its customers since they were read. */
export async function saveStates(client: PoolClient, modelId: number, scored: ScoredBatch): Promise<void> {
  await Promise.all([
    addEvidence(client, modelId, scored.evidence),
    saveMembers(client, modelId, scored.members),
    reviseMembers(client, modelId, scored.left),
    savePublished(client, modelId, scored.published),
  ]);
}

function toKey(acted: CustomerActed): EvidenceKey {
  const { activityId, memberId, receivedAt } = acted;
  return { activityId, memberId, receivedAt: Date.parse(receivedAt), at: Date.parse(happenedAt(acted)) };
}

const distinct = (ids: readonly string[]) => [...new Set(ids)];
