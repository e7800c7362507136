import { type ActivityReceived, nameUuid, ownSourceId } from '@sestante/contracts';
import {
  type LinkRule,
  type Identifier,
  identifierKey,
  isAccount,
  isVerifiable,
  isVouched,
  may,
  strongestFirst,
} from '@sestante/identity';
import { parse, v7 as uuidv7 } from 'uuid';
import type { TimelineEntry } from './store/new-activities.ts';
import type { Owner, TokenOwner } from './store/owners.ts';
import { linkRuleOf, tokenCustomer } from './whose-word.ts';

/** An identifier that was not known before. It is a customer of its own until it is linked. */
export interface NewMember {
  readonly memberId: string;
  readonly identifier: Identifier;
}

/** What an activity says about two members. */
export interface NewLink {
  readonly linkId: string;
  /** The smaller id first. */
  readonly members: readonly [string, string];
  readonly rule: LinkRule;
  /** In milliseconds since 1970. */
  readonly at: number;
  readonly activityId: string;
}

/** The activities of a batch with their members, and what they say about identities that was not known before. */
export interface ResolvedBatch {
  /** Each with the customer that its member belonged to before the batch; a new member has its own. */
  readonly entries: readonly TimelineEntry[];
  readonly members: readonly NewMember[];
  readonly links: readonly NewLink[];
  /** The members whose addresses or phones were verified. */
  readonly verified: ReadonlySet<string>;
  /** The members that more than a page knows from now on. */
  readonly confirmed: ReadonlySet<string>;
}

/**
 * Resolves activities to members: each belongs to its strongest identifier. The others are said to be of the same person. `owners` holds the stored owners
 * by `identifierKey`; the function adds the new ones. `tokens` holds those of the members whose ids the tokens of customers name.
 */
export function resolveBatch(
  activities: readonly ActivityReceived[],
  owners: Map<string, Owner>,
  tokens: ReadonlyMap<string, TokenOwner> = new Map(),
): ResolvedBatch {
  const members: NewMember[] = [];
  const links = new Map<string, NewLink>();
  const verified = new Set<string>();
  const confirmed = new Set<string>();
  const confirm = ({ memberId, isConfirmed }: Owner) => {
    if (!isConfirmed) confirmed.add(memberId);
  };
  const ownerOf = (identifier: Identifier): Owner => {
    const key = identifierKey(identifier);
    const known = owners.get(key);
    if (known) return known;
    const memberId = uuidv7();
    members.push({ memberId, identifier });
    const owner = { memberId, customerId: memberId, moves: 0, ...unlinked };
    owners.set(key, owner);
    return owner;
  };
  const entries = activities.map((activity) => {
    const [first, ...others] = identifiersOf(activity, owners);
    const head = ownerOf(first!);
    const customer = tokenCustomer(activity, { first: first!, head, tokens });
    const add = (one: Owner, other: Owner, rule: LinkRule) => {
      const link = linkOf(activity, rule, one, other);
      if (link && link.at < (links.get(link.linkId)?.at ?? Infinity)) links.set(link.linkId, link);
    };
    const ruleOf = (other: Identifier) => linkRuleOf(activity, [first!, other], customer);
    for (const identifier of others) {
      const isAlias = identifier.isAlias && isAccount(identifier) && isAccount(first!);
      add(
        head,
        ownerOf(identifier),
        isAlias && may(activity.vouchedBy, 'alias-account') ? 'alias' : ruleOf(identifier),
      );
    }
    // What is set over the API is about a customer who is known: it says nothing about who is one person.
    const isOwn = activity.source === ownSourceId;
    if (customer && !isOwn) {
      confirm(customer);
      if (isAccount(first!)) confirm(head);
      else add(customer, head, ruleOf(first!));
    }
    if (activity.vouchedBy === 'secret' && !isOwn)
      for (const one of [first!, ...others]) if (isVouched(one)) confirm(ownerOf(one));
    const { name, properties } = activity;
    if (name === 'identity.verified' && may(activity.vouchedBy, 'verify-identifier'))
      for (const one of [first!, ...others])
        if (isVerifiable(one.kind) && (properties['kind'] ?? one.kind) === one.kind)
          verified.add(ownerOf(one).memberId);
    const { memberId, customerId, moves } = head;
    return { ...activity, memberId, customerId, moves };
  });
  return { entries, members, links: [...links.values()], verified, confirmed };
}

