import { type Static, Type } from 'typebox';

const SourceId = Type.String({ format: 'uuid' });
const SourceName = Type.String({ description: 'The name of the source.' });
const Name = Type.String({ description: 'Our name of the activity.' });
const Field = Type.String({
  description: 'The path of a property, such as `products[].price`, or another part of the event.',
});
const Instant = Type.String({ format: 'date-time' });

/** One of the last events with which something is wrong in the same way. */
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
    body: Type.String({ description: 'The event as it came.' }),
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
    items: Type.Array(KeptIncomplete, { description: 'The last 20 events of each kind, the newest first.' }),
    next: Type.Union([Type.String({ pattern: '^\\d+$' }), Type.Null()], {
      description: 'Where to go on, as `before`; null when nothing is left.',
    }),
    counts: Type.Array(ViolationCount, { description: 'All of them, by source, activity and kind; the first 1,000.' }),
  },
  { $id: 'IncompletePage' },
);
export type IncompletePage = Static<typeof IncompletePage>;
