import { type Static, Type } from 'typebox';

const SourceId = Type.String({ format: 'uuid' });
const SourceName = Type.String({ description: 'The name of the source.' });

/** An event that could not be used, kept with its reason. */
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
        'The form in which it came; `record` an event of a file, with what its file tells of it, `line` one that could not be read, `activity` where it was found to be another event under a used id.',
    }),
    body: Type.String({
      description: 'The event as it came, up to 64 KB of it; `GET /api/v1/rejected/:id/body` has the bytes.',
    }),
    bodyBytes: Type.Integer({ minimum: 0 }),
    place: Type.Union([Type.String(), Type.Null()], {
      description: 'Where it came from, if it may come from there again: `import-<id>-<line>` of a file.',
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
    next: Type.Union([...Next.anyOf], { description: 'Where to go on, as `before`; null when nothing is left.' }),
    counts: Type.Array(RejectedCount),
  },
  { $id: 'RejectedPage' },
);
export type RejectedPage = Static<typeof RejectedPage>;

/** What became of events that were judged again. */
export const Redriven = Type.Object(
  {
    accepted: Type.Integer({ minimum: 0 }),
    rejected: Type.Integer({ minimum: 0 }),
    next: Type.Union([...Next.anyOf], { description: 'Where to go on, as `after`; null when nothing is left.' }),
  },
  { $id: 'Redriven' },
);
export type Redriven = Static<typeof Redriven>;

/** What became of one of them. */
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
