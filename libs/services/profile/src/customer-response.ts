import { Channel, Instant, Properties, Standing, VouchedBy } from '@sestante/contracts';
import { identifierKinds } from '@sestante/identity';
import { type Static, Type } from 'typebox';
import { mostRecent } from './store/read-customer.ts';
import type { StoredActivity } from './store/timeline.ts';

const Id = Type.String({ format: 'uuid' });

const Consent = Type.Object({ value: Type.Enum(['granted', 'denied']), setAt: Instant });

/** A customer: who it is, what it has said, and where it was seen. */
export const Customer = Type.Object(
  {
    customerId: Id,
    createdAt: Type.String({ format: 'date-time', description: 'When the first identifier became known.' }),
    isUnconfirmed: Type.Boolean({
      description: 'Nobody but pages knows the customer: no secret key and no token of theirs.',
    }),
    firstSeenAt: Type.Union([Instant, Type.Null()], { description: 'The instant of the first activity that is kept.' }),
    lastSeenAt: Type.Union([Instant, Type.Null()], { description: 'The instant of the latest activity.' }),
    members: Type.Array(
      Type.Object({
        memberId: Id,
        identifiers: Type.Array(Type.Object({ kind: Type.Enum([...identifierKinds]), value: Type.String() })),
        firstSeenAt: Type.String({ format: 'date-time', description: 'When the identifier became known.' }),
        isVerified: Type.Boolean({ description: "A mail address or phone that is known to be the customer's." }),
      }),
    ),
    traits: Type.Record(
      Type.String(),
      Type.Object({
        value: Type.Unknown(),
        source: Type.String({ description: 'The id of the source that sent it.' }),
        setAt: Type.String({ format: 'date-time', description: 'When it was said.' }),
      }),
    ),
    standing: Standing,
    consents: Type.Record(Type.String(), Consent, {
      description:
        'The latest consent to each purpose and channel that the customer has said, and when. `GET …/consents` has the proof.',
    }),
    channels: Type.Array(Type.Object({ channel: Channel, lastSeenAt: Instant }), {
      description: `Where the customer was seen, latest first.`,
    }),
    stores: Type.Array(
      Type.Object({ storeId: Type.String({ description: 'The `store_id` of an activity.' }), lastSeenAt: Instant }),
      { description: 'The stores in which the customer was seen, latest first.' },
    ),
    isRecentOnly: Type.Boolean({
      description: `Whether \`channels\` and \`stores\` are those of the latest ${mostRecent} activities only, because there are more.`,
    }),
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

export function toActivityResponse({
  activityId,
  name,
  channel,
  vouchedBy,
  timestamp,
  receivedAt,
  properties,
  violations,
}: StoredActivity): ActivityResponse {
  return { activityId, name, channel, vouchedBy, timestamp, receivedAt, properties, ...(violations && { violations }) };
}
