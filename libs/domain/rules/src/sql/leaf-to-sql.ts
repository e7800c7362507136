import type { Leaf } from '../rule.ts';
import type { Column } from './column.ts';
import { instantText } from './instant-text.ts';

/** What the leaves of a statement share. */
interface Statement {
  readonly now: number;
  /** Adds a parameter and returns its place, such as `$3`. */
  readonly bind: (value: string | boolean | readonly string[]) => string;
}

const dayMs = 86_400_000;
const comparisons = { equals: '=', above: '>', 'at-least': '>=', below: '<', 'at-most': '<=' } as const;
type Comparison = keyof typeof comparisons;

/** A leaf as a condition that is never null. */
export function leafToSql(leaf: Leaf, column: Column, statement: Statement): string {
  return `coalesce(${conditionOf(leaf, column, statement)}, false)`;
}

function conditionOf(leaf: Leaf, column: Column, statement: Statement): string {
  const { operator, value } = leaf;
  if (column.type === 'membership') {
    if (operator !== 'equals' && operator !== 'one-of') throw unfit(leaf, column);
    return column.sql(
      `${statement.bind(operator === 'equals' ? [String(value)] : (value as readonly string[]))}::text[]`,
    );
  }
  const sql = `(${column.sql})`;
  switch (column.type) {
    case 'any':
      return anyCondition(sql, leaf, statement);
    case 'texts':
      if (operator === 'present') return `cardinality(${sql}) > 0`;
      if (operator !== 'contains') throw unfit(leaf, column);
      return `${statement.bind(String(value))}::text = any(${sql})`;
    case 'instant':
      return operator === 'present' ? `${sql} is not null` : instantCondition(sql, leaf, statement);
    default:
      return operator === 'present' ? `${sql} is not null` : scalarCondition(sql, leaf, column, statement);
  }
}

/** A comparison with a number, a text or a boolean. */
function scalarCondition(sql: string, leaf: Leaf, column: Column, { bind }: Statement): string {
  const { operator, value } = leaf;
  if (column.type === 'number' && typeof value === 'number' && isComparison(operator))
    return `${sql} ${comparisons[operator]} ${bind(String(value))}::float8`;
  if (column.type === 'text' && typeof value === 'string' && operator === 'equals')
    return `${sql} = ${bind(value)}::text`;
  if (column.type === 'text' && operator === 'one-of')
    return `${sql} = any(${bind(value as readonly string[])}::text[])`;
  if (column.type === 'boolean' && typeof value === 'boolean' && operator === 'equals')
    return `${sql} = ${bind(value)}::boolean`;
  throw unfit(leaf, column);
}

function instantCondition(sql: string, leaf: Leaf, { bind, now }: Statement): string {
  const { operator, value } = leaf;
  const bound = (at: number) => `${bind(instantText(at))}::timestamptz`;
  switch (operator) {
    case 'before':
      return `${sql} < ${bound(Number(value))}`;
    case 'after':
      return `${sql} > ${bound(Number(value))}`;
    case 'within-days':
      return `(${sql} > ${bound(now - Number(value) * dayMs)} and ${sql} <= ${bound(now)})`;
    default:
      throw unfit(leaf, { type: 'instant', sql });
  }
}

/** A comparison of jsonb with jsonb: no cast of what is stored, so that no value of another type can make it fail. */
function anyCondition(sql: string, leaf: Leaf, { bind }: Statement): string {
  const { operator, value } = leaf;
  const isA = (type: string) => `jsonb_typeof(${sql}) = '${type}'`;
  if (operator === 'present') return `${sql} not in ('null', '[]')`;
  if (operator === 'contains') return `(${isA('array')} and ${sql} @> to_jsonb(${bind(String(value))}::text))`;
  if (operator === 'one-of')
    return `(${isA('string')} and ${sql} #>> '{}' = any(${bind(value as readonly string[])}::text[]))`;
  if (typeof value === 'number' && isComparison(operator))
    return `(${isA('number')} and ${sql} ${comparisons[operator]} to_jsonb(${bind(String(value))}::numeric))`;
  if (typeof value === 'boolean') return `${sql} = to_jsonb(${bind(value)}::boolean)`;
  if (typeof value === 'string') return `${sql} = to_jsonb(${bind(value)}::text)`;
  throw unfit(leaf, { type: 'any', sql });
}

function isComparison(operator: Leaf['operator']): operator is Comparison {
  return operator in comparisons;
}

function unfit({ field, operator }: Leaf, column: Column): TypeError {
  return new TypeError(`${operator} of ${field.name} cannot be tested on a column of type ${column.type}`);
}
