import { Cause, Instant } from '@sestante/contracts';
import { type Static, Type } from 'typebox';
import { statuses } from './store/offers.ts';

const Id = Type.String({ format: 'uuid' });

/** An offer in responses. */
export const OfferResponse = Type.Object(
  {
    offerId: Id,
    code: Type.String({ description: 'The code with which the customer redeems the offer.' }),
    template: Type.String(),
    kind: Type.Enum(['economic', 'relational']),
    element: Type.String({ description: 'The element that the offer is meant to raise.' }),
    title: Type.String(),
    reason: Type.String(),
    terms: Type.String(),
    madeAt: Instant,
    endsAt: Instant,
    status: Type.Enum([...statuses, 'expired']),
  },
  { $id: 'Offer' },
);
export type OfferResponse = Static<typeof OfferResponse>;

export const OfferList = Type.Object({ items: Type.Array(OfferResponse) }, { $id: 'OfferList' });
export type OfferList = Static<typeof OfferList>;

const Verdict = Type.Object({
  gate: Type.String(),
  passed: Type.Boolean(),
  reason: Type.String({ description: 'The reason for the verdict, passed or not, in a short text.' }),
});

/** The decision for one cause: the chosen template, or the reasons for none. */
export const DecisionResponse = Type.Object(
  {
    decisionId: Id,
    result: Type.Enum(['offer', 'no-deal']),
    cause: Cause,
    candidates: Type.ReadonlyType(
      Type.Array(
        Type.Object({
          template: Type.String(),
          version: Type.Integer(),
          gates: Type.ReadonlyType(Type.Array(Verdict)),
          chosen: Type.Boolean(),
        }),
      ),
    ),
    reasons: Type.ReadonlyType(
      Type.Array(Type.String(), { description: 'The reasons for `no-deal`; empty for an offer.' }),
    ),
    policyVersion: Type.Integer({
      minimum: 1,
      description: 'The version of the contact policy at the time of the decision.',
    }),
    decidedAt: Instant,
  },
  { $id: 'Decision' },
);
export type DecisionResponse = Static<typeof DecisionResponse>;

export const DecisionPage = Type.Object(
  {
    items: Type.Array(DecisionResponse),
    next: Type.Union([Type.String(), Type.Null()], {
      description: 'The `before` of the next page; null on the last page.',
    }),
  },
  { $id: 'DecisionPage' },
);
export type DecisionPage = Static<typeof DecisionPage>;
