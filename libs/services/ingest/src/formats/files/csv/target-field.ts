import { bareName } from '@sestante/contracts';

/**
 * The path of the field of an event to which a column is mapped, such as `['properties', 'total']`. A step that ends in `[]` is a list, of which each
 * line of the file has one item: `['properties', 'products[]', 'sku']`.
 */
export type TargetField = readonly string[];

export const timestamp: TargetField = ['timestamp'];

/** By names in lower case without separators: `User ID` is `userId`. */
const shortNames = new Map<string, TargetField>([
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

/** The target field of a name: a field of the event, or else a property. Only `type` in lower case is the type of the event. */
export function targetFieldOf(name: string): TargetField {
  if (name === 'type') return ['type'];
  const short = shortNames.get(bareName(name));
  if (short) return short;
  return /^(properties|traits|context)\./.test(name) ? name.split('.') : ['properties', ...name.split('.')];
}

/** The path as a text, as in reasons and mappings; without `properties.`, as in the vocabulary. */
export function pathOf(target: TargetField): string {
  return (target[0] === 'properties' && target.length > 1 ? target.slice(1) : target).join('.');
}

/** Whether events can have such a field: nested lists are not supported. */
export function isUsable(target: TargetField): boolean {
  const lists = target.filter(isList);
  const hasItems = lists.length === 0 || (target[0] === 'properties' && !isList(target.at(-1)!));
  return lists.length <= 1 && hasItems && target.every(isUsableStep);
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

/** Whether both are the same field, or one contains the other, or only one has a list at the same step. */
export function collide(one: TargetField, other: TargetField): boolean {
  for (let index = 0; index < Math.min(one.length, other.length); index++) {
    if (one[index] === other[index]) continue;
    return bare(one[index]!) === bare(other[index]!);
  }
  return true;
}

const identifierFields = new Set([
  'userId',
  'anonymousId',
  'traits.email',
  'traits.phone',
  'traits.loyaltyCard',
  'traits.loyalty_card',
]);
/** Whether the field is an identifier. */
export const isIdentifierField = (target: TargetField) => identifierFields.has(pathOf(target));
export const isTimestamp = (target: TargetField) => target.length === 1 && target[0] === timestamp[0];
export const isList = (step: string) => step.endsWith(list);
/** The name of a step without `[]`. */
export const bare = (step: string) => (isList(step) ? step.slice(0, -list.length) : step);
