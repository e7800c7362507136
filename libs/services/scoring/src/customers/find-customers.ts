import { elements } from '@sestante/engagement';
import { type Rule, toSql } from '@sestante/rules';
import type { PoolClient } from 'pg';
import type { CustomerItem } from './customers-response.ts';
import { partitionOf } from '../read-model/landmark.ts';
import type { PageCursor } from './page-cursor.ts';
import { scoreExpressions, type ScoreExpressions, type ScoreRows } from '../read-model/score-expressions.ts';

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

type Page = { readonly items: CustomerItem[]; readonly next: PageCursor | undefined };

/** How many customers of a sample are before the bound, and the size of the sample in percent: so about 4,000 customers in all are. */
const [sampled, percent] = [40, 1];

/**
 * A page of customers in their order: customers without a value come last, equal ones by their id. One scan keeps the first ones; only for these the other scores are computed.
 * Resolves to the customers, and to the cursor of the next page if there is one.
 *
 * To sort a million customers takes longer than to compute what they are sorted by. So a sample of the table says beyond which value the page certainly ends, or nearly so: if it
 * does not, the page is read again without this bound.
 */
export async function findCustomers(client: PoolClient, rows: ScoreRows, asked: AskedPage): Promise<Page> {
  const bound = await boundOf(client, rows, asked);
  const page = bound === undefined ? undefined : await readPage(client, rows, asked, bound);
  return page?.next ? page : readPage(client, rows, asked);
}

/** A value before which there are enough customers for a page, by a sample; undefined if too few are sampled. */
async function boundOf(client: PoolClient, rows: ScoreRows, asked: AskedPage): Promise<number | undefined> {
  const { key, condition, values } = listSql(rows, asked);
  const { rows: found } = await client.query<{ key: number }>(
    `select key from (
       select ${key} as key from ${partitionOf(rows.modelId)} c tablesample system (${percent}) where ${condition}) as s
      where key is not null order by key ${asked.order} limit 1 offset ${sampled}`,
    values,
  );
  return found[0]?.key;
}

async function readPage(client: PoolClient, rows: ScoreRows, asked: AskedPage, bound?: number): Promise<Page> {
  const { order, limit, at } = asked;
  const { expressions, key, condition, values } = listSql(rows, asked);
  const bind = (value: number, type: string) => `$${values.push(value)}::${type}`;
  const isBefore = bound === undefined ? 'true' : `${key} ${order === 'asc' ? '<=' : '>='} ${bind(bound, 'float8')}`;
  const { rows: found } = await client.query<Row>(
    `with page as materialized (
       select c.customer_id, ${key} as key from scoring.customer_score c
        where ${condition} and ${isBefore}
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

/** What customers are sorted by, and which of them come after the cursor, with the parameters of both. */
function listSql(rows: ScoreRows, { rule, sort, order, at, after }: AskedPage) {
  const expressions = scoreExpressions(rows, at);
  const values: unknown[] = [...expressions.values];
  const key = keySql(expressions, sort);
  const conditions = [expressions.where];
  if (rule) {
    const condition = toSql(rule, (name) => expressions.columnOf(name)!, at, values.length + 1);
    values.push(...condition.values);
    conditions.push(condition.text);
  }
  if (after) {
    const isNext = `c.customer_id > $${values.push(after.customerId)}::uuid`;
    if (after.key === null) conditions.push(`${key} is null and ${isNext}`);
    else {
      const last = `$${values.push(after.key)}::float8`;
      const comparison = order === 'asc' ? '>' : '<';
      conditions.push(`(${key} ${comparison} ${last} or (${key} = ${last} and ${isNext}) or ${key} is null)`);
    }
  }
  return { expressions, key, condition: conditions.join(' and '), values };
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
