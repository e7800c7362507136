import { bigintArray, doubleArray, intArray, timestampArray, uuidArray } from '@sestante/postgres';
import type { PoolClient } from 'pg';
import { channelSumColumns, elementSumColumns, evidenceColumns } from '../store/score-columns.ts';
import { partitionOf } from './landmark.ts';
import type { ScoreRow } from './score-row.ts';

/** A row to be stored, with the instants of activities. */
export interface DatedScoreRow extends ScoreRow {
  /** In milliseconds since 1970; null without any. */
  readonly firstActivityAt: number | null;
  readonly lastActivityAt: number | null;
}

const columns = [
  ['customer_id', 'uuid'],
  ...elementSumColumns.map((name) => [name, 'float8'] as const),
  ['latest_ms', 'float8'],
  ['first_purchase_ms', 'float8'],
  ['last_purchase_ms', 'float8'],
  ['fingerprint', 'bigint'],
  ['purchases', 'int'],
  ['members', 'int'],
  ...evidenceColumns.map((name) => [name, 'int'] as const),
  ['channels', 'int'],
  ['first_activity_at', 'timestamptz'],
  ['last_activity_at', 'timestamptz'],
  ...channelSumColumns.map((name) => [name, 'float8'] as const),
] as const;

const names = columns.map(([name]) => name);
const columnsToSet = names.filter((name) => name !== 'customer_id' && !name.endsWith('_activity_at'));
const arrays = columns.map(([, type], index) => `$${index + 1}::${type}[]`).join(', ');

/**
 * Stores the rows of customers under a model, in place of those that are there. The instants of activities are those of the rows (`replace`), or extend those
 * that are there (`extend`). Resolves to the customers that had no row.
 * The caller holds the lock of the rows (`lockScoreRows`).
 */
export async function saveScoreRows(
  client: PoolClient,
  modelId: number,
  rows: readonly DatedScoreRow[],
  instants: keyof typeof newInstants,
): Promise<string[]> {
  if (rows.length === 0) return [];
  const { rows: found } = await client.query<{ customer_id: string }>({
    name: `scoring-save-score-rows-${modelId}-${instants}`,
    text: textOf(modelId, instants),
    values: arraysOf(rows.toSorted((one, other) => (one.customerId < other.customerId ? -1 : 1))),
  });
  return found.map((row) => row.customer_id);
}

const newInstants = {
  replace: 'first_activity_at = excluded.first_activity_at, last_activity_at = excluded.last_activity_at',
  extend: `first_activity_at = least(c.first_activity_at, excluded.first_activity_at),
           last_activity_at = greatest(c.last_activity_at, excluded.last_activity_at)`,
};

/** Each of the sums of a row changes, so all are set. `xmax` is 0 for a row that was added. */
const textOf = (modelId: number, instants: keyof typeof newInstants) => `
  with saved as (
    insert into ${partitionOf(modelId)} as c (model_id, ${names.join(', ')})
    select ${Math.trunc(modelId)}, * from unnest(${arrays})
    on conflict (customer_id, model_id) do update
       set ${columnsToSet.map((name) => `${name} = excluded.${name}`).join(', ')},
           ${newInstants[instants]}
    returning customer_id, xmax = 0 as is_added)
  select customer_id from saved where is_added`;

function arraysOf(rows: readonly DatedScoreRow[]): Buffer[] {
  const doubles = (valueOf: (row: DatedScoreRow) => number | null) => doubleArray(rows.map(valueOf));
  const ints = (valueOf: (row: DatedScoreRow) => number) => intArray(rows.map(valueOf));
  return [
    uuidArray(rows.map(({ customerId }) => customerId)),
    ...elementSumColumns.map((_, index) => doubles(({ elementSums }) => elementSums[index]!)),
    doubles(({ latestMs }) => latestMs),
    doubles(({ firstPurchaseMs }) => firstPurchaseMs),
    doubles(({ lastPurchaseMs }) => lastPurchaseMs),
    bigintArray(rows.map(({ fingerprint }) => fingerprint)),
    ints(({ purchases }) => purchases),
    ints(({ members }) => members),
    ...evidenceColumns.map((_, index) => ints(({ evidence }) => evidence[index]!)),
    ints((row) => row.channels),
    timestampArray(rows.map(({ firstActivityAt }) => firstActivityAt)),
    timestampArray(rows.map(({ lastActivityAt }) => lastActivityAt)),
    ...channelSumColumns.map((_, index) => doubles(({ channelSums }) => channelSums?.[index] ?? null)),
  ];
}
