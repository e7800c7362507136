import { Type } from 'typebox';
import { longestName, mostEventsOfBatch } from '../judge/limits.ts';
import { TrackingEvent } from '../judge/tracking-event.ts';

const writeKey = Type.Optional(Type.String({ description: 'The write key, if it is not in a header.' }));
const instant = (description: string) => Type.Optional(Type.String({ format: 'date-time', description }));

/** The documented formats. Fields that are judged beyond their shape have codes of their own if they are invalid. */
const { type, ...properties } = {
  ...TrackingEvent.properties,
  event: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: longestName,
      description: 'The activity: a title of the vocabulary, or a name of your own. Required in a track event.',
    }),
  ),
  timestamp: instant('When the activity happened, by the clock of the device.'),
  originalTimestamp: instant('Like `timestamp`, and takes precedence over it.'),
  sentAt: instant('When the event was sent, by the clock of the device. It serves to correct a wrong clock.'),
};

/** One event. Its type is in the path. */
export const SingleEvent = Type.Object({ ...properties, writeKey }, { $id: 'SingleEvent' });

const BatchedEvent = Type.Object({ type, ...properties }, { $id: 'BatchedEvent' });

export const Batch = Type.Object(
  {
    batch: Type.Array(BatchedEvent, {
      maxItems: mostEventsOfBatch,
      description:
        'Each event is judged separately: rejected events are listed in the response, the others are accepted.',
    }),
    sentAt: instant('When the batch was sent, by the clock of the device.'),
    writeKey,
  },
  { $id: 'Batch' },
);

export const anEvent = {
  messageId: 'm-1',
  userId: 'ada',
  event: 'Order Completed',
  properties: { order_id: 'o-1', revenue: 168, currency: 'EUR' },
  context: { channel: 'web' },
  timestamp: '2026-11-20T10:00:00.000Z',
};
