import { type Static, Type } from 'typebox';
import { eventType } from '../topic.ts';
import { Attributes } from './attributes.ts';
import { Channel, Id, Instant, Moves, Properties, Standing, VouchedBy } from './shapes.ts';

/** An activity of a customer, with the standing and the attributes after it. */
export const acted = {
  customerId: Id,
  memberId: Id,
  moves: Moves,
  activityId: Id,
  name: Type.String({ minLength: 1 }),
  channel: Channel,
  vouchedBy: VouchedBy,
  isFromOwnBrowser: Type.Optional(
    Type.Literal(true, {
      description:
        'For an answer to an offer that a page alone vouches for: the browser or device that sent it belongs to the customer.',
    }),
  ),
  timestamp: Instant,
  receivedAt: Instant,
  properties: Properties,
  standing: Standing,
  attributes: Type.Optional(Attributes),
};

const schema = Type.Object(acted, { $id: 'customer-acted.v1' });

export type CustomerActed = Static<typeof schema>;

export const customerActed = eventType({
  type: 'engagement.customer.acted.v1',
  description:
    'An activity was assigned to its customer and added to the timeline. The event has the standing and the attributes of the customer after it, and no direct identifiers.',
  schema,
  example: {
    customerId: '0199c0de-0000-7000-8000-000000000001',
    memberId: '0199c0de-0000-7000-8000-000000000002',
    moves: 0,
    activityId: '5f0c1c0e-6f59-5c3c-9d37-0f7f5f3c7a01',
    name: 'order.completed',
    channel: 'web',
    vouchedBy: 'secret',
    timestamp: '2026-11-20T10:00:00.000Z',
    receivedAt: '2026-11-20T10:00:01.000Z',
    properties: { order_id: 'o-1', revenue: 41.5, currency: 'EUR' },
    standing: {
      offers: 'granted',
      personalisation: 'unknown',
      inDifficulty: false,
      openApology: false,
      preferences: { language: 'it' },
    },
    attributes: { country: 'IT', language: 'it', tier: 'Gold' },
  },
});
