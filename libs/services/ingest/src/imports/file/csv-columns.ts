import { Problem } from '@sestante/runtime';

/** The most columns of a file. */
export const mostColumns = 1_000;

/** Where the cells of a column go in an event, such as `['properties', 'total']`. */
export type Column = readonly string[];

const places: Readonly<Record<string, Column>> = {
  type: ['type'],
  event: ['event'],
  timestamp: ['timestamp'],
  channel: ['context', 'channel'],
  email: ['traits', 'email'],
  phone: ['traits', 'phone'],
  messageId: ['messageId'],
  message_id: ['messageId'],
  userId: ['userId'],
  user_id: ['userId'],
  anonymousId: ['anonymousId'],
  anonymous_id: ['anonymousId'],
  loyaltyCard: ['traits', 'loyaltyCard'],
  loyalty_card: ['traits', 'loyaltyCard'],
};

/** What the columns of a header mean: a place of the event, or else a property. Throws `Problem` 400, which names columns by their numbers: a file without a header begins with somebody's data. */
export function columnsOf(header: readonly string[]): readonly Column[] {
  if (header.length > mostColumns) throw wrong(`there are more than ${mostColumns} columns`);
  const columns = header.map((name, index) => columnOf(name.trim() || `column_${index + 1}`));
  for (const [index, column] of columns.entries()) {
    if (column.some((step) => step === '' || step === '__proto__' || /\p{Cc}/u.test(step)))
      throw wrong(`column ${index + 1} has a name that cannot be used`);
    const other = columns.findIndex((one, before) => before < index && liesOnTheWay(one, column));
    if (other !== -1) throw wrong(`columns ${other + 1} and ${index + 1} mean the same`);
  }
  if (!columns.some((column) => column === places['event'] || column === places['type']))
    throw wrong('none of them is `event` or `type`');
  return columns;
}

function columnOf(name: string): Column {
  if (Object.hasOwn(places, name)) return places[name]!;
  return /^(properties|traits|context)\./.test(name) ? name.split('.') : ['properties', ...name.split('.')];
}

/** Whether both are one place, or one of them holds the other. */
function liesOnTheWay(one: Column, other: Column): boolean {
  return one.every((step, index) => index >= other.length || step === other[index]);
}

const wrong = (why: string) => new Problem(400, 'header-invalid', `The first line must name the columns: ${why}.`);
