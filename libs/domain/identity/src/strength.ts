import { identifierKinds, type Identifier } from './identifier.ts';

/**
 * Whether an identifier names one person by itself: an account or a loyalty card does.
 * E-mail and phone will once they are verified, which nothing does yet: until then they may be a family's.
 */
export function isStrong(identifier: Identifier): boolean {
  return (isAccount(identifier) || identifier.kind === 'loyalty_card') && !identifier.isWeak;
}

/** Whether an identifier is an account. A member has at most one; it may have several cards, because cards are replaced. */
export function isAccount(identifier: Identifier): boolean {
  return identifier.kind === 'user_id';
}

/** The strongest of some identifiers, the first given among equals; undefined if there is none. */
export function strongest(identifiers: readonly Identifier[]): Identifier | undefined {
  return strongestFirst(identifiers)[0];
}

/** A copy, ordered by kind, those that are weak by word after all others; equals stay in the order in which they were given. */
export function strongestFirst(identifiers: readonly Identifier[]): Identifier[] {
  return [...identifiers].sort((one, other) => rank(one) - rank(other));
}

function rank(identifier: Identifier): number {
  return identifierKinds.indexOf(identifier.kind) + (identifier.isWeak ? identifierKinds.length : 0);
}