const unlinked = { firstPartner: null, firstLinkedAt: null, isFirstByPage: false, isConfirmed: false };

/** The identifiers that the source vouches for, strongest first; all of them if there is none. */
export function identifiersOf(
  activity: Pick<ActivityReceived, 'identifiers'>,
  owners: ReadonlyMap<string, Owner>,
): readonly Identifier[] {
  const { identifiers } = activity;
  if (identifiers.length === 1) return identifiers;
  const vouched = identifiers.every(isVouched) ? identifiers : identifiers.filter(isVouched);
  const sorted = strongestFirst(vouched.length > 0 ? vouched : identifiers);
  return sorted.some(({ isAlias }) => isAlias) ? sorted.map((one) => aliasOf(one, owners)) : sorted;
}

/** What `findOwners` must look up for these activities. */
export function identifiersToFind(activities: readonly Pick<ActivityReceived, 'identifiers'>[]): readonly Identifier[] {
  const identifiers: Identifier[] = [];
  for (const activity of activities) {
    identifiers.push(...activity.identifiers);
    for (const { isAlias, value } of activity.identifiers) if (isAlias) identifiers.push(accountOf(value));
  }
  return identifiers;
}

const accountOf = (value: string): Identifier => ({ kind: 'user_id', value });

/** An alias names an account or a browser, and does not say which: it is the account if there is one. */
function aliasOf(identifier: Identifier, owners: ReadonlyMap<string, Owner>): Identifier {
  if (!identifier.isAlias) return identifier;
  const account = accountOf(identifier.value);
  return owners.has(identifierKey(account)) ? { ...account, isAlias: true } : identifier;
}

/** What the activity says about two members; undefined if they are one, or if this is the first stored link of one of them. */
function linkOf(activity: ActivityReceived, rule: LinkRule, head: Owner, other: Owner): NewLink | undefined {
  if (head.memberId === other.memberId) return undefined;
  const at = happenedAtMs(activity);
  const isKnown = isFirstLink(other, head, { rule, at }) || isFirstLink(head, other, { rule, at });
  if (rule !== 'alias' && isKnown) return undefined;
  const pair = [head.memberId, other.memberId].sort() as [string, string];
  return { linkId: linkIdOf(pair, rule), members: pair, rule, at, activityId: activity.activityId };
}

/** Whether the first stored link of a member says as much: one by a page says no more than that a page says it. */
function isFirstLink(
  { firstPartner, firstLinkedAt, isFirstByPage }: Owner,
  { memberId }: Owner,
  { rule, at }: { readonly rule: LinkRule; readonly at: number },
): boolean {
  const isKnown = firstPartner === memberId && firstLinkedAt !== null && firstLinkedAt <= at;
  return isKnown && (rule === 'same-page' || !isFirstByPage);
}

/** See `happenedAt`. */
const happenedAtMs = ({ timestamp, receivedAt }: ActivityReceived) =>
  timestamp === receivedAt ? Date.parse(receivedAt) : Math.min(Date.parse(timestamp), Date.parse(receivedAt));

const namespace = parse('5f3d3f1e-60a1-4b43-9f0e-3f6f0a5c1b77');

/** The id of what activities say about two members: the same pair has the same id. */
export function linkIdOf(members: readonly [string, string], rule: LinkRule): string {
  return nameUuid(namespace, `${rule} ${members.join(' ')}`);
}
