import { isByPage, type Link, type Member } from './link.ts';
import { mostConnected } from './limits.ts';
import { isProtected } from './strength.ts';

/** What says that two members are one person, as far as it connects them. */
type Connection = Pick<Link, 'linkId' | 'members' | 'rule' | 'at'>;

/**
 * Separates new links that may be stored from those that would connect more members than `mostConnected`: the earliest come first. A link by a page of a
 * protected member connects nobody. `members` may lack new ones.
 */
export function splitByReach<L extends Connection>(
  news: readonly L[],
  { members, links }: { readonly members: ReadonlyMap<string, Member>; readonly links: Iterable<Connection> },
  most = mostConnected,
): { readonly within: readonly L[]; readonly beyond: readonly L[] } {
  if (members.size + 2 * news.length <= most) return { within: news, beyond: [] };
  const connects = (link: Connection) =>
    !isByPage(link) || !link.members.some((memberId) => members.has(memberId) && isProtected(members.get(memberId)!));
  const sets = new Sets();
  for (const link of links) if (connects(link)) sets.join(...link.members);
  const within: L[] = [];
  const beyond: L[] = [];
  const earliestFirst = news.toSorted((a, b) => a.at - b.at || (a.linkId < b.linkId ? -1 : 1));
  for (const link of earliestFirst) {
    const isWithin = !connects(link) || sets.sizeTogether(...link.members) <= most;
    (isWithin ? within : beyond).push(link);
    if (isWithin && connects(link)) sets.join(...link.members);
  }
  return { within, beyond };
}

/** Disjoint sets of members (union by size). */
class Sets {
  private readonly parents = new Map<string, string>();
  private readonly sizes = new Map<string, number>();

  join(one: string, other: string): void {
    const [a, b] = [this.rootOf(one), this.rootOf(other)];
    if (a === b) return;
    const [small, large] = this.sizeOf(a) < this.sizeOf(b) ? [a, b] : [b, a];
    this.sizes.set(large, this.sizeOf(a) + this.sizeOf(b));
    this.parents.set(small, large);
  }

  /** How large the set would be that joins both; 0 if they are joined. */
  sizeTogether(one: string, other: string): number {
    const [a, b] = [this.rootOf(one), this.rootOf(other)];
    return a === b ? 0 : this.sizeOf(a) + this.sizeOf(b);
  }

  private rootOf(memberId: string): string {
    let root = memberId;
    for (let parent = this.parents.get(root); parent !== undefined; parent = this.parents.get(root)) root = parent;
    return root;
  }

  private sizeOf(root: string): number {
    return this.sizes.get(root) ?? 1;
  }
}
