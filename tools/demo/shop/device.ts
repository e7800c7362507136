import type { Channel } from '../../sestante/events.ts';

/** What speaks to Sestante: each sends batches of its own, by its own clock. */
export interface Device {
  /** Tells one from another. */
  readonly id: string;
  readonly channel: Channel;
  /** What it knows the one before it by: an installation, an account, a card. */
  readonly knows: 'installation' | 'account' | 'card';
  /** How far its clock is wrong. */
  readonly clockAheadMs: number;
}

/** A browser, or an app on a phone: knows its installation at once, and the account once somebody has signed in. */
export function installation(channel: 'web' | 'mobile', id: string, clockAheadMs = 0): Device {
  return { id, channel, knows: 'installation', clockAheadMs };
}

/** The till of a store: knows the card that is shown to it. */
export function till(store: string): Device {
  return { id: `till-${store}`, channel: 'store', knows: 'card', clockAheadMs: 0 };
}

/** The shop's own servers: know the account. They speak for the channel in which something was begun. */
export function backend(channel: Channel): Device {
  return { id: `backend-${channel}`, channel, knows: 'account', clockAheadMs: 0 };
}
