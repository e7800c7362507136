import type { Channel } from '../../sestante/events.ts';

/** A sender of events. Each device sends its own batches, with its own clock. */
export interface Device {
  /** A unique id. */
  readonly id: string;
  readonly channel: Channel;
  /** How the device identifies its user: by its installation, the account or the card. */
  readonly identifiedBy: 'installation' | 'account' | 'card';
  /** The error of its clock, in milliseconds. */
  readonly clockAheadMs: number;
}

/** A browser, or an app on a phone: identifies its user by the installation, and by the account after the sign-in. */
export function installation(channel: 'web' | 'mobile', id: string, clockAheadMs = 0): Device {
  return { id, channel, identifiedBy: 'installation', clockAheadMs };
}

/** The till of a store: identifies its customer by the loyalty card. */
export function till(store: string): Device {
  return { id: `till-${store}`, channel: 'store', identifiedBy: 'card', clockAheadMs: 0 };
}

/** The servers of the shop: identify the customer by the account. They send events for the channel of the purchase. */
export function backend(channel: Channel): Device {
  return { id: `backend-${channel}`, channel, identifiedBy: 'account', clockAheadMs: 0 };
}
