import type { CustomerView } from '../customer.ts';
import type { Condition } from '../template.ts';
import type { Gate } from './gate.ts';

/** The customer's scores meet the template's conditions: every one of `all`, and at least one of `any`. */
export const audience: Gate = (template, { customer }) => {
  const { all = [], any } = template.audience ?? {};
  const unmet = all.filter((condition) => !isMet(condition, customer));
  const isAnyMet = any === undefined || any.some((condition) => isMet(condition, customer));
  const missing = [
    ...unmet.map((condition) => inWords(condition, customer)),
    ...(isAnyMet ? [] : [any.map((condition) => inWords(condition, customer)).join(', nor ')]),
  ];
  return {
    gate: 'audience',
    passed: missing.length === 0,
    reason: missing.length === 0 ? 'the scores are those that the template is for' : missing.join('; '),
  };
};

function isMet({ above = -Infinity, below = Infinity, ...condition }: Condition, customer: CustomerView): boolean {
  const score = scoreOf(condition, customer);
  return score !== null && score > above && score < below;
}

function scoreOf({ element, scale }: Condition, customer: CustomerView): number | null {
  return customer.scores[element][scale] ?? null;
}

function inWords(condition: Condition, customer: CustomerView): string {
  const { element, scale, above, below } = condition;
  const score = scoreOf(condition, customer);
  const bounds = [
    ...(above === undefined ? [] : [`above ${above}`]),
    ...(below === undefined ? [] : [`below ${below}`]),
  ];
  return `${element} ${scale} is ${score === null ? 'not known' : score.toFixed(1)}, not ${bounds.join(' and ')}`;
}
