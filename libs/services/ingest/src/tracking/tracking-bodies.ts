import { Type } from 'typebox';
import { mostEventsOfBatch } from '../judge/limits.ts';
import { TrackingEvent } from '../judge/tracking-event.ts';

const writeKey = Type.Optional(Type.String({ description: 'The write key, where no header has it.' }));
const { type: _, ...properties } = TrackingEvent.properties;

/** One event, whose type the path tells. */
export const SingleEvent = Type.Object({ ...properties, writeKey }, { $id: 'SingleEvent' });

export const Batch = Type.Object(
  {
    batch: Type.Array(TrackingEvent, {
      maxItems: mostEventsOfBatch,
      description: 'Each is judged by itself: a bad one is named in the answer, and the others are taken.',
    }),
    sentAt: Type.Optional(Type.String({ description: 'When all of them were sent, by the clock of the device.' })),
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
