import { type Static, Type } from 'typebox';
import { eventType } from '../topic.ts';
import { Cause, Id, Instant } from './shapes.ts';

const schema = Type.Object(
  {
    decisionId: Id,
    customerId: Id,
    reasons: Type.Array(Type.String()),
    decidedAt: Instant,
    cause: Cause,
  },
  { $id: 'offer-withheld.v1' },
);

export type OfferWithheld = Static<typeof schema>;

export const offerWithheld = eventType({
  type: 'engagement.offer.withheld.v1',
  description: 'An activity triggered at least one template and led to no offer. The event has the reasons.',
  schema,
  example: {
    decisionId: '5f0c1c0e-6f59-5c3c-9d37-0f7f5f3c7a03',
    customerId: '0199c0de-0000-7000-8000-000000000001',
    reasons: ['thanks-preview: consent to offers is unknown'],
    decidedAt: '2026-11-20T10:00:02.000Z',
    cause: {
      activityId: '5f0c1c0e-6f59-5c3c-9d37-0f7f5f3c7a01',
      name: 'order.completed',
      channel: 'web',
      timestamp: '2026-11-20T10:00:00.000Z',
    },
  },
});
