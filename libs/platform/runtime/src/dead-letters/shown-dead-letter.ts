import { type Static, Type } from 'typebox';

const Group = Type.String({ description: 'The group that could not use it, which is the name of a service.' });
const Topic = Type.String();

/** A message that a group could not use, as it came. */
export const ShownDeadLetter = Type.Object(
  {
    id: Type.String({ pattern: '^\\d+$' }),
    group: Group,
    topic: Topic,
    partition: Type.Integer({ minimum: 0 }),
    offset: Type.Integer({ minimum: 0, description: 'Where it stands in the partition.' }),
    key: Type.String(),
    headers: Type.Record(Type.String(), Type.String()),
    value: Type.String({
      description: 'The message; of a list, up to 64 KB of it. It may hold personal data.',
    }),
    valueBytes: Type.Integer({ minimum: 0 }),
    reason: Type.String({ description: 'Why it could not be used the last time.' }),
    attempts: Type.Integer({
      minimum: 1,
      description: 'How often it has failed: once, and each time that it was driven again.',
    }),
    failedAt: Type.String({ format: 'date-time', description: 'When it failed the last time.' }),
    redrivenAt: Type.Union([Type.String({ format: 'date-time' }), Type.Null()], {
      description: 'When it was driven again, until that has succeeded or failed; null while it waits.',
    }),
  },
  { $id: 'DeadLetter' },
);
export type ShownDeadLetter = Static<typeof ShownDeadLetter>;

export const DeadLetterCount = Type.Object(
  { group: Group, topic: Topic, count: Type.Integer({ minimum: 1 }) },
  { $id: 'DeadLetterCount' },
);
export type DeadLetterCount = Static<typeof DeadLetterCount>;

const Next = Type.Union([Type.String({ pattern: '^\\d+$' }), Type.Null()]);

export const DeadLetterPage = Type.Object(
  {
    items: Type.Array(ShownDeadLetter),
    next: Type.Union([...Next.anyOf], { description: 'Where to go on, as `before`; null when nothing is left.' }),
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
        'How many were published for their group again. Those that it can use now go; the others come back with the reason of today.',
    }),
    next: Type.Union([...Next.anyOf], { description: 'Where to go on, as `after`; null when nothing is left.' }),
  },
  { $id: 'RedrivenLetters' },
);
export type RedrivenLetters = Static<typeof RedrivenLetters>;

export const RemovedLetters = Type.Object({ removed: Type.Integer({ minimum: 0 }) }, { $id: 'RemovedLetters' });
export type RemovedLetters = Static<typeof RemovedLetters>;
