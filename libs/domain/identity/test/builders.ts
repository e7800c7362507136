import {
  type Link,
  type LinkRule,
  type Grouping,
  groupMembers,
  type Identifier,
  type IdentifierKind,
  type Member,
} from '../src/index.ts';

export const account = (value: string): Identifier => ({ kind: 'user_id', value });
export const card = (value: string): Identifier => ({ kind: 'loyalty_card', value });
export const mailbox = (value: string): Identifier => ({ kind: 'email', value });
export const browser = (value: string): Identifier => ({ kind: 'anonymous_id', value });
export const device = (value: string): Identifier => ({ kind: 'device_id', value });

/** A member whose id says what it is, such as `user_id:ada`. */
export function aMember(memberId: string, over: Partial<Member> = {}): Member {
  const [kind, value] = memberId.split(':') as [IdentifierKind, string];
  return {
    memberId,
    kind,
    value,
    isVerified: false,
    isBlocked: false,
    isConfirmed: false,
    isUnlimited: false,
    ...over,
  };
}

export function aLink(one: string, other: string, over: Partial<Link> & { readonly rule?: LinkRule } = {}): Link {
  const members = [one, other].sort() as [string, string];
  const { rule = 'same-activity' } = over;
  return { linkId: `${rule} ${members.join(' ')}`, members, rule, at: 0, isUndone: false, ...over };
}

/** The customers of members that need no description but their ids. */
export function grouped(links: readonly Link[], members: readonly Member[] = []): Grouping {
  const all = new Map(links.flatMap((link) => link.members).map((memberId) => [memberId, aMember(memberId)]));
  for (const member of members) all.set(member.memberId, member);
  return groupMembers({ members: all.values(), links, separations: [] });
}
