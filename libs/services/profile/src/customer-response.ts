import { Channel, Instant, Properties, Standing, VouchedBy } from '@sestante/contracts';
import { identifierKinds } from '@sestante/identity';
import { type Static, Type } from 'typebox';

const Id = Type.String({ format: 'uuid' });

/** A customer with its members, identifiers, traits and standing. */
export const Customer = Type.Object(
  {
    customerId: Id,
    createdAt: Instant,
    isUnconfirmed: Type.Boolean({ description: 'Nobody but pages knows the customer: no secret key and no token of theirs.' }),
    members: Type.Array(
      Type.Object({
        memberId: Id,
        identifiers: Type.Array(Type.Object({ kind: Type.Enum([...identifierKinds]), value: Type.String() })),
      }),
    ),
    traits: Type.Record(Type.String(), Type.Unknown()),
    standing: Standing,
  },
  { $id: 'Customer' },
);
export type Customer = Static<typeof Customer>;

/** An activity in the timeline. */
export const ActivityResponse = Type.Object(
  {
    activityId: Id,
    name: Type.String(),
    channel: Channel,
    vouchedBy: VouchedBy,
    timestamp: Instant,
    receivedAt: Instant,
    properties: Properties,
    violations: Type.Optional(
      Type.Array(Type.Object({ code: Type.String(), field: Type.String(), given: Type.Optional(Type.Unknown()) }), {
        description:
          'The violations of an incomplete activity. `given` is a received value that is not among the properties.',
      }),
    ),
  },
  { $id: 'Activity' },
);
export type ActivityResponse = Static<typeof ActivityResponse>;

export const TimelinePage = Type.Object(
  {
    items: Type.Array(ActivityResponse),
    next: Type.Union([Type.String(), Type.Null()], {
      description: 'The `before` of the next page; null on the last page.',
    }),
  },
  { $id: 'TimelinePage' },
);
export type TimelinePage = Static<typeof TimelinePage>;

export const IssuedToken = Type.Object(
  { token: Type.String({ description: 'A JWT.' }), customerId: Id, expiresAt: Instant },
  { $id: 'IssuedToken' },
);
export type IssuedToken = Static<typeof IssuedToken>;
