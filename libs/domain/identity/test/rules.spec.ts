import { describe, expect, it } from '@jest/globals';
import {
  type Link,
  groupMembers,
  type IdentifierKind,
  type Member,
  mostConnected,
  mostPartners,
  refusals,
  type Separation,
} from '../src/index.ts';
import { aLink, aMember } from './builders.ts';
import { codesIn, readme, rowsUnder } from './readme.ts';

const kinds: Record<string, IdentifierKind> = {
  a: 'user_id',
  b: 'user_id',
  c: 'user_id',
  C: 'loyalty_card',
  m: 'email',
  d: 'anonymous_id',
};
const nameOf = (text: string) => `${kinds[text[0]!]!}:${text.replace('!', '')}`;
/** The strongest first. */
const strength = ['user_id', 'loyalty_card', 'email', 'anonymous_id'];
const byStrength = (one: string, other: string) =>
  strength.indexOf(one.split(':')[0]!) - strength.indexOf(other.split(':')[0]!);

interface Story {
  readonly members: Map<string, Member>;
  readonly links: Map<string, Link>;
  separations: Separation[];
}

function customersAfter(steps: readonly string[]): string[] {
  const story: Story = { members: new Map(), links: new Map(), separations: [] };
  steps.forEach((step, at) => tell(story, step, at));
  const { customers } = groupMembers({ ...story, members: story.members.values(), links: story.links.values() });
  return customers
    .map((memberIds) =>
      memberIds
        .map((memberId) => memberId.split(':')[1])
        .sort()
        .join(' '),
    )
    .sort();
}

function tell({ members, links, separations }: Story, step: string, at: number): void {
  const isByPage = step.startsWith('(');
  const names = step
    .replaceAll(/[()]/g, '')
    .split(/[ =+|]/)
    .map(nameOf);
  for (const name of names) {
    const isVerified = step.includes(`${name.split(':')[1]}!`) || (members.get(name)?.isVerified ?? false);
    members.set(
      name,
      aMember(name, { isVerified, isConfirmed: !isByPage || (members.get(name)?.isConfirmed ?? false) }),
    );
  }
  if (step.includes('|')) {
    separations.push([...names].sort() as [string, string]);
    for (const link of links.values())
      if (link.members.every((name) => names.includes(name))) links.set(link.linkId, { ...link, isUndone: true });
    return;
  }
  const ofActivity = isByPage ? 'same-page' : 'same-activity';
  const rule = step.includes('=') ? 'alias' : step.includes('+') ? 'merged-by-hand' : ofActivity;
  const [head, ...others] = names.toSorted(byStrength);
  for (const other of others) {
    const link = aLink(head!, other, { rule, at });
    if (!links.has(link.linkId)) links.set(link.linkId, link);
  }
}

describe('the rules in the README', () => {
  it.each(
    rowsUnder('activities').map(
      ([activities, customers, because]) => [codesIn(activities), codesIn(customers), because] as const,
    ),
  )('%j are the customers %j: %s', (activities, customers) => {
    const expected = customers.map((one) => one.split(' ').sort().join(' ')).sort();
    expect(customersAfter(activities.map((step) => step.replace('\\|', '|')))).toEqual(expected);
  });

  it('name every refusal', () => {
    expect(rowsUnder('refusal').map(([refusal]) => codesIn(refusal)[0])).toEqual([...refusals]);
  });

  it('name the limits', () => {
    const { user_id, loyalty_card, email, phone, anonymous_id, device_id } = mostPartners;
    const limits = `${user_id} accounts, ${loyalty_card} cards, ${email} e-mail addresses, ${phone} phones, ${anonymous_id.toLocaleString('en')} browsers, ${device_id.toLocaleString('en')} devices`;
    expect(readme.replaceAll(/\s+/g, ' ')).toContain(limits);
    expect(readme).toContain(`${mostConnected.toLocaleString('en')} identifiers may be connected`);
  });
});
