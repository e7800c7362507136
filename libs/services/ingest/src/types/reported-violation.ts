import type { Violation } from '@sestante/contracts';
import { type Static, Type } from 'typebox';

/** A violation of an accepted event as it is reported: without values, which may be personal. */
export const ReportedViolation = Type.Object(
  {
    code: Type.String(),
    field: Type.String({ description: 'The path of a property, or the name of another part of the event.' }),
    reason: Type.String(),
  },
  { $id: 'Violation' },
);
export type ReportedViolation = Static<typeof ReportedViolation>;

export function toReportedViolations(violations: readonly Violation[]): ReportedViolation[] {
  return violations.map(({ code, field, reason }) => ({ code, field, reason }));
}
