import { bigintArray, doubleArray, intArray, jsonArray, timestampArray, uuidArray } from '@sestante/postgres';
import type { PoolClient } from 'pg';
import { channelSumColumns, elementSumColumns, evidenceColumns } from '../store/score-columns.ts';
import { partitionOf } from './landmark.ts';
import type { ScoreRow } from './score-row.ts';
import type { ToldOfCustomer } from './told-of-customer.ts';

/** A row to be stored, with the instants of activities, and with what was told of the customer. */
export interface DatedScoreRow extends ScoreRow {
  /** In milliseconds since 1970; null without any. */
  readonly firstActivityAt: number | null;
  readonly lastActivityAt: number | null;
  /** Undefined if it is not known: the row keeps what it has. */
  readonly told?: ToldOfCustomer | undefined;
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
  ['told_at', 'timestamptz'],
  ['attributes', 'json'],
  ['consents', 'json'],
  ...channelSumColumns.map((name) => [name, 'float8'] as const),
] as const;

const names = columns.map(([name]) => name);
const kept = ['customer_id', 'first_activity_at', 'last_activity_at', 'told_at', 'attributes', 'consents'];
const columnsToSet = names.filter((name) => !kept.includes(name));
const toldColumns = `told_at = greatest(c.told_at, excluded.told_at),
           attributes = case when excluded.told_at is null then c.attributes else excluded.attributes end,
           consents = case when excluded.told_at is null then c.consents else excluded.consents end`;
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
           ${newInstants[instants]},
           ${toldColumns}
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
    timestampArray(rows.map(({ told }) => told?.toldAt ?? null)),
    jsonArray(rows.map(({ told }) => told?.attributes ?? null)),
    jsonArray(rows.map(({ told }) => told?.consents ?? null)),
    ...channelSumColumns.map((_, index) => doubles(({ channelSums }) => channelSums?.[index] ?? null)),
  ];
}
