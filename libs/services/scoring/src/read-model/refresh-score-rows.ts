import { uuidArray } from '@sestante/postgres';
import type { PoolClient } from 'pg';
import { findMembersOf, type MemberState } from '../store/states.ts';
import { lockScoreRows, type ModelOfRows, setLatest } from './landmark.ts';
import { type ActivitySpan, findSpans } from './activity-spans.ts';
import { type DatedScoreRow, saveScoreRows } from './save-score-rows.ts';
import { scoreRow, type ScoreRow } from './score-row.ts';
import { copyTold, type ToldOfCustomer } from './told-of-customer.ts';

/** Customers whose rows have to be written. */
export interface Changed {
  /** Those that have acted, with the first and the last instant of these activities. */
  readonly acted: ReadonlyMap<string, ActivitySpan>;
  /** Those that may have other members than before. Their activities are read again. */
  readonly regrouped: Iterable<string>;
  /** What was told of customers of both kinds. */
  readonly told?: ReadonlyMap<string, ToldOfCustomer>;
}

/**
 * Writes the rows of customers from the present states of their members, and removes those of customers without members. Resolves to the ids of all of them. Run it in a
 * transaction of its own: it holds the lock of the rows until the end.
 */
export async function refreshScoreRows(
  client: PoolClient,
  of: ModelOfRows,
  { acted, regrouped, told }: Changed,
): Promise<readonly string[]> {
  const again = new Set(regrouped);
  const customerIds = [...new Set([...acted.keys(), ...again])];
  if (customerIds.length === 0) return [];
  const { landmarkMs } = await lockScoreRows(client, of, Date.now());
  const members = Map.groupBy(
    await findMembersOf(client, of.modelId, customerIds),
    ({ customerId }: MemberState) => customerId,
  );
  const rows = new Map<string, ScoreRow>();
  for (const customerId of customerIds) {
    const row = scoreRow(of.model, { customerId, members: members.get(customerId) ?? [], landmarkMs });
    if (row) rows.set(customerId, row);
  }
  await removeRows(
    client,
    of.modelId,
    customerIds.filter((customerId) => !rows.has(customerId)),
  );
  const dated = (row: ScoreRow, span: ActivitySpan | undefined): DatedScoreRow => ({
    ...row,
    firstActivityAt: span?.firstAt ?? null,
    lastActivityAt: span?.lastAt ?? null,
    told: told?.get(row.customerId),
  });
  const extending = [...rows.values()].filter(({ customerId }) => !again.has(customerId));
  const added = await saveScoreRows(
    client,
    of.modelId,
    extending.map((row) => dated(row, acted.get(row.customerId))),
    'extend',
  );
  const unknown = added.filter((customerId) => !rows.get(customerId)!.isNew);
  const wanted = [...unknown, ...[...rows.keys()].filter((customerId) => again.has(customerId))];
  const spans = await findSpans(client, of.modelId, wanted);
  await saveScoreRows(
    client,
    of.modelId,
    wanted.map((customerId) => dated(rows.get(customerId)!, spans.get(customerId))),
    'replace',
  );
  await copyTold(client, of.modelId, wanted);
  const latest = [...rows.values()].reduce((most, { latestMs }) => Math.max(most, latestMs), -Infinity);
  if (latest > -Infinity) await setLatest(client, of.modelId, latest);
  return customerIds;
}

async function removeRows(client: PoolClient, modelId: number, customerIds: readonly string[]): Promise<void> {
  if (customerIds.length === 0) return;
  await client.query('delete from scoring.customer_score where model_id = $1 and customer_id = any($2::uuid[])', [
    modelId,
    uuidArray(customerIds),
  ]);
}
