import { startsWithValidDate } from '@sestante/contracts';
import { Problem } from '@sestante/runtime';

/** A day, or an instant with its zone: an instant without a zone would depend on the server. Years 1 to 9999. */
const iso8601 = /^(?!0000)\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d))?$/;

/** The instant `at` that a request asks for, in milliseconds since 1970. Throws 400. */
export function instantOf({ at }: { readonly at?: string }): number | undefined {
  return at === undefined ? undefined : parseInstant('at', at);
}

/** A query parameter as an instant in milliseconds since 1970. Throws 400, which names the parameter. */
export function parseInstant(name: string, text: string): number {
  const instant = iso8601.test(text) && startsWithValidDate(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(instant))
    throw new Problem(400, 'bad-instant', `\`${name}\` must be an instant in ISO 8601, such as 2026-11-20T10:00:00Z.`);
  return instant;
}

export const iso = (instant: number) => new Date(instant).toISOString();
