import { askedFields } from '@sestante/rules';
import { isScore } from '../audience-fields.ts';
import type { CustomerView } from '../customer.ts';
import type { Template } from '../template.ts';
import type { Gate } from './gate.ts';

/**
 * A commercial template needs granted consent to offers and to personalisation; no record counts as not granted. Another template
 * (an apology, thanks) is a service message. It is refused only if consent to offers is denied, or, if its audience asks for
 * scores, if consent to personalisation is denied. Every template is refused if contact in its channel is denied.
 */
export const consent: Gate = (template, { customer }) => {
  const missing = [
    ...(template.commercial ? missingGrants(customer.consent) : denials(template, customer.consent)),
    ...deniedChannel(template, customer),
  ];
  return {
    gate: 'consent',
    passed: missing.length === 0,
    reason: missing.join('; ') || 'the consents of the customer allow this template',
  };
};

function missingGrants({ offers, personalisation }: CustomerView['consent']): string[] {
  return [
    ...(offers === 'granted' ? [] : [`consent to offers is ${offers}`]),
    ...(personalisation === 'granted' ? [] : [`consent to personalisation is ${personalisation}`]),
  ];
}

function denials(template: Template, { offers, personalisation }: CustomerView['consent']): string[] {
  const usesScores = template.audience !== undefined && askedFields(template.audience).some(isScore);
  return [
    ...(offers === 'denied' ? ['consent to offers is denied'] : []),
    ...(usesScores && personalisation === 'denied' ? ['consent to personalisation is denied'] : []),
  ];
}

function deniedChannel({ medium = 'in-app' }: Template, { channels }: CustomerView): string[] {
  return channels[medium] === 'denied' ? [`contact by ${medium} is denied`] : [];
}
