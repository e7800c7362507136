import { bareName } from '@sestante/contracts';

/** What the time of an event is called where it is not called `timestamp`, surest first, in small letters without marks. */
const names = [
  ['timestamp', 'originaltimestamp', 'eventtimestamp'],
  ['datetime', 'eventtime', 'eventdatetime', 'eventdate', 'occurredat', 'happenedat', 'createdat'],
  ['date', 'day'],
  ['time'],
];

/**
 * Which of the names of an event's fields are its time: one, or none. Of a day and a time of the day that stand in two fields, both, in this order.
 */
export function timeNamesIn(fields: readonly string[]): readonly string[] {
  const bare = fields.map(bareName);
  const found = names.flatMap((alike) => alike.flatMap((name) => fields[bare.indexOf(name)] ?? []));
  const [first, second] = found;
  const isDayWithTime = first !== undefined && second !== undefined && /^(date|day)$/.test(bareName(first));
  return isDayWithTime && bareName(second) === 'time' ? [first, second] : found.slice(0, 1);
}
