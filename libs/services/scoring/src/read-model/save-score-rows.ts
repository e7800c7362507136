import { bigintArray, doubleArray, intArray, timestampArray, uuidArray } from '@sestante/postgres';
import type { PoolClient } from 'pg';
import { channelSumColumns, elementSumColumns, evidenceColumns } from '../store/score-columns.ts';
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
  ['revisions', 'bigint'],
  ['purchases', 'int'],
  ['members', 'int'],
  ...evidenceColumns.map((name) => [name, 'int'] as const),
  ['channels', 'int'],
  ['first_activity_at', 'timestamptz'],
  ['last_activity_at', 'timestamptz'],
  ...channelSumColumns.map((name) => [name, 'float8'] as const),
] as const;

const names = columns.map(([name]) => name);
const arrays = columns.map(([, type], index) => `$${index + 2}::${type}[]`).join(', ');

/**
 * Stores the rows of customers under a model, in place of those that are there. The instants of activities are those of the rows (`replace`), or extend those that are there (`extend`).
 * The caller holds the lock of the rows (`lockScoreRows`).
 */
export async function saveScoreRows(
  client: PoolClient,
  modelId: number,
  rows: readonly DatedScoreRow[],
  instants: 'replace' | 'extend',
): Promise<void> {
  if (rows.length === 0) return;
  await client.query({
    name: `scoring-save-score-rows-${instants}`,
    text: texts[instants],
    values: [modelId, ...arraysOf(rows.toSorted((one, other) => (one.customerId < other.customerId ? -1 : 1)))],
  });
}

const textFor = (first: string, last: string) => `
  insert into scoring.customer_score as c (model_id, ${names.join(', ')})
  select $1::smallint, * from unnest(${arrays})
  on conflict (customer_id, model_id) do update
     set ${names
       .slice(1)
       .filter((name) => !name.endsWith('_activity_at'))
       .map((name) => `${name} = excluded.${name}`)
       .join(', ')}, first_activity_at = ${first}, last_activity_at = ${last}`;

const texts = {
  replace: textFor('excluded.first_activity_at', 'excluded.last_activity_at'),
  extend: textFor(
    'least(c.first_activity_at, excluded.first_activity_at)',
    'greatest(c.last_activity_at, excluded.last_activity_at)',
  ),
};

function arraysOf(rows: readonly DatedScoreRow[]): Buffer[] {
  const doubles = (valueOf: (row: DatedScoreRow) => number | null) => doubleArray(rows.map(valueOf));
  const ints = (valueOf: (row: DatedScoreRow) => number) => intArray(rows.map(valueOf));
  return [
    uuidArray(rows.map(({ customerId }) => customerId)),
    ...elementSumColumns.map((_, index) => doubles(({ elementSums }) => elementSums[index]!)),
    doubles(({ latestMs }) => latestMs),
    doubles(({ firstPurchaseMs }) => firstPurchaseMs),
    doubles(({ lastPurchaseMs }) => lastPurchaseMs),
    bigintArray(rows.map(({ revisions }) => revisions)),
    ints(({ purchases }) => purchases),
    ints(({ members }) => members),
    ...evidenceColumns.map((_, index) => ints(({ evidence }) => evidence[index]!)),
    ints((row) => row.channels),
    timestampArray(rows.map(({ firstActivityAt }) => firstActivityAt)),
    timestampArray(rows.map(({ lastActivityAt }) => lastActivityAt)),
    ...channelSumColumns.map((_, index) => doubles(({ channelSums }) => channelSums?.[index] ?? null)),
  ];
}
