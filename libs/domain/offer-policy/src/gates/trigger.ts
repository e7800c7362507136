import type { Template } from '../template.ts';
import type { Gate } from './gate.ts';

/** Whether activities of this name trigger the template. */
export function isTriggeredBy({ trigger: { activities } }: Template, name: string): boolean {
  return activities.includes(name);
}

/** Passes if the cause triggers the template. */
export const trigger: Gate = (template, { cause }) => {
  const passed = isTriggeredBy(template, cause.name);
  return { gate: 'trigger', passed, reason: `the template is ${passed ? '' : 'not '}triggered by ${cause.name}` };
};
