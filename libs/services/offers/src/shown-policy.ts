import { Instant } from '@sestante/contracts';
import { type Static, Type } from 'typebox';

/** How often and when customers may be contacted, as it is written. `validatePolicy` says what is wrong with one. */
export const ContactPolicyDocument = Type.Object(
  {
    perDays: Type.Integer({ minimum: 1, maximum: 3_650 }),
    most: Type.Integer({
      minimum: 0,
      maximum: 1_000,
      description: 'So many offers, of all templates together, a customer gets at most in any `perDays` days.',
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
            'Hours of the day without offers, from `from` up to but not including `to`; over midnight where `from` is the later. Without them, there are none.',
        },
      ),
    ),
    staleAfterHours: Type.Number({
      minimum: 1,
      maximum: 8_784,
      description: 'An activity older than this is history, and makes no offer.',
    }),
    holdoutShare: Type.Number({
      minimum: 0,
      maximum: 1,
      description: 'The share of customers who get nothing, so that the effect of offers can be measured.',
    }),
  },
  { $id: 'ContactPolicy' },
);

/** The policy of a version, and who changed it when. */
export const ShownPolicy = Type.Object(
  {
    version: Type.Integer({ minimum: 1 }),
    policy: ContactPolicyDocument,
    changedAt: Instant,
    changedBy: Type.Union([Type.Object({ keyId: Type.String({ format: 'uuid' }), name: Type.String() }), Type.Null()], {
      description: 'The API key that changed it; null for the first one, which came with the code.',
    }),
  },
  { $id: 'KeptContactPolicy' },
);
export type ShownPolicy = Static<typeof ShownPolicy>;
