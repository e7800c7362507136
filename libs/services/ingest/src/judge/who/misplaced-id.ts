import { bareName } from '@sestante/contracts';

/** Names under which ids come that nobody reads, in small letters without marks, and those that they should have. */
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

/** Tells of an event of nobody where it seems to name somebody, and where that belongs; nothing of its values. */
export function hintAtId(event: object): string {
  for (const name of Object.keys(event)) {
    const field = aName.test(name) ? fields.get(bareName(name)) : undefined;
    if (field && field !== name) return `; \`${name}\` is not read, \`${field}\` is`;
  }
  return '';
}
