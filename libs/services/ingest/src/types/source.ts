import type { ActivityReceived, ConsentSubject } from '@sestante/contracts';
import type { IdentifierKind } from '@sestante/identity';

export const channels = ['web', 'mobile', 'store', 'service', 'other'] as const satisfies ActivityReceived['channel'][];
export type Channel = ActivityReceived['channel'];

/** `secret`: for servers and tills. `browser`: for pages and apps, where anybody can read the key. */
export const keyKinds = ['secret', 'browser'] as const;
export type KeyKind = (typeof keyKinds)[number];

/** The kinds of identifier that a source may vouch for. The other kinds do not need a claim. */
export const claimableKinds = ['user_id', 'loyalty_card', 'email', 'phone'] as const satisfies IdentifierKind[];
export type ClaimableKind = (typeof claimableKinds)[number];

/** A country in ISO 3166-1 alpha-2. */
export const country = /^[A-Z]{2}$/;

/** By the name of a category, what a consent to it is about. Case does not matter. */
export type ConsentCategories = Readonly<Record<string, readonly ConsentSubject[]>>;

/** A system that sends activities. */
export interface Source {
  readonly id: string;
  readonly name: string;
  readonly channel: Channel;
  /** The kinds that it may vouch for. Identifiers of other claimable kinds are weak. */
  readonly claims: readonly ClaimableKind[];
  /** The IANA name of the time zone of its local times; null if all its times have an offset. */
  readonly timeZone: string | null;
  /** The country of its phone numbers without a country code, in ISO 3166-1 alpha-2; null if it is not known. */
  readonly country: string | null;
  /** The meaning of the categories of its consent platform. */
  readonly consentCategories: ConsentCategories;
  /** Whether its incomplete events are rejected. */
  readonly isStrict: boolean;
  /** Whether its pages may link browsers to accounts without a customer's token. Then anybody may. */
  readonly pagesMayLink: boolean;
}

/** The source of all events of the inbound topic. The broker authenticates its producers. */
export const inboundSourceId = '00000000-0000-4000-8000-000000000001';

/** A source, with the rights of the write key that was used. */
export interface Sender extends Source {
  readonly keyKind: KeyKind;
  readonly isPaused: boolean;
  /** The origins that may use its browser keys. */
  readonly origins: readonly string[];
  /** The rate limit in events per second; null for no limit. */
  readonly eventsPerSecond: number | null;
}

/** The claims of a source with a key of this kind. A browser key is public: with it, anybody could claim another person's card or mailbox. */
export function claimsWith(keyKind: KeyKind, claims: readonly ClaimableKind[]): readonly ClaimableKind[] {
  return keyKind === 'secret' ? claims : claims.filter((kind) => kind === 'user_id');
}
