import { identifierKinds, type Identifier } from './identifier.ts';

/**
 * Whether an identifier identifies one person: an account or a loyalty card.
 * E-mail addresses and phone numbers are not verified, so several people may share them.
 */
export function isStrong(identifier: Identifier): boolean {
  return (isAccount(identifier) || identifier.kind === 'loyalty_card') && !identifier.isWeak;
}

/** Whether an identifier is an account. A member has at most one; it may have several cards, because cards are replaced. */
export function isAccount(identifier: Identifier): boolean {
  return identifier.kind === 'user_id';
}

/** The strongest identifier, the first among equals; undefined if there is none. */
export function strongest(identifiers: readonly Identifier[]): Identifier | undefined {
  return strongestFirst(identifiers)[0];
}

/** A copy, sorted by kind, with those marked `isWeak` after all others. The sort is stable. */
export function strongestFirst(identifiers: readonly Identifier[]): Identifier[] {
  return [...identifiers].sort((one, other) => rank(one) - rank(other));
}

function rank(identifier: Identifier): number {
  return identifierKinds.indexOf(identifier.kind) + (identifier.isWeak ? identifierKinds.length : 0);
}
