import { InvalidInstant } from '@sestante/postgres';
import { millisecondsOf } from './store/milliseconds.ts';

/** The form of an instant in RFC 3339. */
export const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/;

/** The instant of a text in this form; undefined if there is no such day, or not in the years 1 to 9999. */
export function existingInstant(given: string): Date | undefined {
  try {
    return new Date(millisecondsOf(given));
  } catch (error) {
    if (error instanceof InvalidInstant) return undefined;
    throw error;
  }
}
