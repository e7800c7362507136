import { type Model, scales } from '@sestante/engagement';
import { type ScoreRows, scoreExpressions } from '../read-model/score-expressions.ts';
import { type CustomerColumn, customerColumns } from './customer-columns.ts';
import { literalOf, withValues } from './with-values.ts';

/** The scores of all customers at the instant of the statement that reads the view, under one model. */
export function customersView(rows: ScoreRows): string {
  // With such a latest instant, every row is compared with the instant of the statement.
  const expressions = scoreExpressions({ ...rows, latestMs: Number.POSITIVE_INFINITY }, rows.landmarkMs);
  const [, , , , ...ofLoyal] = expressions.values;
  const values = [
    literalOf(rows.modelId),
    nowMs,
    ...scales.map((scale) => unitNow(rows, scale)),
    ...ofLoyal.map(literalOf),
  ];
  const sqlOf = ({ from }: CustomerColumn) =>
    'sql' in from ? from.sql : (expressions.columnOf(from.field)!.sql as string);
  const columns = customerColumns.map((column) => `${withValues(sqlOf(column), values)} as ${column.name}`);
  return `select ${columns.join(',\n       ')}\n  from scoring.customer_score c where c.model_id = ${literalOf(rows.modelId)}`;
}

/** As a subquery of its own, it is computed once for a statement, also by parallel workers. */
const nowMs = '(select extract(epoch from statement_timestamp())::float8 * 1000)';

/** What one observation weighs at the landmark: the inverse of `factorSince`. */
function unitNow({ model, landmarkMs }: ScoreRows, scale: keyof Model['halfLives']): string {
  const halfLives = `((extract(epoch from statement_timestamp())::float8 * 1000 - ${landmarkMs}) / ${model.halfLives[scale]})`;
  return `(select power(2::float8, least(1000, greatest(-1000, ${halfLives}))))`;
}
