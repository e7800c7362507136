import { Instant } from '@sestante/contracts';
import { identifierKinds } from '@sestante/identity';
import { type Static, Type } from 'typebox';

/** The most customers that a search finds. */
export const maxFound = 20;

/** The customers that were found, best first. By `kind` and `value`, there is at most one, and only its id. */
export const FoundCustomers = Type.Object(
  {
    items: Type.Array(
      Type.Object({
        customerId: Type.String({ format: 'uuid' }),
        identifiers: Type.Optional(
          Type.Array(Type.Object({ kind: Type.Enum([...identifierKinds]), value: Type.String() }), {
            maxItems: 50,
            description:
              'First those that were looked for, then the strongest. E-mail addresses and phone numbers are masked for marketing.',
          }),
        ),
        name: Type.Optional(Type.Union([Type.String(), Type.Null()], { description: 'Masked for marketing.' })),
        isUnconfirmed: Type.Optional(
          Type.Boolean({ description: 'Nobody but pages knows the customer: no secret key and no token of theirs.' }),
        ),
        matched: Type.Optional(Type.Enum(['identifier', 'name'])),
        lastSeenAt: Type.Optional(Instant),
      }),
      { maxItems: maxFound },
    ),
  },
  { $id: 'FoundCustomers' },
);
export type FoundCustomers = Static<typeof FoundCustomers>;
