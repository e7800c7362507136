import type { Gate } from './gate.ts';

/** Refuses templates of a kind that the word of a page alone may not lead to: anybody could send the activity. */
export const vouched: Gate = ({ kind }, { cause }) => {
  const passed = cause.mayCause.includes(kind);
  return {
    gate: 'vouched',
    passed,
    reason: passed
      ? `the activity may lead to ${kind} offers`
      : `only a page vouches for ${cause.name}, which may not lead to ${kind} offers then`,
  };
};
