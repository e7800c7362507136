import { Type } from 'typebox';
import { longestName, mostEventsOfBatch } from '../judge/limits.ts';
import { TrackingEvent } from '../judge/tracking-event.ts';

const writeKey = Type.Optional(Type.String({ description: 'The write key, where no header has it.' }));
const instant = (description: string) => Type.Optional(Type.String({ format: 'date-time', description }));

/** What is judged beyond its shape has a code of its own where it is wrong; here is how it should be. */
const { type, ...properties } = {
  ...TrackingEvent.properties,
  event: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: longestName,
      description: 'What happened: a title of the vocabulary, or a name of your own. A track event needs it.',
    }),
  ),
  timestamp: instant('When it happened, by the clock of the device.'),
  originalTimestamp: instant('The same, and what counts where both are given.'),
  sentAt: instant(
    'When it was sent, by the clock of the device: where it lies ahead of its reception, that clock is wrong.',
  ),
};

/** One event, whose type the path tells. */
export const SingleEvent = Type.Object({ ...properties, writeKey }, { $id: 'SingleEvent' });

const BatchedEvent = Type.Object({ type, ...properties }, { $id: 'BatchedEvent' });

export const Batch = Type.Object(
  {
    batch: Type.Array(BatchedEvent, {
      maxItems: mostEventsOfBatch,
      description: 'Each is judged by itself: a bad one is named in the answer, and the others are taken.',
    }),
    sentAt: instant('When all of them were sent, by the clock of the device.'),
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
