import type { Gate } from './gate.ts';

/** The template answers the activity that is the cause. */
export const trigger: Gate = (template, { cause }) => {
  const passed = template.trigger.activities.includes(cause.name);
  return { gate: 'trigger', passed, reason: passed ? `answers ${cause.name}` : `does not answer ${cause.name}` };
};
