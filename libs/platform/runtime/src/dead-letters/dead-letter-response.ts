import { type Static, Type } from 'typebox';

const Group = Type.String({
  description: 'The consumer group that could not handle the message, which is the name of a service.',
});
const Topic = Type.String();

/** A message that a group could not handle, unchanged. */
export const DeadLetterResponse = Type.Object(
  {
    id: Type.String({ pattern: '^\\d+$' }),
    group: Group,
    topic: Topic,
    partition: Type.Integer({ minimum: 0 }),
    offset: Type.Integer({ minimum: 0, description: 'The offset of the message in its partition.' }),
    key: Type.String(),
    headers: Type.Record(Type.String(), Type.String()),
    value: Type.String({
      description: 'The message; in a list, its first 64 KiB. It may contain personal data.',
    }),
    valueBytes: Type.Integer({ minimum: 0 }),
    reason: Type.String({ description: 'Why the last attempt failed.' }),
    attempts: Type.Integer({
      minimum: 1,
      description: 'The number of failed attempts: one, and one more for each redrive that failed.',
    }),
    failedAt: Type.String({ format: 'date-time', description: 'When the last attempt failed.' }),
    redrivenAt: Type.Union([Type.String({ format: 'date-time' }), Type.Null()], {
      description: 'When it was redriven, until that attempt succeeds or fails; null if it is not being redriven.',
    }),
  },
  { $id: 'DeadLetter' },
);
export type DeadLetterResponse = Static<typeof DeadLetterResponse>;

export const DeadLetterCount = Type.Object(
  { group: Group, topic: Topic, count: Type.Integer({ minimum: 1 }) },
  { $id: 'DeadLetterCount' },
);
export type DeadLetterCount = Static<typeof DeadLetterCount>;

const Next = Type.Union([Type.String({ pattern: '^\\d+$' }), Type.Null()]);

export const DeadLetterPage = Type.Object(
  {
    items: Type.Array(DeadLetterResponse),
    next: Type.Union([...Next.anyOf], {
      description: 'The value of `before` for the next page; null if there is none.',
    }),
    counts: Type.Array(DeadLetterCount),
  },
  { $id: 'DeadLetterPage' },
);
export type DeadLetterPage = Static<typeof DeadLetterPage>;

export const RedrivenLetters = Type.Object(
  {
    redriven: Type.Integer({
      minimum: 0,
      description:
        'The number of dead letters that were published for their group again. Those that it handles are removed; the others are stored again with the new reason.',
    }),
    next: Type.Union([...Next.anyOf], {
      description: 'The value of `after` for the next request; null if nothing is left.',
    }),
  },
  { $id: 'RedrivenLetters' },
);
export type RedrivenLetters = Static<typeof RedrivenLetters>;

export const RemovedLetters = Type.Object({ removed: Type.Integer({ minimum: 0 }) }, { $id: 'RemovedLetters' });
export type RemovedLetters = Static<typeof RemovedLetters>;
