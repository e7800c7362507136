import { type Static, Type } from 'typebox';
import { eventType } from '../topic.ts';
import { Channel, Id, Identifier, Instant, Properties, VouchedBy } from './shapes.ts';

const schema = Type.Object(
  {
    activityId: Id,
    source: Type.String({ minLength: 1, description: 'The id of the source whose write key was used.' }),
    messageId: Type.String({
      minLength: 1,
      maxLength: 256,
      description: 'The id from the source. An event with the same id has an effect only once per source.',
    }),
    type: Type.Union([
      Type.Literal('track'),
      Type.Literal('identify'),
      Type.Literal('page'),
      Type.Literal('screen'),
      Type.Literal('group'),
      Type.Literal('alias'),
    ]),
    name: Type.String({
      minLength: 1,
      maxLength: 128,
      description: 'The name of the activity in the vocabulary, `object.action`.',
    }),
    channel: Channel,
    vouchedBy: VouchedBy,
    tokenOf: Type.Optional(
      Type.String({
        format: 'uuid',
        description:
          'The customer whose token was sent. The activity is the word of this customer only if it is about the same customer; otherwise it is that of a page.',
      }),
    ),
    isTokenWeak: Type.Optional(
      Type.Literal(true, {
        description:
          'The customer was known by weak identifiers only when the token was issued. The token ends when this customer is merged into another one.',
      }),
    ),
    mayLink: Type.Optional(
      Type.Literal(true, {
        description: 'The settings of the source say that its pages may link browsers to accounts without a token.',
      }),
    ),
    identifiers: Type.Array(Identifier, { minItems: 1 }),
    timestamp: Instant,
    receivedAt: Instant,
    sequence: Type.Optional(
      Type.Integer({
        minimum: 0,
        description: 'The position among the activities that were received together; 0 if absent.',
      }),
    ),
    properties: Properties,
    traits: Properties,
    contentHash: Type.Integer({
      minimum: 0,
      maximum: 4_294_967_295,
      description: 'CRC-32 of the content. It detects a different event with a used message id.',
    }),
    violations: Type.Optional(
      Type.Array(
        Type.Object({
          code: Type.String(),
          field: Type.String({ description: 'The path of a property, or the name of another part of the event.' }),
          given: Type.Optional(Type.Unknown({ description: 'The removed value.' })),
        }),
        { minItems: 1, description: 'The violations of an incomplete activity, which was accepted nevertheless.' },
      ),
    ),
  },
  { $id: 'activity-received.v1' },
);

export type ActivityReceived = Static<typeof schema>;

export const activityReceived = eventType({
  type: 'engagement.activity.received.v1',
  description: 'A source sent a usable activity. Its time is corrected for the clock of the device.',
  schema,
  example: {
    activityId: '5f0c1c0e-6f59-5c3c-9d37-0f7f5f3c7a01',
    source: 'web-shop',
    messageId: 'msg-1',
    type: 'track',
    name: 'order.completed',
    channel: 'web',
    vouchedBy: 'secret',
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
