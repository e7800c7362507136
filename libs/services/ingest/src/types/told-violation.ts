import type { Violation } from '@sestante/contracts';
import { type Static, Type } from 'typebox';

/** A violation of an accepted event as it is reported: without values, which may be personal. */
export const ToldViolation = Type.Object(
  {
    code: Type.String(),
    field: Type.String({ description: 'The path of a property, or the name of another part of the event.' }),
    reason: Type.String(),
  },
  { $id: 'Violation' },
);
export type ToldViolation = Static<typeof ToldViolation>;

export function toldOf(violations: readonly Violation[]): ToldViolation[] {
  return violations.map(({ code, field, reason }) => ({ code, field, reason }));
}
