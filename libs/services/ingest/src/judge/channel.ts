import type { ActivityReceived } from '@sestante/contracts';
import type { TrackingEvent } from './tracking-event.ts';

type Channel = ActivityReceived['channel'];
/** Our words, and what they are called elsewhere. */
const channels = new Map<unknown, Channel>([
  ...(['web', 'mobile', 'store', 'service', 'other'] as const).map((channel) => [channel, channel] as const),
  ['app', 'mobile'],
  ['till', 'store'],
  ['pos', 'store'],
]);

/** The channel that the event itself names, in `context.channel` or (as RudderStack does) in `channel`; undefined where it names none that is known. */
export function channelOf({ context, channel }: TrackingEvent): Channel | undefined {
  return channels.get(context?.['channel']) ?? channels.get(channel);
}
