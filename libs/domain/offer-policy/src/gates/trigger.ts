import type { Template } from '../template.ts';
import type { Gate } from './gate.ts';

/** Whether the template answers activities of this name. */
export function answers({ trigger: { activities } }: Template, name: string): boolean {
  return activities.includes(name);
}

/** The template answers the activity that is the cause. */
export const trigger: Gate = (template, { cause }) => {
  const passed = answers(template, cause.name);
  return { gate: 'trigger', passed, reason: passed ? `answers ${cause.name}` : `does not answer ${cause.name}` };
};
