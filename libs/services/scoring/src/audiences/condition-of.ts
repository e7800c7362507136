import { type Rule, type SqlCondition, toSql } from '@sestante/rules';
import type { ScoreExpressions } from '../read-model/score-expressions.ts';

/** A condition over `scoring.customer_score c`, with all parameters of the statement from `$1` on. */
export interface CustomerCondition {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** That a customer of the live model is one for whom the rule holds. The rule asks for no audience: see `expandRule`. */
export function conditionOf(expressions: ScoreExpressions, rule: Rule): CustomerCondition {
  const { text, values } = holdsSql(expressions, rule, expressions.values.length + 1);
  return { text: `${expressions.where} and ${text}`, values: [...expressions.values, ...values] };
}

/** That the rule holds, without the condition that selects the model. */
export function holdsSql({ columnOf, at }: ScoreExpressions, rule: Rule, firstParameter: number): SqlCondition {
  return toSql(rule, (field) => columnOf(field)!, at, firstParameter);
}
