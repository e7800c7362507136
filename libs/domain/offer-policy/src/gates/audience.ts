import type { CustomerView } from '../customer.ts';
import type { Condition } from '../template.ts';
import type { Gate } from './gate.ts';

/** Passes if the scores of the customer meet the conditions of the template: every one of `all`, and at least one of `any`. */
export const audience: Gate = (template, { customer }) => {
  const { all = [], any } = template.audience ?? {};
  const unmet = all.filter((condition) => !isMet(condition, customer));
  const isAnyMet = any === undefined || any.some((condition) => isMet(condition, customer));
  const missing = [
    ...unmet.map((condition) => describe(condition, customer)),
    ...(isAnyMet ? [] : [any.map((condition) => describe(condition, customer)).join(' or ')]),
  ];
  return {
    gate: 'audience',
    passed: missing.length === 0,
    reason: missing.length === 0 ? 'the scores meet the conditions of the template' : missing.join('; '),
  };
};

function isMet({ above = -Infinity, below = Infinity, ...condition }: Condition, customer: CustomerView): boolean {
  const score = scoreOf(condition, customer);
  return score !== null && score > above && score < below;
}

function scoreOf({ element, scale }: Condition, customer: CustomerView): number | null {
  return customer.scores[element][scale] ?? null;
}

function describe(condition: Condition, customer: CustomerView): string {
  const { element, scale, above, below } = condition;
  const score = scoreOf(condition, customer);
  const bounds = [
    ...(above === undefined ? [] : [`above ${above}`]),
    ...(below === undefined ? [] : [`below ${below}`]),
  ];
  return `${element} ${scale} must be ${bounds.join(' and ')} (it is ${score === null ? 'unknown' : score.toFixed(1)})`;
}
