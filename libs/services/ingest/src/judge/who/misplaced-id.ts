import { bareName } from '@sestante/contracts';

/** Wrong names of identifier fields, in lower case without separators, and the right ones. */
const fields = new Map([
  ['userid', 'userId'],
  ['uid', 'userId'],
  ['user', 'userId'],
  ['customerid', 'userId'],
  ['customer', 'userId'],
  ['anonymousid', 'anonymousId'],
  ['anonid', 'anonymousId'],
  ['visitorid', 'anonymousId'],
  ['deviceid', 'context.device.id'],
  ['email', 'traits.email'],
  ['mail', 'traits.email'],
  ['phone', 'traits.phone'],
  ['loyaltycard', 'traits.loyaltyCard'],
]);

const aName = /^[\w .-]{1,40}$/;

/** A hint for an event without an identifier: a field that seems to contain one, and its right name. Contains no values, only names. */
export function misplacedIdHint(event: object): string {
  for (const name of Object.keys(event)) {
    const field = aName.test(name) ? fields.get(bareName(name)) : undefined;
    if (field && field !== name) return `; \`${name}\` is ignored, use \`${field}\``;
  }
  return '';
}
