import { setImmediate as otherWork } from 'node:timers/promises';
import type { Model, State } from '@sestante/engagement';
import type { PoolClient } from 'pg';
import { findBases } from '../../store/bases.ts';
import { saveShadowed, type ShadowedMember } from './members.ts';
import { readActivities } from '../../store/member-activities.ts';
import { foldCustomer, mattersHeld } from '../../fold-customer.ts';
import { addMissingMatters, findClosed, type MatterRow } from '../../store/matters.ts';

/** How much was read. */
export interface ReadAgain {
  readonly members: number;
  readonly activities: number;
}

/**
 * Reads the history of all members of some customers under a model, and stores their states and the matters that they hold. The members must have been read before: whoever adds an activity to
 * one of them afterwards changes its revision, and it will be read once more.
 */
export async function readAgain(
  client: PoolClient,
  { modelId, model }: { readonly modelId: number; readonly model: Model },
  members: readonly ShadowedMember[],
): Promise<ReadAgain> {
  if (members.length === 0) return { members: 0, activities: 0 };
  const memberIds = members.map(({ memberId }) => memberId);
  const [histories, bases] = await Promise.all([
    readActivities(client, memberIds),
    findBases(client, modelId, memberIds),
  ]);
  const closed = await findClosed(client, modelId, [...bases.keys()]);
  const states = new Map<string, State>();
  const matters: MatterRow[] = [];
  for (const ofCustomer of Map.groupBy(members, ({ customerId }) => customerId).values()) {
    const own = ofCustomer.map(({ memberId }) => memberId);
    const folded = foldCustomer(
      model,
      own.map((memberId) => ({ memberId, kept: histories.get(memberId) ?? [], base: bases.get(memberId) })),
      new Set(own.flatMap((memberId) => closed.get(memberId) ?? [])),
    );
    for (const { memberId, state } of folded) states.set(memberId, state);
    matters.push(...mattersHeld(model, folded));
    // Whoever waits for the thread has its turn between two customers.
    await otherWork();
  }
  const saved = await saveShadowed(
    client,
    modelId,
    members.map((member) => ({ ...member, state: states.get(member.memberId)! })),
  );
  await addMissingMatters(
    client,
    modelId,
    matters.filter(({ memberId }) => saved.has(memberId)),
  );
  let activities = 0;
  for (const history of histories.values()) activities += history.length;
  return { members: members.length, activities };
}
