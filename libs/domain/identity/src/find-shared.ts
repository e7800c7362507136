import { type IdentifierKind, identifierKinds } from './identifier.ts';
import { mostPartners } from './limits.ts';
import { isByPage, isExplicit, type Link, type Member } from './link.ts';
import { isStrongMember } from './strength.ts';

/**
 * The members with more partners of a kind than a person has. Links that somebody has undone count, too. What a page says does not count for a strong member:
 * anybody could make an account shared.
 */
export function findShared(
  members: ReadonlyMap<string, Member>,
  links: readonly Link[],
  known: ReadonlySet<string> = new Set(),
): Set<string> {
  const partners = new Map<string, Map<IdentifierKind, Set<string>>>();
  for (const link of links) {
    if (isExplicit(link)) continue;
    const [a, b] = link.members;
    for (const [memberId, partner] of [
      [a, b],
      [b, a],
    ] as const)
      if (!isByPage(link) || !isStrongMember(members.get(memberId)!))
        addPartner(partners, memberId, members.get(partner)!);
  }
  const shared = new Set(known);
  for (const [memberId, byKind] of partners)
    if (identifierKinds.some((kind) => (byKind.get(kind)?.size ?? 0) > mostPartners[kind])) shared.add(memberId);
  for (const { memberId, isUnlimited } of members.values()) if (isUnlimited) shared.delete(memberId);
  return shared;
}

function addPartner(
  partners: Map<string, Map<IdentifierKind, Set<string>>>,
  memberId: string,
  { kind, memberId: partner }: Member,
): void {
  const byKind = partners.get(memberId) ?? new Map<IdentifierKind, Set<string>>();
  partners.set(memberId, byKind);
  byKind.set(kind, (byKind.get(kind) ?? new Set()).add(partner));
}
