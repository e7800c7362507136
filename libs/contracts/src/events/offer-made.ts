import { type Static, Type } from 'typebox';
import { eventType } from '../topic.ts';
import { Cause, Id, Instant } from './shapes.ts';

const schema = Type.Object(
  {
    offerId: Id,
    decisionId: Id,
    customerId: Id,
    code: Type.String({ minLength: 1, description: 'The code that the customer shows to redeem the offer.' }),
    template: Type.String(),
    kind: Type.Union([Type.Literal('economic'), Type.Literal('relational')]),
    element: Type.String({ description: 'The element that the offer is meant to raise.' }),
    title: Type.String(),
    reason: Type.String({
      description: 'Why this customer gets the offer, in a sentence that refers to their own history.',
    }),
    terms: Type.String(),
    madeAt: Instant,
    endsAt: Instant,
    cause: Cause,
  },
  { $id: 'offer-made.v1' },
);

export type OfferMade = Static<typeof schema>;

export const offerMade = eventType({
  type: 'engagement.offer.made.v1',
  description: 'The customer got an offer. It is a promise.',
  schema,
  example: {
    offerId: '5f0c1c0e-6f59-5c3c-9d37-0f7f5f3c7a02',
    decisionId: '5f0c1c0e-6f59-5c3c-9d37-0f7f5f3c7a03',
    customerId: '0199c0de-0000-7000-8000-000000000001',
    code: 'K7M2QX9RTW',
    template: 'apology',
    kind: 'relational',
    element: 'trust',
    title: 'We are sorry',
    reason: 'Your delivery came later than we had promised.',
    terms: 'Free express delivery of your next order.',
    madeAt: '2026-11-20T10:00:02.000Z',
    endsAt: '2026-12-20T10:00:02.000Z',
    cause: {
      activityId: '5f0c1c0e-6f59-5c3c-9d37-0f7f5f3c7a01',
      name: 'promise.broken',
      channel: 'web',
      timestamp: '2026-11-20T10:00:00.000Z',
    },
  },
});
