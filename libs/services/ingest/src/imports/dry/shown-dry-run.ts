import { type Static, Type } from 'typebox';
import { ToldViolation } from '../../types/told-violation.ts';
import { importFormats } from '../../formats/files/file-format.ts';
import { encodings } from '../../formats/files/mapping.ts';

/** What a line of a file would become. */
export const ShownDryLine = Type.Object(
  {
    line: Type.Integer({ minimum: 1, description: 'The first of several that make one event.' }),
    verdict: Type.Enum(['accepted', 'incomplete', 'rejected'], {
      description: '`incomplete` is accepted, although something is wrong.',
    }),
    event: Type.Optional(Type.Unknown({ description: 'The event as it was read, where the line could be read.' })),
    activity: Type.Optional(
      Type.Object(
        {
          name: Type.String(),
          timestamp: Type.String({ format: 'date-time', description: 'When it happened, in UTC.' }),
          channel: Type.String(),
          messageId: Type.String(),
          identifiers: Type.Array(Type.Object({ kind: Type.String(), value: Type.String() })),
          properties: Type.Unsafe<Readonly<Record<string, unknown>>>({ type: 'object' }),
        },
        { description: 'What would be taken of it.' },
      ),
    ),
    violations: Type.Optional(Type.Array(ToldViolation)),
    code: Type.Optional(Type.String({ description: 'Why it would be rejected.' })),
    reason: Type.Optional(Type.String()),
  },
  { $id: 'DryLine' },
);
export type ShownDryLine = Static<typeof ShownDryLine>;

export const ShownDryRun = Type.Object(
  {
    dry: Type.Literal(true),
    format: Type.Enum([...importFormats]),
    encoding: Type.Enum([...encodings], { description: 'In which the file was read.' }),
    lines: Type.Array(ShownDryLine, { description: 'The first hundred events, and what could not be read of them.' }),
    isWhole: Type.Boolean({ description: 'The file has no more.' }),
  },
  { $id: 'DryRun' },
);
export type ShownDryRun = Static<typeof ShownDryRun>;
