import { type Static, Type } from 'typebox';
import { eventType } from '../topic.ts';
import { Channel, Id, Identifier, Instant, Properties } from './shapes.ts';

const schema = Type.Object(
  {
    activityId: Id,
    source: Type.String({ minLength: 1, description: 'The id of the source whose write key was used.' }),
    messageId: Type.String({
      minLength: 1,
      maxLength: 256,
      description: 'Given by the source; takes effect once per source.',
    }),
    type: Type.Union([
      Type.Literal('track'),
      Type.Literal('identify'),
      Type.Literal('page'),
      Type.Literal('screen'),
      Type.Literal('group'),
      Type.Literal('alias'),
    ]),
    name: Type.String({ minLength: 1, maxLength: 128, description: 'Our name of the activity, `object.action`.' }),
    channel: Channel,
    identifiers: Type.Array(Identifier, { minItems: 1 }),
    timestamp: Instant,
    receivedAt: Instant,
    sequence: Type.Optional(
      Type.Integer({ minimum: 0, description: 'Its place among those that were received together; 0 if left out.' }),
    ),
    properties: Properties,
    traits: Properties,
    contentHash: Type.Integer({
      minimum: 0,
      maximum: 4_294_967_295,
      description: 'CRC-32 of what it says: another event under a used message id has another one.',
    }),
    violations: Type.Optional(
      Type.Array(
        Type.Object({
          code: Type.String(),
          field: Type.String({ description: 'The path of a property, or another part of the event.' }),
          given: Type.Optional(Type.Unknown({ description: 'What stood there, and is not among the properties.' })),
        }),
        { minItems: 1, description: 'What is wrong with it: it is incomplete, and was taken all the same.' },
      ),
    ),
  },
  { $id: 'activity-received.v1' },
);

export type ActivityReceived = Static<typeof schema>;

export const activityReceived = eventType({
  type: 'engagement.activity.received.v1',
  says: 'A source sent an activity that can be used. Its time is corrected for the clock of the device.',
  schema,
  example: {
    activityId: '5f0c1c0e-6f59-5c3c-9d37-0f7f5f3c7a01',
    source: 'web-shop',
    messageId: 'msg-1',
    type: 'track',
    name: 'order.completed',
    channel: 'web',
    identifiers: [
      { kind: 'user_id', value: 'u-81' },
      { kind: 'anonymous_id', value: 'a-2c' },
    ],
    timestamp: '2026-11-20T10:00:00.000Z',
    receivedAt: '2026-11-20T10:00:01.000Z',
    properties: { order_id: 'o-1', revenue: 41.5, currency: 'EUR' },
    traits: { email: 'ada@example.org' },
    contentHash: 3_141_592_653,
    violations: [{ code: 'field-invalid', field: 'shipping', given: 'free' }],
  },
});
