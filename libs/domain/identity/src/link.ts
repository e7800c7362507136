import type { IdentifierKind } from './identifier.ts';

/** An identifier with its own history. Its activities, traits and evidence stay with it, whoever its customer is. */
export interface Member {
  readonly memberId: string;
  readonly kind: IdentifierKind;
  readonly value: string;
  /** An e-mail address or a phone that is known to be the person's: it is strong. */
  readonly isVerified: boolean;
  /** Somebody has decided that it identifies nobody, for example the card that a till uses for demonstrations. */
  readonly isBlocked: boolean;
  /** More than a page knows it: a secret key has named it, or the token of its customer came with an activity. */
  readonly isConfirmed: boolean;
  /** Somebody has decided that it is one person's, with however many others it comes. */
  readonly isUnlimited: boolean;
}

/**
 * What says that two members are one person: a user of the API (`merged-by-hand`), the call `alias`, or an activity that has both identifiers
 * (`same-activity`; `same-page` if nobody but a page vouches for the activity). The first two are explicit: somebody said it.
 */
export const linkRules = ['merged-by-hand', 'alias', 'same-activity', 'same-page'] as const;
export type LinkRule = (typeof linkRules)[number];

/** Says that two members are one person. It holds, or is refused. */
export interface Link {
  readonly linkId: string;
  /** Two different members, the smaller id first. */
  readonly members: readonly [string, string];
  readonly rule: LinkRule;
  /** The instant of the first activity that says so, in milliseconds since 1970. */
  readonly at: number;
  /** Somebody has undone it. */
  readonly isUndone: boolean;
}

/** Two members that somebody has separated: only a merge by hand may bring them together. */
export type Separation = readonly [string, string];

/**
 * Why a link is refused.
 * - `unmerged`: somebody has separated the two
 * - `blocked`: one of the identifiers is on the block list
 * - `too-many`: one of the identifiers comes with more others of a kind than a person has (`mostPartners`), or more are connected with the two than can
 *   be one person (`mostConnected`)
 * - `two-accounts`: two accounts are two people, unless somebody says otherwise
 * - `another-person`: a device, a mailbox or a phone that several people use belongs to the first of them
 * - `not-vouched`: nobody but a page says it, about an account, a card or a verified address that a server knows
 */
export const refusals = ['unmerged', 'blocked', 'too-many', 'two-accounts', 'another-person', 'not-vouched'] as const;
export type Refusal = (typeof refusals)[number];

export function isExplicit({ rule }: Pick<Link, 'rule'>): boolean {
  return rule === 'merged-by-hand' || rule === 'alias';
}

/** Whether nobody but a page says it. */
export function isByPage({ rule }: Pick<Link, 'rule'>): boolean {
  return rule === 'same-page';
}
