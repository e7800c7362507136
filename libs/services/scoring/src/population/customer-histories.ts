import { type Closed, type Evidence, latestActivityAt, type Model, read, type State } from '@sestante/engagement';
import { transaction } from '@sestante/postgres';
import type { DataSource } from 'typeorm';
import { findBases } from '../store/bases.ts';
import { isErased } from '../store/erasures.ts';
import { findClosed } from '../store/matters.ts';
import { readActivities } from '../store/member-activities.ts';
import { findMembersOf } from '../store/states.ts';
import { sumOf } from '../sum-of.ts';

/** All that is known of a customer, of all members. */
export interface CustomerHistory {
  readonly customerId: string;
  readonly evidence: readonly Evidence[];
  readonly base: State;
  readonly closed: Closed;
  /** The first kept activity, with evidence or without, in milliseconds since 1970; Infinity without any. */
  readonly firstAt: number;
  /** The history is exact from this instant on. */
  readonly exactFrom: number;
}

/** The histories of some customers under a model, of one snapshot. Those that were erased are left out. */
export function readHistories(
  dataSource: DataSource,
  { modelId, model }: { readonly modelId: number; readonly model: Model },
  customerIds: readonly string[],
): Promise<CustomerHistory[]> {
  return transaction(dataSource, async (client) => {
    await client.query('set transaction isolation level repeatable read, read only');
    const members = (await findMembersOf(client, modelId, customerIds)).filter((member) => !isErased(member));
    const memberIds = members.map(({ memberId }) => memberId);
    const [histories, bases] = await Promise.all([
      readActivities(client, memberIds),
      findBases(client, modelId, memberIds),
    ]);
    const closed = await findClosed(client, modelId, [...bases.keys()]);
    return [...Map.groupBy(members, ({ customerId }) => customerId)].map(([customerId, own]) => {
      const kept = own.flatMap(({ memberId }) => histories.get(memberId) ?? []);
      const base = sumOf(
        model,
        own.map(({ memberId }) => bases.get(memberId)).filter((one) => one !== undefined),
      );
      return {
        customerId,
        evidence: kept.map(({ activity }) => read(model, activity)),
        base,
        closed: new Set(own.flatMap(({ memberId }) => closed.get(memberId) ?? [])),
        firstAt: Math.min(...kept.map(({ activity }) => activity.at)),
        exactFrom: latestActivityAt(base) ?? -Infinity,
      };
    });
  });
}
