import { startsWithValidDate } from './calendar.ts';

const day = /^\d{4}-\d\d-\d\d$/;
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/;

/** Whether a pause can end then: an existing day, such as `2026-12-24`, or an instant in RFC 3339. */
export function isPauseEnd(value: unknown): value is string {
  if (typeof value !== 'string' || !startsWithValidDate(value)) return false;
  return day.test(value) || (instant.test(value) && !Number.isNaN(Date.parse(value)));
}
