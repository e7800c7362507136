import { type ActivityReceived, happenedAt, ownSourceId } from '@sestante/contracts';
import { type Identifier, identifierKey, isDevice, isStrongMember } from '@sestante/identity';
import { inOrder } from '@sestante/postgres';
import type { ErasedIdentifiers } from '@sestante/runtime';
import type { PoolClient } from 'pg';
import { identifiersOf, identifiersToFind, type NewMember } from '../resolve-batch.ts';
import { byKey, findOwners, findOwnersById, type Owner } from '../store/owners.ts';
import { tokensIn } from '../whose-word.ts';

/** The activities of a batch without those that must not be stored, because their person was erased after they happened. */
export interface Kept {
  readonly activities: readonly ActivityReceived[];
  /** When the identifiers of the batch were erased, and customers of tokens, in milliseconds since 1970, by `identifierKey` or id. */
  readonly erasedAt: ReadonlyMap<string, number>;
}

interface Known {
  /** The identifiers of the batch, and their stored owners, by `identifierKey`. */
  readonly wanted: ReadonlyMap<string, Identifier>;
  readonly owners: ReadonlyMap<string, Owner>;
  /** The members of the customers whose tokens were sent, by id. */
  readonly tokens: ReadonlyMap<string, Owner>;
  /** The key of the hashes of erased identifiers, read after the owners: a member that is missing because it was erased has its hash. */
  readonly erasureKey: Buffer | undefined;
}

const nobody: ReadonlyMap<string, number> = new Map();

/** What is stored about the identifiers and the tokens of the activities, in one round trip. */
export async function findKnown(
  client: PoolClient,
  erased: ErasedIdentifiers,
  activities: readonly ActivityReceived[],
) {
  const wanted = byKey(identifiersToFind(activities));
  const [owners, tokens, erasureKey] = await inOrder([
    findOwners(client, wanted),
    findOwnersById(client, tokensIn(activities)),
    erased.readKey(client),
  ] as const);
  return { wanted, owners, tokens, erasureKey } satisfies Known;
}

/**
 * Leaves out what happened before its person was erased. Only identifiers that are new, or that were new after an erasure, are looked up: a batch of people
 * who are known costs nothing.
 */
export async function withoutErased(
  client: PoolClient,
  erased: ErasedIdentifiers,
  received: readonly ActivityReceived[],
  { wanted, owners, tokens, erasureKey }: Known,
): Promise<Kept> {
  const activities = received.filter((activity) => activity.source !== ownSourceId || isOfLiving(activity, owners));
  const erasedAt = new Map<string, number>();
  for (const [key, owner] of owners) if (owner.erasedAt) erasedAt.set(key, owner.erasedAt.getTime());
  if (owners.size < wanted.size) {
    const unknown = [...wanted.keys()].filter((key) => !owners.has(key));
    for (const [key, at] of await erased.findBy(client, erasureKey, unknown)) erasedAt.set(key, at);
  }
  const named = activities.flatMap(({ tokenOf }) => (tokenOf === undefined || tokens.has(tokenOf) ? [] : [tokenOf]));
  for (const [customerId, at] of await findErasedCustomers(client, named)) erasedAt.set(customerId, at);
  if (erasedAt.size === 0) return { activities, erasedAt: nobody };
  return { activities: activities.flatMap((activity) => keep(activity, erasedAt, owners) ?? []), erasedAt };
}

/** What was set over the API is about a customer who existed. If it arrives after an erasure, it must not bring the person back. */
const isOfLiving = ({ identifiers }: ActivityReceived, owners: Known['owners']) =>
  identifiers.some((identifier) => owners.has(identifierKey(identifier)));

/**
 * The activity, or undefined if it is of somebody who was erased later than it happened. If it is of somebody else, who is known or shared a device with them,
 * it stays without the erased identifiers.
 */
function keep(
  activity: ActivityReceived,
  erasedAt: ReadonlyMap<string, number>,
  owners: ReadonlyMap<string, Owner>,
): ActivityReceived | undefined {
  const at = Date.parse(happenedAt(activity));
  const isErased = (identifier: Identifier) =>
    identifiersToFind([{ identifiers: [identifier] }]).some(
      (one) => at <= (erasedAt.get(identifierKey(one)) ?? -Infinity),
    );
  if (activity.tokenOf !== undefined && at <= (erasedAt.get(activity.tokenOf) ?? -Infinity)) return undefined;
  if (!activity.identifiers.some(isErased)) return activity;
  const [head] = identifiersOf(activity, owners);
  if (isErased(head!)) return undefined;
  if (!owners.has(identifierKey(head!)) && !isOfAnother(head!, activity.identifiers.filter(isErased))) return undefined;
  return { ...activity, identifiers: activity.identifiers.filter((identifier) => !isErased(identifier)) };
}

/** Whether an identifier that is new is of somebody else: it is that of one person, and only devices have been erased. */
function isOfAnother(head: Identifier, erased: readonly Identifier[]): boolean {
  return isStrongMember({ kind: head.kind, isVerified: false }) && erased.every(isDevice);
}

/** When each of these customers was erased, in milliseconds since 1970, by any id that it had. Those that were not are left out. */
async function findErasedCustomers(client: PoolClient, customerIds: readonly string[]): Promise<[string, number][]> {
  if (customerIds.length === 0) return [];
  const { rows } = await client.query<{ member_id: string; erased_at: Date }>(
    'select member_id, erased_at from profile.erased_member join profile.erasure using (erasure_id) where member_id = any($1::uuid[])',
    [customerIds],
  );
  return rows.map(({ member_id, erased_at }) => [member_id, erased_at.getTime()]);
}

/** Marks new members whose identifiers were erased before: what happened until then must not become theirs. */
export async function markReturned(
  client: PoolClient,
  added: readonly NewMember[],
  erasedAt: ReadonlyMap<string, number>,
): Promise<void> {
  const returned = added.flatMap(({ memberId, identifier }) => {
    const at = erasedAt.get(identifierKey(identifier));
    return at === undefined ? [] : [{ memberId, at: new Date(at) }];
  });
  if (returned.length === 0) return;
  await client.query(
    `update profile.member m set erased_at = r.at from unnest($1::uuid[], $2::timestamptz[]) as r (member_id, at)
      where m.member_id = r.member_id`,
    [returned.map(({ memberId }) => memberId), returned.map(({ at }) => at)],
  );
}

/** Counts activities that were left out. */
export async function countDropped(client: PoolClient, count: number): Promise<void> {
  if (count > 0) await client.query('update profile.dropped set count = count + $1', [count]);
}
