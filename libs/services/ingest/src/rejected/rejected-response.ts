import { type Static, Type } from 'typebox';

const SourceId = Type.String({ format: 'uuid' });
const SourceName = Type.String({ description: 'The name of the source.' });

/** A rejected event, with its reason. */
export const KeptRejection = Type.Object(
  {
    id: Type.String({ pattern: '^\\d+$' }),
    source: SourceName,
    sourceId: SourceId,
    messageId: Type.Union([Type.String(), Type.Null()]),
    code: Type.String(),
    reason: Type.String(),
    format: Type.Enum(['tracking', 'cloudevent', 'receipt', 'record', 'line', 'activity'], {
      description:
        'The format of the body. `record`: an event of a file, with the context of the file. `line`: an unreadable line of a file. `activity`: an event with the id of a different event.',
    }),
    body: Type.String({
      description: 'The event as it was received, up to 64 KB; `GET /api/v1/rejected/:id/body` returns all bytes.',
    }),
    bodyBytes: Type.Integer({ minimum: 0 }),
    place: Type.Union([Type.String(), Type.Null()], {
      description: 'The origin of an event that may be sent again from there: `import-<id>-<line>` for a file.',
    }),
    receivedAt: Type.String({ format: 'date-time' }),
  },
  { $id: 'RejectedEvent' },
);
export type KeptRejection = Static<typeof KeptRejection>;

export const RejectedCount = Type.Object(
  { source: SourceName, sourceId: SourceId, code: Type.String(), count: Type.Integer({ minimum: 1 }) },
  { $id: 'RejectedCount' },
);
export type RejectedCount = Static<typeof RejectedCount>;

const Next = Type.Union([Type.String({ pattern: '^\\d+$' }), Type.Null()]);

export const RejectedPage = Type.Object(
  {
    items: Type.Array(KeptRejection),
    next: Type.Union([...Next.anyOf], { description: 'The `before` of the next page; null on the last page.' }),
    counts: Type.Array(RejectedCount),
  },
  { $id: 'RejectedPage' },
);
export type RejectedPage = Static<typeof RejectedPage>;

/** The result of reprocessing several events. */
export const Redriven = Type.Object(
  {
    accepted: Type.Integer({ minimum: 0 }),
    rejected: Type.Integer({ minimum: 0 }),
    next: Type.Union([...Next.anyOf], { description: 'The `after` of the next request; null if no events remain.' }),
  },
  { $id: 'Redriven' },
);
export type Redriven = Static<typeof Redriven>;

/** The result of reprocessing one event. */
export const RedrivenEvent = Type.Union(
  [
    Type.Object({ verdict: Type.Literal('accepted') }),
    Type.Object({ verdict: Type.Literal('rejected'), code: Type.String(), reason: Type.String() }),
  ],
  { $id: 'RedrivenEvent' },
);
export type RedrivenEvent = Static<typeof RedrivenEvent>;

export const Removed = Type.Object({ removed: Type.Integer({ minimum: 0 }) }, { $id: 'RemovedEvents' });
export type Removed = Static<typeof Removed>;

export const Erased = Type.Object(
  { rejected: Type.Integer({ minimum: 0 }), incomplete: Type.Integer({ minimum: 0 }) },
  { $id: 'ErasedEvents' },
);
export type Erased = Static<typeof Erased>;
