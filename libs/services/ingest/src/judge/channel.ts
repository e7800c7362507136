import { type Channel, channels } from '../sources/source.ts';
import type { TrackingEvent } from './tracking-event.ts';

/** Our words, and what they are called elsewhere. */
const words = new Map<unknown, Channel>([
  ...channels.map((channel) => [channel, channel] as const),
  ['app', 'mobile'],
  ['till', 'store'],
  ['pos', 'store'],
]);

/** The channel that the event itself names, in `context.channel` or (as RudderStack does) in `channel`; undefined where it names none that is known. */
export function channelOf({ context, channel }: TrackingEvent): Channel | undefined {
  return words.get(context?.['channel']) ?? words.get(channel);
}
