import type { Move } from '@sestante/contracts';
import { emptyState } from '@sestante/engagement';
import { noMatters } from './held-matters.ts';
import type { Held, Remembered } from './remembered-matter.ts';
import type { MemberState, PublishedScores } from './store/states.ts';

/** The changed copy of a member, with the next revision. */
export type Draft = { -readonly [Key in keyof MemberState]: MemberState[Key] };

/** All members of a batch's customers, and what the batch has changed so far. The stored members are not changed, but replaced by drafts. */
export interface MemberIndex {
  readonly byId: Map<string, MemberState>;
  /** The members of each customer. A list is replaced when it changes. */
  readonly customers: Map<string, readonly MemberState[]>;
  readonly changed: Map<string, Draft>;
  /** The drafts whose matters are copies of their own, by the id of the member. */
  readonly withOwnMatters: Set<string>;
}

/** What a message tells about the customer of a member. */
export type Membership = Pick<MemberState, 'memberId' | 'customerId' | 'moves'>;

export function indexMembers(stored: readonly MemberState[]): MemberIndex {
  const byId = new Map<string, MemberState>();
  for (const member of stored) byId.set(member.memberId, member);
  const customers = Map.groupBy(stored, ({ customerId }) => customerId);
  return { byId, customers, changed: new Map(), withOwnMatters: new Set() };
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

/** The matters of a draft, to be changed. */
export function ownMatters({ withOwnMatters }: MemberIndex, draft: Draft): (Held | Remembered)[] {
  if (!withOwnMatters.has(draft.memberId)) {
    withOwnMatters.add(draft.memberId);
    draft.matters = [...draft.matters];
  }
  return draft.matters as (Held | Remembered)[];
}

/** Assigns a member to its customer, unless a message with as many moves of it or more was read before. Returns the member as it is then. */
export function assignMember(index: MemberIndex, { memberId, customerId, moves }: Membership): MemberState {
  const known = index.byId.get(memberId);
  if (known && known.moves >= moves) return known;
  const draft = draftOf(index, known ?? newMember({ memberId, customerId, moves }));
  draft.moves = moves;
  if (known?.customerId === customerId) return draft;
  if (known) leaveCustomer(index, draft);
  draft.customerId = customerId;
  joinCustomer(index, draft);
  return draft;
}

/** Assigns the members of a move. */
export function moveMembers(index: MemberIndex, { customerId, formerId, members }: Move): void {
  keepPublished(index, formerId, lastPublished(index, formerId));
  for (const { memberId, moves } of members) assignMember(index, { memberId, moves, customerId });
}

function newMember({ memberId, customerId, moves }: Membership): MemberState {
  return { ...neverPublished, memberId, customerId, moves, revision: 0, state: emptyState(), matters: noMatters };
}

/** Increases the revisions of all members of a customer: what other processes have in memory of it is out of date. */
export function reviseCustomer(index: MemberIndex, customerId: string): void {
  for (const member of membersOf(index, customerId)) draftOf(index, member);
}

/** The members of a customer; none if it is not in the index. */
export function membersOf({ customers }: MemberIndex, customerId: string): readonly MemberState[] {
  return customers.get(customerId) ?? [];
}

/** The last published scores of a customer: those of its member with the highest version. */
export function lastPublished(index: MemberIndex, customerId: string): PublishedScores {
  let last = neverPublished;
  for (const member of membersOf(index, customerId)) if (member.version > last.version) last = member;
  return last;
}

export function setPublished(draft: Draft, { version, published }: PublishedScores): void {
  draft.version = version;
  draft.published = published;
}

const neverPublished: PublishedScores = { version: 0, published: undefined };

/** The members that stay take over the last published scores, in case these were those of the member that leaves. */
function leaveCustomer(index: MemberIndex, { memberId, customerId }: MemberState): void {
  const last = lastPublished(index, customerId);
  const others = membersOf(index, customerId).filter((member) => member.memberId !== memberId);
  index.customers.set(customerId, others);
  const staying = others.map((member) => draftOf(index, member));
  for (const draft of staying) if (draft.version < last.version) setPublished(draft, last);
  if (staying.length === 0) keepPublished(index, customerId, last);
}

/** The founder of a customer, the member with its id, keeps its last published scores. It is added if it is not stored, because it never acted. */
function keepPublished(index: MemberIndex, customerId: string, last: PublishedScores): void {
  if (last.version === 0 || index.byId.has(customerId)) return;
  setPublished(draftOf(index, newMember({ memberId: customerId, customerId, moves: 0 })), last);
}

/** The member takes over the last published scores of its customer, and the higher one of the two versions. */
function joinCustomer(index: MemberIndex, draft: Draft): void {
  const { version, published } = lastPublished(index, draft.customerId);
  reviseCustomer(index, draft.customerId);
  setPublished(draft, { version: Math.max(draft.version, version), published });
  setMember(index, draft);
}

function setMember({ byId, customers }: MemberIndex, member: MemberState): void {
  const { memberId, customerId } = member;
  byId.set(memberId, member);
  const members = customers.get(customerId) ?? [];
  const isKnown = members.some((one) => one.memberId === memberId);
  const changed = isKnown ? members.map((one) => (one.memberId === memberId ? member : one)) : [...members, member];
  customers.set(customerId, changed);
}
