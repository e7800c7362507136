/** Where people look for their ids in vain, in small letters without marks, and where the ids belong. */
const places = new Map([
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

/** Tells of an event of nobody where it seems to name somebody, and where that belongs; nothing of its values. */
export function hintAt(event: object): string {
  for (const name of Object.keys(event)) {
    const place = places.get(name.toLowerCase().replaceAll(/[_\-\s]/g, ''));
    if (place && place !== name) return `; \`${name}\` is not read, \`${place}\` is`;
  }
  return '';
}
