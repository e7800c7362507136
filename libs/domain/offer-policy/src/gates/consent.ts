import type { CustomerView } from '../customer.ts';
import type { Template } from '../template.ts';
import type { Gate } from './gate.ts';

/**
 * What sells needs a yes: no record of consent is a no. What does not sell (an apology, thanks) is a service message and
 * needs only that there is no no: to contact, and, if the template looks at the scores, to personalisation.
 */
export const consent: Gate = (template, { customer }) => {
  const missing = template.commercial ? missingYes(customer.consent) : standingNo(template, customer.consent);
  return { gate: 'consent', passed: missing.length === 0, reason: missing.join(', ') || 'the customer allows it' };
};

function missingYes({ offers, personalisation }: CustomerView['consent']): string[] {
  return [
    ...(offers === 'granted' ? [] : [`consent to offers is ${offers}`]),
    ...(personalisation === 'granted' ? [] : [`consent to personalisation is ${personalisation}`]),
  ];
}

function standingNo(template: Template, { offers, personalisation }: CustomerView['consent']): string[] {
  const looksAtScores = template.audience !== undefined;
  return [
    ...(offers === 'denied' ? ['consent to offers is denied'] : []),
    ...(looksAtScores && personalisation === 'denied' ? ['consent to personalisation is denied'] : []),
  ];
}
