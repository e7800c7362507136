import { bareName } from '@sestante/contracts';

/** Other names of the field `timestamp`, the most certain first, in lower case without separators. */
const names = [
  ['timestamp', 'originaltimestamp', 'eventtimestamp'],
  ['datetime', 'eventtime', 'eventdatetime', 'eventdate', 'occurredat', 'happenedat', 'createdat'],
  ['date', 'day'],
  ['time'],
];

/**
 * The names of the fields that contain the time of an event: one or none; or two, if the date and the time of day are in two fields, in this order.
 */
export function timeNamesIn(fields: readonly string[]): readonly string[] {
  const bare = fields.map(bareName);
  const found = names.flatMap((alike) => alike.flatMap((name) => fields[bare.indexOf(name)] ?? []));
  const [first, second] = found;
  const isDayWithTime = first !== undefined && second !== undefined && /^(date|day)$/.test(bareName(first));
  return isDayWithTime && bareName(second) === 'time' ? [first, second] : found.slice(0, 1);
}
