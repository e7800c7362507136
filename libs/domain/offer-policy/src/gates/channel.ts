import type { Gate } from './gate.ts';

/** Passes if the template is for the channel in which the cause happened. */
export const channel: Gate = ({ channels }, { cause }) => ({
  gate: 'channel',
  passed: channels === undefined || channels.includes(cause.channel),
  reason: `the activity happened in the channel ${cause.channel}; the template is for ${channels?.join(', ') ?? 'every channel'}`,
});
