import type { IdentifierKind } from './identifier.ts';

/**
 * How many identifiers of each kind may come with one other in activities. With more, the other one is *shared*: a device in a store, the card of a till, a
 * common mailbox, the account of a script. Activities link it with nobody.
 */
export const mostPartners: Readonly<Record<IdentifierKind, number>> = {
  user_id: 5,
  loyalty_card: 10,
  email: 10,
  phone: 10,
  anonymous_id: 1_000,
  device_id: 1_000,
};

/**
 * How many members may be connected by links, those that are refused included. A link that would connect more is refused: who is one person is computed from
 * all that are connected, so they must be few enough to read.
 */
export const mostConnected = 5_000;
