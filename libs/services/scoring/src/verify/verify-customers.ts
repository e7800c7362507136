import { elements, type Model, type Scores, scoresAt, type State } from '@sestante/engagement';
import { transaction } from '@sestante/postgres';
import type { DataSource } from 'typeorm';
import { foldCustomer } from '../fold-customer.ts';
import { findClosed } from '../store/matters.ts';
import { findBases } from '../store/bases.ts';
import { readActivities } from '../store/member-activities.ts';
import { findMembersOf } from '../store/states.ts';
import { sumOf } from '../sum-of.ts';

/** How far a stored state is from the activities. */
export interface Verified {
  readonly customerId: string;
  /** The largest difference between a score of the stored state and the same score computed from the activities, in points. */
  readonly difference: number;
}

/** Computes the states of customers from their activities, and compares the scores with those of the stored states, at an instant. Reads one snapshot. */
export function verifyCustomers(
  dataSource: DataSource,
  { modelId, model }: { readonly modelId: number; readonly model: Model },
  { customerIds, at }: { readonly customerIds: readonly string[]; readonly at: number },
): Promise<Verified[]> {
  return transaction(dataSource, async (client) => {
    await client.query('set transaction isolation level repeatable read, read only');
    const members = await findMembersOf(client, modelId, customerIds);
    const memberIds = members.map(({ memberId }) => memberId);
    const [histories, bases] = await Promise.all([
      readActivities(client, memberIds),
      findBases(client, modelId, memberIds),
    ]);
    const closed = await findClosed(client, modelId, [...bases.keys()]);
    const scoresOf = (states: Iterable<State>) => scoresAt(model, sumOf(model, states), at);
    return [...Map.groupBy(members, ({ customerId }) => customerId)].map(([customerId, own]) => {
      const computed = foldCustomer(
        model,
        own.map(({ memberId }) => ({ memberId, kept: histories.get(memberId) ?? [], base: bases.get(memberId) })),
        new Set(own.flatMap(({ memberId }) => closed.get(memberId) ?? [])),
      );
      const stored = scoresOf(own.map(({ state }) => state));
      return { customerId, difference: differenceOf(stored, scoresOf(computed.map(({ state }) => state))) };
    });
  });
}

/** A score that only one of both has counts as 100 points. */
function differenceOf(stored: Scores, computed: Scores): number {
  const pairs = elements.flatMap((element) => {
    const [one, other] = [stored.elements[element], computed.elements[element]];
    return [
      [one.bond, other.bond],
      [one.mood, other.mood],
      [one.drop, other.drop],
      [100 * one.confidence, 100 * other.confidence],
    ] as const;
  });
  return Math.max(
    ...[...pairs, [stored.overall, computed.overall] as const].map(([one, other]) => distance(one, other)),
  );
}

function distance(one: number | null, other: number | null): number {
  if (one === null || other === null) return one === other ? 0 : 100;
  return Math.abs(one - other);
}
