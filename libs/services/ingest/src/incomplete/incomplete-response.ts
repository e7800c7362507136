import { type Static, Type } from 'typebox';

const SourceId = Type.String({ format: 'uuid' });
const SourceName = Type.String({ description: 'The name of the source.' });
const Name = Type.String({ description: 'The name of the activity.' });
const Field = Type.String({
  description: 'The path of a property, such as `products[].price`, or another part of the event.',
});
const Instant = Type.String({ format: 'date-time' });

/** One of the latest events with a kind of violation. */
export const KeptIncomplete = Type.Object(
  {
    id: Type.String({ pattern: '^\\d+$' }),
    source: SourceName,
    sourceId: SourceId,
    name: Name,
    code: Type.String(),
    field: Field,
    reason: Type.String(),
    messageId: Type.String(),
    body: Type.String({ description: 'The event as it was received.' }),
    receivedAt: Instant,
  },
  { $id: 'IncompleteEvent' },
);
export type KeptIncomplete = Static<typeof KeptIncomplete>;

export const ViolationCount = Type.Object(
  {
    source: SourceName,
    sourceId: SourceId,
    name: Name,
    code: Type.String(),
    field: Field,
    count: Type.Integer({ minimum: 1 }),
    lastAt: Instant,
  },
  { $id: 'ViolationCount' },
);
export type ViolationCount = Static<typeof ViolationCount>;

export const IncompletePage = Type.Object(
  {
    items: Type.Array(KeptIncomplete, { description: 'The latest 20 events of each kind, newest first.' }),
    next: Type.Union([Type.String({ pattern: '^\\d+$' }), Type.Null()], {
      description: 'The `before` of the next page; null on the last page.',
    }),
    counts: Type.Array(ViolationCount, {
      description: 'The counts of all violations, by source, activity and kind; the first 1,000.',
    }),
  },
  { $id: 'IncompletePage' },
);
export type IncompletePage = Static<typeof IncompletePage>;
