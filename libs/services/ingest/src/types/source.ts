import type { ActivityReceived } from '@sestante/contracts';
import type { IdentifierKind } from '@sestante/identity';

export const channels = ['web', 'mobile', 'store', 'service', 'other'] as const satisfies ActivityReceived['channel'][];
export type Channel = ActivityReceived['channel'];

/** `secret` for servers and tills; `browser` for what lies in a customer's hands, pages and apps, where anybody can read it. */
export const keyKinds = ['secret', 'browser'] as const;
export type KeyKind = (typeof keyKinds)[number];

/** The kinds of identifier that a source may vouch for. The others name nobody by themselves, whoever says them. */
export const claimableKinds = ['user_id', 'loyalty_card', 'email', 'phone'] as const satisfies IdentifierKind[];
export type ClaimableKind = (typeof claimableKinds)[number];

/** A system that sends activities. */
export interface Source {
  readonly id: string;
  readonly name: string;
  readonly channel: Channel;
  /** What it may vouch for. Other identifiers that it names are weak evidence. */
  readonly claims: readonly ClaimableKind[];
  /** The IANA name of the time zone of its local times; null where it says all times with their zone. */
  readonly timeZone: string | null;
  /** Whether it takes no event that is incomplete. */
  readonly isStrict: boolean;
}

/** The source of whatever comes over the inbound topic: who may write there has proved it to the broker. */
export const inboundSourceId = '00000000-0000-4000-8000-000000000001';

/** A source, as far as the key that it came with opens it. */
export interface Sender extends Source {
  readonly keyKind: KeyKind;
  readonly isPaused: boolean;
  /** Where pages with its browser keys may lie. */
  readonly origins: readonly string[];
  /** The most events a second; null for as many as come. */
  readonly eventsPerSecond: number | null;
}

/** What a source may vouch for when it comes with such a key: whoever reads a browser's key could claim anybody's card or mailbox with it. */
export function claimsWith(keyKind: KeyKind, claims: readonly ClaimableKind[]): readonly ClaimableKind[] {
  return keyKind === 'secret' ? claims : claims.filter((kind) => kind === 'user_id');
}
