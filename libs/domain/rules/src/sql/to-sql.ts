import type { Leaf, Rule } from '../rule.ts';
import type { ColumnOf } from './column.ts';
import { leafToSql } from './leaf-to-sql.ts';

/** A condition of a statement, with the values of its parameters in their order. */
export interface SqlCondition {
  readonly text: string;
  /** Texts, booleans, and arrays of texts. Numbers and instants are texts, too, cast by the statement. */
  readonly values: readonly (string | boolean | readonly string[])[];
}

/**
 * The rule as a condition in SQL. It is true where `holds` is true at the same `now` (milliseconds since 1970), else false, never null.
 * No value of the rule is part of the text: each is a parameter, `$<firstParameter>` and following.
 * Throws a TypeError if the column of a field has a type that its operator cannot compare.
 */
export function toSql(rule: Rule, columnOf: ColumnOf, now: number, firstParameter = 1): SqlCondition {
  const values: SqlCondition['values'][number][] = [];
  const bind = (value: SqlCondition['values'][number]) => `$${firstParameter + values.push(value) - 1}`;
  const leafText = (leaf: Leaf) => leafToSql(leaf, columnOf(leaf.field.name), { now, bind });
  return { text: ruleText(rule, leafText), values };
}

function ruleText(rule: Rule, leafText: (leaf: Leaf) => string): string {
  switch (rule.kind) {
    case 'leaf':
      return leafText(rule);
    case 'not':
      return `(not ${ruleText(rule.rule, leafText)})`;
    case 'all':
      return `(${rule.rules.map((part) => ruleText(part, leafText)).join(' and ') || 'true'})`;
    case 'any':
      return `(${rule.rules.map((part) => ruleText(part, leafText)).join(' or ') || 'false'})`;
  }
}
