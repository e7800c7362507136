import { isObject } from '@sestante/contracts';
import { readInstant } from '../judge/time/read-instant.ts';
import { timeNamesIn } from '../judge/time/time-names.ts';

/** Whether an event of any format may have happened at an instant (milliseconds since 1970) or before. It may, if it says no time. */
export function happenedBy(event: unknown, instant: number): boolean {
  const { data } = (isObject(event) ? event : {}) as { data?: unknown };
  const times = [event, data].flatMap(timesIn);
  return times.length === 0 || Math.min(...times) <= instant;
}

/** The earliest instants that the fields of an event may stand for. */
function timesIn(fields: unknown): number[] {
  if (!isObject(fields)) return [];
  const [name] = timeNamesIn(Object.keys(fields));
  const read = name === undefined ? undefined : readInstant((fields as Record<string, unknown>)[name], null);
  return read ? [read.earliest] : [];
}
