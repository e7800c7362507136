import { elements } from '@sestante/engagement';
import { type Rule, toSql } from '@sestante/rules';
import type { PoolClient } from 'pg';
import type { CustomerItem } from './customers-response.ts';
import type { PageCursor } from './page-cursor.ts';
import { scoreExpressions, type ScoreExpressions, type ScoreRows } from './score-expressions.ts';

const sortedParts = ['bond', 'mood', 'drop', 'confidence'] as const;

/** What a list of customers can be sorted by. */
export const sortKeys = [
  'lastActivityAt',
  'overall',
  ...elements.flatMap((element) => sortedParts.map((part) => `${element}.${part}` as const)),
] as const;
export type SortKey = (typeof sortKeys)[number];

export interface AskedPage {
  /** Everybody if absent. It asks for no audience. */
  readonly rule?: Rule | undefined;
  readonly sort: SortKey;
  readonly order: 'asc' | 'desc';
  readonly limit: number;
  /** The instant of the first page, in milliseconds since 1970. */
  readonly at: number;
  readonly after?: PageCursor | undefined;
}

interface Row {
  readonly key: number | null;
  readonly item: StoredItem;
}

/**
 * A page of customers in their order: customers without a value come last, equal ones by their id. One scan keeps the first ones; only for these the other scores are computed.
 * Resolves to the customers, and to the cursor of the next page if there is one.
 */
export async function findCustomers(
  client: PoolClient,
  rows: ScoreRows,
  { rule, sort, order, limit, at, after }: AskedPage,
): Promise<{ readonly items: CustomerItem[]; readonly next: PageCursor | undefined }> {
  const expressions = scoreExpressions(rows, at);
  const values: unknown[] = [...expressions.values];
  const bind = (value: unknown, type: string) => `$${values.push(value)}::${type}`;
  const key = keySql(expressions, sort);
  const conditions = [expressions.where];
  if (rule) {
    const condition = toSql(rule, (name) => expressions.columnOf(name)!, at, values.length + 1);
    values.push(...condition.values);
    conditions.push(condition.text);
  }
  if (after) {
    const id = bind(after.customerId, 'uuid');
    const isNext = `c.customer_id > ${id}`;
    if (after.key === null) conditions.push(`(${key}) is null and ${isNext}`);
    else {
      const last = bind(after.key, 'float8');
      const comparison = order === 'asc' ? '>' : '<';
      conditions.push(`(${key} ${comparison} ${last} or (${key} = ${last} and ${isNext}) or (${key}) is null)`);
    }
  }
  const { rows: found } = await client.query<Row>(
    `with page as materialized (
       select c.customer_id, ${key} as key from scoring.customer_score c
        where ${conditions.join(' and ')}
        order by key ${order} nulls last, c.customer_id limit ${bind(limit + 1, 'int')})
     select page.key, ${itemSql(expressions)} as item
       from page join scoring.customer_score c on c.customer_id = page.customer_id and c.model_id = $1::smallint
      order by page.key ${order} nulls last, c.customer_id`,
    values,
  );
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  const next = found.length > limit && last ? { at, key: last.key, customerId: last.item.customerId } : undefined;
  return { items: shown.map(({ item }) => toItem(item)), next };
}

function keySql({ columnOf }: ScoreExpressions, sort: SortKey): string {
  if (sort === 'lastActivityAt') return `(date_part('epoch', c.last_activity_at) * 1000)`;
  return `(${columnOf(sort)!.sql as string})`;
}

/** One JSON object a row: names for 30 numbers in one place, and numbers with all their digits. */
function itemSql({ columnOf, elements: own, loyal }: ScoreExpressions): string {
  const scoresOf = elements.map((element) => {
    const parts = sortedParts.map((part) => `'${part}', ${own[element][part]}`);
    return `'${element}', json_build_object(${parts.join(', ')})`;
  });
  const instant = (column: string) => `date_part('epoch', ${column}) * 1000`;
  return `json_build_object(
    'customerId', c.customer_id, 'overall', ${columnOf('overall')!.sql as string}, 'loyal', ${loyal},
    'firstActivityAt', ${instant('c.first_activity_at')}, 'lastActivityAt', ${instant('c.last_activity_at')},
    'channels', ${columnOf('channels')!.sql as string}, 'elements', json_build_object(${scoresOf.join(', ')}))`;
}

/** A `CustomerItem` as Postgres makes it: instants in milliseconds since 1970. */
type StoredItem = Omit<CustomerItem, 'firstActivityAt' | 'lastActivityAt'> & {
  readonly firstActivityAt: number | null;
  readonly lastActivityAt: number | null;
};

const toItem = ({ firstActivityAt, lastActivityAt, ...item }: StoredItem): CustomerItem => ({
  ...item,
  firstActivityAt: isoOrNull(firstActivityAt),
  lastActivityAt: isoOrNull(lastActivityAt),
});

const isoOrNull = (at: number | null) => (at === null ? null : new Date(Math.round(at)).toISOString());
