import { type Link, isByPage, isExplicit, type Member, type Refusal, type Separation } from './link.ts';
import { identifierKey } from './identifier.ts';
import { findShared } from './find-shared.ts';
import { isAccount, isProtected, isStrongMember } from './strength.ts';

/** Who is one person. */
export interface Grouping {
  /** The members of each customer, sorted by id. */
  readonly customers: readonly (readonly string[])[];
  /** The links that do not hold, by id. */
  readonly refused: ReadonlyMap<string, Refusal>;
  /** The members that come with too many others of a kind. */
  readonly shared: ReadonlySet<string>;
}

/**
 * What is known about some people. It must be closed: with a member, all links and separations of that member, unless it is known to be shared. The links by
 * a page of a protected member may be absent: they link nobody, and do not count.
 */
export interface Known {
  readonly members: Iterable<Member>;
  readonly links: Iterable<Link>;
  readonly separations: Iterable<Separation>;
  /** Members that were found to be shared before, of which not all links are here. */
  readonly shared?: ReadonlySet<string>;
}

/**
 * Groups members into customers. The result depends on what is known, not on the order in which it became known.
 *
 * The links are tried one after another: explicit ones first, then those of two strong identifiers, then those of a strong and a weak one, then those of two
 * weak ones; within each, those of a page alone last, and the earliest first. A link joins the customers of its members unless a rule refuses it (Kruskal's algorithm with conditions).
 */
export function groupMembers({ members: all, links: given, separations, shared: known }: Known): Grouping {
  const members = new Map<string, Member>();
  for (const member of all) members.set(member.memberId, member);
  const links = [...given];
  const shared = findShared(members, links, known);
  const people = new Map<string, Person>();
  for (const member of members.values()) people.set(member.memberId, personOf(member));
  const apart = separationsOf(separations);
  const refused = new Map<string, Refusal>();
  for (const ranked of links.map((link) => rank(link, members)).sort(byRank)) {
    const { link } = ranked;
    const [a, b] = [people.get(link.members[0])!, people.get(link.members[1])!];
    const refusal =
      refusalBefore(link, members, shared) ?? (a === b ? undefined : refusalOf(ranked, [a, b], { members, apart }));
    if (refusal) refused.set(link.linkId, refusal);
    else if (a !== b) for (const memberId of join(a, b)) people.set(memberId, a);
  }
  const customers = [...new Set(people.values())].map(({ memberIds }) => memberIds.toSorted());
  return { customers, refused, shared };
}

/** The members of one customer so far. */
interface Person {
  readonly memberIds: string[];
  hasAccount: boolean;
  hasStrong: boolean;
}

function personOf(member: Member): Person {
  return { memberIds: [member.memberId], hasAccount: isAccount(member), hasStrong: isStrongMember(member) };
}

/** Adds the second to the first. Returns the members that were added. */
function join(a: Person, b: Person): readonly string[] {
  a.memberIds.push(...b.memberIds);
  a.hasAccount ||= b.hasAccount;
  a.hasStrong ||= b.hasStrong;
  return b.memberIds;
}

interface RankedLink {
  readonly link: Link;
  /** 0: explicit; 1: both members are strong; 2: one is; 3: none is. */
  readonly order: number;
  /** The identifiers: unlike the ids of members, they are the same in whatever order they became known. */
  readonly key: string;
}

function rank(link: Link, all: ReadonlyMap<string, Member>): RankedLink {
  const members = link.members.map((memberId) => all.get(memberId)!);
  const key = members.map(identifierKey).sort().join(' ');
  return { link, order: isExplicit(link) ? 0 : 3 - members.filter(isStrongMember).length, key };
}

function byRank(a: RankedLink, b: RankedLink): number {
  const byWord = Number(isByPage(a.link)) - Number(isByPage(b.link));
  return (
    a.order - b.order ||
    byWord ||
    a.link.at - b.link.at ||
    compare(a.key, b.key) ||
    compare(a.link.linkId, b.link.linkId)
  );
}

const compare = (a: string, b: string) => Number(a > b) - Number(a < b);

/** Why a link is refused whatever its members are linked with. */
function refusalBefore(
  link: Link,
  members: ReadonlyMap<string, Member>,
  shared: ReadonlySet<string>,
): Refusal | undefined {
  if (link.isUndone) return 'unmerged';
  if (link.rule === 'merged-by-hand') return undefined;
  if (link.members.some((memberId) => members.get(memberId)!.isBlocked)) return 'blocked';
  if (isByPage(link) && link.members.every((memberId) => isProtected(members.get(memberId)!))) return 'not-vouched';
  return !isExplicit(link) && link.members.some((memberId) => shared.has(memberId)) ? 'too-many' : undefined;
}

/** Why a link may not join two customers. */
function refusalOf(
  { link, order }: RankedLink,
  [a, b]: readonly [Person, Person],
  known: {
    readonly members: ReadonlyMap<string, Member>;
    readonly apart: ReadonlyMap<string, ReadonlySet<string>>;
  },
): Refusal | undefined {
  if (areApart(a, b, known.apart)) return 'unmerged';
  if (isExplicit(link)) return undefined;
  if (isByPage(link) && link.members.some((memberId) => isProtected(known.members.get(memberId)!)))
    return 'not-vouched';
  if (order === 1) return a.hasAccount && b.hasAccount ? 'two-accounts' : undefined;
  return a.hasStrong && b.hasStrong ? 'another-person' : undefined;
}

function separationsOf(separations: Iterable<Separation>): Map<string, Set<string>> {
  const apart = new Map<string, Set<string>>();
  const add = (from: string, to: string) => apart.set(from, (apart.get(from) ?? new Set()).add(to));
  for (const [a, b] of separations) {
    add(a, b);
    add(b, a);
  }
  return apart;
}

function areApart(a: Person, b: Person, apart: ReadonlyMap<string, ReadonlySet<string>>): boolean {
  if (apart.size === 0) return false;
  const others = new Set(b.memberIds);
  return a.memberIds.some((memberId) => [...(apart.get(memberId) ?? [])].some((other) => others.has(other)));
}
