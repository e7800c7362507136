import { isByPage, isExplicit } from '@sestante/identity';
import type { KnownLink, StoredMember } from './regroup.ts';

/** The earliest new link of each member that an activity made, if possible not one by a page: later activities that say the same need not look it up. */
export function firstLinksOf(links: readonly KnownLink[]): Map<string, KnownLink> {
  const first = new Map<string, KnownLink>();
  for (const link of links) {
    if (isExplicit(link)) continue;
    for (const memberId of link.members) {
      const other = first.get(memberId);
      if (!other || isBetterFirst(link, other)) first.set(memberId, link);
    }
  }
  return first;
}

function isBetterFirst(link: KnownLink, other: KnownLink): boolean {
  return isByPage(link) === isByPage(other) ? link.at < other.at : isByPage(other);
}

/** The new first link of a member that had none, or only one by a page. */
export function newFirstLink(
  { memberId, firstPartner, isFirstByPage }: StoredMember,
  found: ReadonlyMap<string, KnownLink>,
): KnownLink | undefined {
  const link = found.get(memberId);
  return firstPartner === null || (isFirstByPage && link && !isByPage(link)) ? link : undefined;
}
