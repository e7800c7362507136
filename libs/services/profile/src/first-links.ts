import { isByPage, isExplicit, type Link } from '@sestante/identity';

type ActivityLink = Pick<Link, 'rule' | 'members' | 'at'>;

/** The earliest new link of each member that an activity made, if possible not one by a page: later activities that say the same need not look it up. */
export function firstLinksOf<L extends ActivityLink>(links: readonly L[]): Map<string, L> {
  const first = new Map<string, L>();
  for (const link of links) {
    if (isExplicit(link)) continue;
    for (const memberId of link.members) {
      const other = first.get(memberId);
      if (!other || isBetterFirst(link, other)) first.set(memberId, link);
    }
  }
  return first;
}

function isBetterFirst(link: ActivityLink, other: ActivityLink): boolean {
  return isByPage(link) === isByPage(other) ? link.at < other.at : isByPage(other);
}

/** What is stored of the first link of a member. */
interface FirstLinked {
  readonly memberId: string;
  readonly firstPartner: string | null;
  readonly isFirstByPage: boolean;
}

/** The new first link of a member that had none, or only one by a page. */
export function newFirstLink<L extends ActivityLink>(
  { memberId, firstPartner, isFirstByPage }: FirstLinked,
  found: ReadonlyMap<string, L>,
): L | undefined {
  const link = found.get(memberId);
  return firstPartner === null || (isFirstByPage && link && !isByPage(link)) ? link : undefined;
}
