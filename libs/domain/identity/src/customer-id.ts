import { type IdentifierKind, identifierKinds } from './identifier.ts';
import type { Member } from './link.ts';

/**
 * The id of a customer: that of its strongest member, the oldest among equals (ids begin with the instant at which they were made). So an account keeps its
 * id, whatever is linked with it, and the id of an account never leads to another one, unless somebody merges them.
 *
 * @param members at least one
 */
export function customerIdOf(members: readonly Pick<Member, 'kind' | 'memberId'>[]): string {
  const rank = (kind: IdentifierKind) => identifierKinds.indexOf(kind);
  return members.toSorted(
    (a, b) => rank(a.kind) - rank(b.kind) || Number(a.memberId > b.memberId) - Number(a.memberId < b.memberId),
  )[0]!.memberId;
}
