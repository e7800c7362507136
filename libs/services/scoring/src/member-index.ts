import type { CustomerActed } from '@sestante/contracts';
import { emptyState } from '@sestante/engagement';
import type { MemberState, PublishedScores } from './store/states.ts';

/** The changed copy of a member, with the next revision. */
type Draft = { -readonly [Key in keyof MemberState]: MemberState[Key] };

/** The members of a batch's customers, and what the batch has changed so far. The stored members are not changed, but replaced by drafts. */
export interface MemberIndex {
  readonly byId: Map<string, MemberState>;
  /** The members of each customer, by id. */
  readonly customers: Map<string, Map<string, MemberState>>;
  readonly changed: Map<string, Draft>;
  /** The customers that a member left, with their last published scores: these may have been in the row of that member. */
  readonly left: Map<string, PublishedScores>;
}

export function indexMembers(stored: readonly MemberState[]): MemberIndex {
  const index: MemberIndex = { byId: new Map(), customers: new Map(), changed: new Map(), left: new Map() };
  for (const member of stored) setMember(index, member);
  return index;
}

/** The draft of a member. */
export function draftOf(index: MemberIndex, member: MemberState): Draft {
  let draft = index.changed.get(member.memberId);
  if (!draft) {
    draft = { ...member, revision: member.revision + 1 };
    index.changed.set(draft.memberId, draft);
    setMember(index, draft);
  }
  return draft;
}

/**
 * Assigns the acting member to its customer. A member that is new, or was another customer's before the two were merged, joins it with its state. It
 * gets the last published scores of the customer, and the higher one of the two versions.
 */
export function assignMember(index: MemberIndex, { customerId, memberId }: CustomerActed): MemberState {
  const known = index.byId.get(memberId);
  if (known?.customerId === customerId) return known;
  const last = lastPublished(index, customerId);
  const draft = draftOf(index, known ?? { ...neverPublished, memberId, customerId, revision: 0, state: emptyState() });
  if (known) leaveCustomer(index, draft);
  draft.customerId = customerId;
  setPublished(draft, { version: Math.max(draft.version, last.version), published: last.published });
  setMember(index, draft);
  return draft;
}

/** The last published scores of a customer: those of its member with the highest version. */
export function lastPublished({ customers, left }: MemberIndex, customerId: string): PublishedScores {
  let last = left.get(customerId) ?? neverPublished;
  for (const member of customers.get(customerId)?.values() ?? []) if (member.version > last.version) last = member;
  return last;
}

export function setPublished(draft: Draft, { version, published }: PublishedScores): void {
  draft.version = version;
  draft.published = published;
}

const neverPublished: PublishedScores = { version: 0, published: undefined };

function leaveCustomer(index: MemberIndex, { memberId, customerId }: MemberState): void {
  const { version, published } = lastPublished(index, customerId);
  index.left.set(customerId, { version, published });
  index.customers.get(customerId)!.delete(memberId);
}

function setMember({ byId, customers }: MemberIndex, member: MemberState): void {
  byId.set(member.memberId, member);
  const members = customers.get(member.customerId);
  if (members) members.set(member.memberId, member);
  else customers.set(member.customerId, new Map([[member.memberId, member]]));
}
