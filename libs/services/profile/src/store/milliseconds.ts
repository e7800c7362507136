import { startsWithValidDate } from '@sestante/contracts';
import { InvalidInstant } from '@sestante/postgres';

const [earliest, latest] = [Date.parse('0001-01-01T00:00:00.000Z'), Date.parse('9999-12-31T23:59:59.999Z')];

/** The instant in milliseconds since 1970. Throws `InvalidInstant` if it does not exist, or is not in the years 1 to 9999. */
export function millisecondsOf(instant: string): number {
  const at = Date.parse(instant);
  if (!(at >= earliest && at <= latest) || !startsWithValidDate(instant)) throw new InvalidInstant(instant);
  return at;
}
