import type { ActivityReceived } from '@sestante/contracts';
import type { TrackingEvent } from './tracking-event.ts';

type Channel = ActivityReceived['channel'];
const channels: readonly unknown[] = ['web', 'mobile', 'store', 'service', 'other'] satisfies Channel[];

/** The channel that the event itself names, in `context.channel` or (as RudderStack does) in `channel`; undefined where it names none of ours. */
export function channelOf({ context, channel }: TrackingEvent): Channel | undefined {
  return [context?.['channel'], channel].find((named) => channels.includes(named)) as Channel | undefined;
}
