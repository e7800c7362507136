import { check, whyNot } from '@sestante/rules';
import { valueIn } from '../audience-fields.ts';
import type { Gate } from './gate.ts';

const everybody = { gate: 'audience', passed: true, reason: 'the template is for every customer' };

/** Passes if the rule of the template's audience holds. A condition on an unknown score does not hold. */
export const audience: Gate = (template, situation) => {
  if (template.audience === undefined) return everybody;
  const checked = check(template.audience, (field) => valueIn(situation, field), situation.now);
  return {
    gate: 'audience',
    passed: checked.holds,
    reason: checked.holds ? 'the customer is in the audience of the template' : whyNot(checked),
  };
};
