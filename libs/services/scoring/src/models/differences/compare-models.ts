import { setImmediate as otherWork } from 'node:timers/promises';
import { erasedMoves } from '@sestante/contracts';
import { loyal, scoresAt } from '@sestante/engagement';
import type { DataSource } from 'typeorm';
import type { LoadedModel } from '../../live-model.ts';
import { toState } from '../../store/packed-state.ts';
import { sumOf } from '../../sum-of.ts';
import type { Reading } from '../shadow/read-history.ts';
import { Comparison } from './comparison.ts';
import { type Differences, toDifferences } from './differences.ts';

/** The most movers with their reasons in a report. */
const mostMovers = 20;
/** Above this number of customers a report is about a sample: two numbers of seven scores of each are in memory. */
export const mostCustomers = 200_000;
const rowsAtOnce = 500;

interface Row {
  readonly customer_id: string;
  readonly before: Buffer;
  readonly after: Buffer;
}

/** Compares the scores of all customers under the live model with those under another one, whose states are stored, at an instant. */
export async function compareModels(
  { dataSource, live, shadowed, signal }: Reading,
  at: number,
  sampled = mostCustomers,
): Promise<Differences> {
  const comparison = new Comparison(mostMovers);
  const share = Math.min(1, sampled / Math.max(1, await countCustomers(dataSource, live.modelId)));
  for await (const [customerId, rows] of customers(dataSource, live.modelId, shadowed.modelId)) {
    signal.throwIfAborted();
    if (placeOf(customerId) >= share) continue;
    const before = under(
      live,
      Array.from(rows, (row) => row.before),
      at,
    );
    const after = under(
      shadowed,
      Array.from(rows, (row) => row.after),
      at,
    );
    const isLoyal = { before: before.isLoyal, after: after.isLoyal };
    comparison.add({ customerId, before: before.scores, after: after.scores, isLoyal });
  }
  return toDifferences({ dataSource, live, shadowed }, comparison, { at, share });
}

function under({ model }: LoadedModel, states: readonly Buffer[], at: number) {
  const state = sumOf(model, states.map(toState));
  const scores = scoresAt(model, state, at);
  return { scores, isLoyal: loyal(model, state, scores.at)?.isLoyal ?? null };
}

async function countCustomers(dataSource: DataSource, liveId: number): Promise<number> {
  const [row] = await dataSource.query<{ members: number }[]>(
    'select count(*)::int as members from scoring.member where model_id = $1',
    [liveId],
  );
  return row!.members;
}

/** A number from 0 to below 1 that is always the same for a customer: the last digits of an id are random in all versions of UUIDs. */
const placeOf = (customerId: string) => Number.parseInt(customerId.slice(-8), 16) / 2 ** 32;

/** Each customer with the states of its members, in the order of the ids. Between two pages, other work has its turn. */
async function* customers(
  dataSource: DataSource,
  liveId: number,
  modelId: number,
): AsyncGenerator<[string, readonly Row[]]> {
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const rows = await dataSource.query<(Row & { member_id: string })[]>(
      `select l.customer_id, l.member_id, l.state as before, s.state as after
         from scoring.member l join scoring.member s on s.member_id = l.member_id and s.model_id = $2
        where l.model_id = $1 and l.customer_id > $3 and l.moves <> $4 order by l.customer_id limit ${rowsAtOnce}`,
      [liveId, modelId, after, erasedMoves],
    );
    const isLast = rows.length < rowsAtOnce;
    const last = rows.at(-1)?.customer_id;
    const grouped = Map.groupBy(rows, (row) => row.customer_id);
    for (const [customerId, ofCustomer] of grouped) {
      if (customerId === last && !isLast) break;
      yield [customerId, ofCustomer];
    }
    if (isLast) return;
    const previous = [...grouped.keys()].at(-2);
    // A customer with more members than a page is told with those of the page.
    if (previous === undefined) yield [last!, rows];
    after = previous ?? last!;
    await otherWork();
  }
}
