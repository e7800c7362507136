import { Cause, Instant } from '@sestante/contracts';
import { type Static, Type } from 'typebox';
import { statuses } from './store/kept-offers.ts';

const Id = Type.String({ format: 'uuid' });

/** An offer as clients see it. */
export const ShownOffer = Type.Object(
  {
    offerId: Id,
    code: Type.String({ description: 'What the customer shows to redeem it.' }),
    template: Type.String(),
    kind: Type.Enum(['economic', 'relational']),
    element: Type.String({ description: 'What it is meant to mend.' }),
    title: Type.String(),
    reason: Type.String(),
    terms: Type.String(),
    madeAt: Instant,
    endsAt: Instant,
    status: Type.Enum([...statuses, 'expired']),
  },
  { $id: 'Offer' },
);
export type ShownOffer = Static<typeof ShownOffer>;

export const OfferList = Type.Object({ items: Type.Array(ShownOffer) }, { $id: 'OfferList' });
export type OfferList = Static<typeof OfferList>;

const Verdict = Type.Object({
  gate: Type.String(),
  passed: Type.Boolean(),
  reason: Type.String({ description: 'In words, whether passed or not.' }),
});

/** What was chosen for one cause, and why, or why nothing. */
export const ShownDecision = Type.Object(
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
      Type.Array(Type.String(), { description: 'Why there is no deal; empty where there is an offer.' }),
    ),
    policyVersion: Type.Integer({
      minimum: 1,
      description: 'The version of the contact policy by which it was taken.',
    }),
    decidedAt: Instant,
  },
  { $id: 'Decision' },
);
export type ShownDecision = Static<typeof ShownDecision>;

export const DecisionPage = Type.Object(
  {
    items: Type.Array(ShownDecision),
    next: Type.Union([Type.String(), Type.Null()], {
      description: 'Where to go on, as `before`; null when nothing is left.',
    }),
  },
  { $id: 'DecisionPage' },
);
export type DecisionPage = Static<typeof DecisionPage>;
