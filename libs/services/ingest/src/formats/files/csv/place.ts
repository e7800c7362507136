import { bareName } from '@sestante/contracts';

/**
 * Where something goes in an event, step by step, such as `['properties', 'total']`. A step that ends in `[]` is a list, of which each line of the
 * file has one item: `['properties', 'products[]', 'sku']`.
 */
export type Place = readonly string[];

export const timestamp: Place = ['timestamp'];

/** By names in small letters without marks: `User ID` is `userId`. */
const shortNames = new Map<string, Place>([
  ['event', ['event']],
  ['eventname', ['event']],
  ['timestamp', timestamp],
  ['channel', ['context', 'channel']],
  ['email', ['traits', 'email']],
  ['emailaddress', ['traits', 'email']],
  ['phone', ['traits', 'phone']],
  ['phonenumber', ['traits', 'phone']],
  ['messageid', ['messageId']],
  ['userid', ['userId']],
  ['anonymousid', ['anonymousId']],
  ['loyaltycard', ['traits', 'loyaltyCard']],
]);

const list = '[]';

/** The place that a name means: a field of the event, or else a property. A `Type` may be anything: that of the event has this name as it is. */
export function placeNamed(name: string): Place {
  if (name === 'type') return ['type'];
  const short = shortNames.get(bareName(name));
  if (short) return short;
  return /^(properties|traits|context)\./.test(name) ? name.split('.') : ['properties', ...name.split('.')];
}

/** As reasons and mappings write it; of a property, as the vocabulary does. */
export function spelt(place: Place): string {
  return (place[0] === 'properties' && place.length > 1 ? place.slice(1) : place).join('.');
}

/** Whether events have such a place: an inner list has no items of its own. */
export function isUsable(place: Place): boolean {
  const lists = place.filter(isList);
  const hasItems = lists.length === 0 || (place[0] === 'properties' && !isList(place.at(-1)!));
  return lists.length <= 1 && hasItems && place.every(isUsableStep);
}

function isUsableStep(step: string): boolean {
  return (
    !/\[\d+\]$/.test(step) &&
    bare(step) !== '' &&
    step !== '__proto__' &&
    bare(step) !== '__proto__' &&
    !/\p{Cc}/u.test(step)
  );
}

/** Whether both are one place, or one of them holds the other, or one has a list where the other has none. */
export function collide(one: Place, other: Place): boolean {
  for (let index = 0; index < Math.min(one.length, other.length); index++) {
    if (one[index] === other[index]) continue;
    return bare(one[index]!) === bare(other[index]!);
  }
  return true;
}

const naming = new Set([
  'userId',
  'anonymousId',
  'traits.email',
  'traits.phone',
  'traits.loyaltyCard',
  'traits.loyalty_card',
]);
/** Whether an identifier of somebody stands there. */
export const namesSomebody = (place: Place) => naming.has(spelt(place));
export const isTimestamp = (place: Place) => place.length === 1 && place[0] === timestamp[0];
export const isList = (step: string) => step.endsWith(list);
/** The name of a step. */
export const bare = (step: string) => (isList(step) ? step.slice(0, -list.length) : step);
