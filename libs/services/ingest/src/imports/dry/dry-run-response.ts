import { type Static, Type } from 'typebox';
import { ReportedViolation } from '../../types/reported-violation.ts';
import { importFormats } from '../../formats/files/file-format.ts';
import { encodings } from '../../formats/files/mapping.ts';

/** The result that a line of a file would have. */
export const DryLineResponse = Type.Object(
  {
    line: Type.Integer({
      minimum: 1,
      description: 'The number of the line; of an event with several lines, the first one.',
    }),
    verdict: Type.Enum(['accepted', 'incomplete', 'rejected'], {
      description: '`incomplete` means accepted with violations.',
    }),
    event: Type.Optional(Type.Unknown({ description: 'The event of the line; absent if the line could not be read.' })),
    activity: Type.Optional(
      Type.Object(
        {
          name: Type.String(),
          timestamp: Type.String({ format: 'date-time', description: 'The time of the activity, in UTC.' }),
          channel: Type.String(),
          messageId: Type.String(),
          identifiers: Type.Array(Type.Object({ kind: Type.String(), value: Type.String() })),
          properties: Type.Unsafe<Readonly<Record<string, unknown>>>({ type: 'object' }),
        },
        { description: 'The activity that would be accepted.' },
      ),
    ),
    violations: Type.Optional(Type.Array(ReportedViolation)),
    code: Type.Optional(Type.String({ description: 'The code of the rejection.' })),
    reason: Type.Optional(Type.String()),
  },
  { $id: 'DryLine' },
);
export type DryLineResponse = Static<typeof DryLineResponse>;

export const DryRunResponse = Type.Object(
  {
    dry: Type.Literal(true),
    format: Type.Enum([...importFormats]),
    encoding: Type.Enum([...encodings], { description: 'The encoding of the file.' }),
    lines: Type.Array(DryLineResponse, {
      description: 'The first hundred events, including lines that could not be read.',
    }),
    isWhole: Type.Boolean({ description: 'Whether these are all events of the file.' }),
  },
  { $id: 'DryRun' },
);
export type DryRunResponse = Static<typeof DryRunResponse>;
