import { hintAt } from '@sestante/contracts';

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

/** Tells of an event of nobody where it seems to name somebody, and where that belongs. */
export function hintAtId(event: object): string {
  return hintAt(event, (bare) => fields.get(bare));
}
