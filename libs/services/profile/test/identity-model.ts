import type { ActivityReceived } from '@sestante/contracts';
import {
  groupMembers,
  type Identifier,
  identifierKey,
  type Link,
  type LinkRule,
  type Member,
  type Separation,
  strongestFirst,
} from '@sestante/identity';
import fc from 'fast-check';
import { anActivity, card, device, mail, minutesAfterNoon, user, visitor } from './builders.ts';

const undecided = { isVerified: false, isBlocked: false, isConfirmed: false, isUnlimited: false };

/** What is known, in plain lists. A member is named by its identifier. */
export class Model {
  readonly members = new Map<string, Member>();
  readonly links = new Map<string, Link>();
  separations: Separation[] = [];
  /** The separations that each merge by hand lifted. */
  readonly lifted = new Map<string, readonly Separation[]>();

  see(identifier: Identifier): string {
    const memberId = identifierKey(identifier);
    const { kind, value } = identifier;
    if (!this.members.has(memberId)) this.members.set(memberId, { memberId, kind, value, ...undecided });
    return memberId;
  }

  act({ identifiers, timestamp, name, vouchedBy }: ActivityReceived): void {
    const members = strongestFirst(identifiers).map((identifier) => this.see(identifier));
    const rule = vouchedBy === 'page' ? 'same-page' : 'same-activity';
    for (const one of members.slice(1)) this.link(members[0]!, one, rule, Date.parse(timestamp));
    if (vouchedBy === 'page') return;
    for (const one of members) this.members.set(one, { ...this.members.get(one)!, isConfirmed: true });
    if (name === 'identity.verified')
      for (const one of members)
        if (/^(email|phone):/.test(one)) this.members.set(one, { ...this.members.get(one)!, isVerified: true });
  }

  link(one: string, other: string, rule: LinkRule, at: number): void {
    const members = [one, other].sort() as [string, string];
    const linkId = `${rule} ${members.join(' ')}`;
    const known = this.links.get(linkId);
    if (one !== other)
      this.links.set(linkId, {
        isUndone: false,
        ...known,
        linkId,
        members,
        rule,
        at: Math.min(at, known?.at ?? at),
      });
  }

  customerOf(memberId: string): readonly string[] {
    return this.grouping().customers.find((one) => one.includes(memberId))!;
  }

  grouping() {
    return groupMembers({
      members: this.members.values(),
      links: this.links.values(),
      separations: this.separations,
    });
  }
}

const identifiers = [
  ...['a', 'b', 'c'].map(user),
  ...['1', '2'].map(card),
  ...['m', 'n'].map(mail),
  ...['v', 'w'].map(visitor),
  device('d'),
];
export const someone = fc.constantFrom(...identifiers);
/** Every activity has an instant of its own, in any order. */
export const activities = fc
  .uniqueArray(
    fc.record({
      minute: fc.nat(1_000),
      identifiers: fc.uniqueArray(someone, { minLength: 1, maxLength: 3, selector: identifierKey }),
      name: fc.constantFrom('page.viewed', 'page.viewed', 'page.viewed', 'identity.verified'),
      vouchedBy: fc.constantFrom('secret', 'secret', 'page'),
    }),
    { selector: ({ minute }) => minute, minLength: 1, maxLength: 12 },
  )
  .map((all) => all.map(({ minute, ...over }) => anActivity({ timestamp: minutesAfterNoon(minute), ...over })));
