import type { Member } from './link.ts';
import { identifierKinds, type Identifier, type IdentifierKind } from './identifier.ts';

/** Whether a member identifies one person: an account, a loyalty card, or a verified e-mail address or phone. Several people may share any other. */
export function isStrongMember({ kind, isVerified }: Pick<Member, 'kind' | 'isVerified'>): boolean {
  return isAccount({ kind }) || kind === 'loyalty_card' || (isVerifiable(kind) && isVerified);
}

/** Whether a page alone cannot link a member: it identifies one person, and a server knows it. */
export function isProtected(member: Pick<Member, 'kind' | 'isVerified' | 'isConfirmed'>): boolean {
  return member.isConfirmed && isStrongMember(member);
}

export function isAccount({ kind }: { readonly kind: IdentifierKind }): boolean {
  return kind === 'user_id';
}

/** Whether it is a browser or a device, which several people may use. */
export function isDevice({ kind }: { readonly kind: IdentifierKind }): boolean {
  return kind === 'anonymous_id' || kind === 'device_id';
}

/** Whether the source of the identifier vouches for it. Another one says nothing about who a person is. */
export function isVouched({ isWeak }: Identifier): boolean {
  return isWeak !== true;
}

/** Whether identifiers of this kind can be verified. */
export function isVerifiable(kind: IdentifierKind): boolean {
  return kind === 'email' || kind === 'phone';
}

/** The strongest identifier, the first among equals; undefined if there is none. */
export function strongest(identifiers: readonly Identifier[]): Identifier | undefined {
  return strongestFirst(identifiers)[0];
}

/** Sorted by kind, with those marked `isWeak` after all others. The sort is stable. Identifiers that are sorted already, as most are, are returned as they are. */
export function strongestFirst(identifiers: readonly Identifier[]): readonly Identifier[] {
  const isSorted = identifiers.every((one, index) => index === 0 || rank(identifiers[index - 1]!) <= rank(one));
  return isSorted ? identifiers : identifiers.toSorted((one, other) => rank(one) - rank(other));
}

function rank(identifier: Identifier): number {
  return identifierKinds.indexOf(identifier.kind) + (identifier.isWeak ? identifierKinds.length : 0);
}
