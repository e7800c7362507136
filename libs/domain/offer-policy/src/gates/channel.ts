import type { Gate } from './gate.ts';

/** The template answers activities of the channel in which the cause happened. */
export const channel: Gate = ({ channels }, { cause }) => ({
  gate: 'channel',
  passed: channels === undefined || channels.includes(cause.channel),
  reason: `the cause happened in ${cause.channel}, the template is for ${channels?.join(', ') ?? 'every channel'}`,
});
