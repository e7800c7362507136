import { Instant } from '@sestante/contracts';
import { type Static, Type } from 'typebox';

/** A contact policy as it is sent: how often and when customers may be contacted. `validatePolicy` checks it and lists its faults. */
export const ContactPolicyDocument = Type.Object(
  {
    perDays: Type.Integer({ minimum: 1, maximum: 3_650 }),
    most: Type.Integer({
      minimum: 0,
      maximum: 1_000,
      description: 'The most offers, of all templates together, for one customer within any `perDays` days.',
    }),
    quietHours: Type.Optional(
      Type.Object(
        {
          from: Type.Number({ minimum: 0, maximum: 24 }),
          to: Type.Number({ minimum: 0, maximum: 24 }),
          timeZone: Type.String({ description: 'The IANA name of the zone, such as `Europe/Rome`.' }),
        },
        {
          description:
            'The hours of the day without offers, from `from` up to but not including `to`. They span midnight if `from` is later than `to`. Optional.',
        },
      ),
    ),
    staleAfterHours: Type.Number({
      minimum: 1,
      maximum: 8_784,
      description: 'An activity that is older than this number of hours leads to no offer.',
    }),
    holdoutShare: Type.Number({
      minimum: 0,
      maximum: 1,
      description: 'The share of customers who get no offers, so that the effect of offers can be measured.',
    }),
  },
  { $id: 'ContactPolicy' },
);

/** A version of the contact policy, with its author and time. */
export const PolicyResponse = Type.Object(
  {
    version: Type.Integer({ minimum: 1 }),
    policy: ContactPolicyDocument,
    changedAt: Instant,
    changedBy: Type.Union([Type.Object({ keyId: Type.String({ format: 'uuid' }), name: Type.String() }), Type.Null()], {
      description: 'The API key that made the change; null for the first policy, which is part of the software.',
    }),
  },
  { $id: 'KeptContactPolicy' },
);
export type PolicyResponse = Static<typeof PolicyResponse>;
