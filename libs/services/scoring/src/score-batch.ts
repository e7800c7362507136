import { type ActivityScored, type CustomerActed, happenedAt, type ScoreChanged } from '@sestante/contracts';
import { add, emptyState, type Evidence, type Model, read, scoresAt, type State } from '@sestante/engagement';
import type { CustomerState } from './customer-state.ts';
import type { StoredEvidence } from './store/evidence.ts';
import type { PublishedScores, PublishedUpdate } from './store/published.ts';
import type { MemberState } from './store/states.ts';
import { sumOf } from './sum-of.ts';
import { changeOf, rounded, toActivity, toElementScores, toPublished } from './translate.ts';

/** The stored data of a batch's customers, before the batch. */
export interface StoredStates {
  readonly members: readonly MemberState[];
  readonly published: ReadonlyMap<string, PublishedScores>;
  /** The activities that have evidence already, by id, with the version of the scores that each led to. */
  readonly versions: ReadonlyMap<string, number | null>;
}

/** The changes of a batch, and its messages. */
export interface ScoredBatch {
  readonly evidence: readonly StoredEvidence[];
  /** The new states, each with the revision of the stored one. */
  readonly members: readonly MemberState[];
  readonly published: readonly PublishedUpdate[];
  /** One message per activity, in order; with `change` if a score changed by a noticeable amount. */
  readonly messages: readonly (ActivityScored | ScoreChanged)[];
  /** The customers of the batch as they are stored after these changes, without those that a member left. */
  readonly customers: ReadonlyMap<string, CustomerState>;
  /** The customers that a member left for another one. */
  readonly left: ReadonlySet<string>;
}

/** Folds the activities of a batch into the states, in order. Does not change its arguments. */
export function scoreBatch(model: Model, stored: StoredStates, batch: readonly CustomerActed[]): ScoredBatch {
  const index = indexMembers(stored.members);
  const published = new Map<string, PublishedScores>();
  const changed = new Set<string>();
  const evidence: StoredEvidence[] = [];
  const messages: (ActivityScored | ScoreChanged)[] = [];
  for (const acted of batch) {
    const { customerId, memberId, activityId } = acted;
    const { members, member, hasJoined } = assignMember(index, acted);
    const before = published.get(customerId) ?? stored.published.get(customerId);
    const found: Evidence = read(model, toActivity(acted));
    const isNew = found.signals.length > 0 && !stored.versions.has(activityId);
    if (isNew) members.set(memberId, { ...member, state: add(model, member.state, found) });
    if (isNew || hasJoined) changed.add(memberId);
    const scores = scoresOf(model, members, acted);
    const { change, isNoticeable } = changeOf(before?.elements, scores.elements);
    const storedVersion = stored.versions.get(activityId);
    const hasChanged = isNew ? isNoticeable : Boolean(storedVersion);
    const version = isNew && isNoticeable ? (before?.version ?? 0) + 1 : (storedVersion ?? before?.version ?? 0);
    const { at, overall, elements } = scores;
    const told = { version, model: model.version, at, overall, elements };
    messages.push(hasChanged ? { ...acted, scores: told, change } : { ...acted, scores: told });
    if (!isNew) continue;
    if (isNoticeable) published.set(customerId, { version, elements: toPublished(elements) });
    evidence.push({
      ...found,
      memberId,
      receivedAt: Date.parse(acted.receivedAt),
      version: isNoticeable ? version : null,
    });
  }
  return { evidence, messages, ...changesOf({ index, changed, published, stored }, batch), left: index.left };
}

/** What a batch has changed so far. */
interface Progress {
  readonly index: MemberIndex;
  /** The ids of the members with a new state or a new customer. */
  readonly changed: ReadonlySet<string>;
  readonly published: ReadonlyMap<string, PublishedScores>;
  readonly stored: StoredStates;
}

function changesOf(progress: Progress, batch: readonly CustomerActed[]) {
  const { index, changed, published, stored } = progress;
  const memberOf = (memberId: string) => index.customers.get(index.customerOf.get(memberId)!)!.get(memberId)!;
  const customers = new Map<string, CustomerState>();
  for (const { customerId } of batch) {
    if (customers.has(customerId) || index.left.has(customerId)) continue;
    const members = [...index.customers.get(customerId)!.values()].map((member) =>
      changed.has(member.memberId) ? { ...member, revision: member.revision + 1 } : member,
    );
    customers.set(customerId, { members, published: published.get(customerId) ?? stored.published.get(customerId) });
  }
  return {
    members: [...changed].map(memberOf),
    published: [...published].map(([customerId, { version, elements }]) => {
      const previousVersion = stored.published.get(customerId)?.version ?? 0;
      return { customerId, previousVersion, version, elements };
    }),
    customers,
  };
}

type Members = Map<string, MemberState>;

/** The members of each customer with their states, and the customer of each member. */
interface MemberIndex {
  readonly customers: Map<string, Members>;
  readonly customerOf: Map<string, string>;
  /** The customers that a member left. */
  readonly left: Set<string>;
}

function indexMembers(stored: readonly MemberState[]): MemberIndex {
  const index: MemberIndex = { customers: new Map(), customerOf: new Map(), left: new Set() };
  for (const member of stored) {
    membersOf(index, member.customerId).set(member.memberId, member);
    index.customerOf.set(member.memberId, member.customerId);
  }
  return index;
}

function membersOf({ customers }: MemberIndex, customerId: string): Members {
  let members = customers.get(customerId);
  if (!members) customers.set(customerId, (members = new Map()));
  return members;
}

/** Assigns the acting member to its customer. `hasJoined`: it is new, or was another customer's before the two were merged; then it keeps its state. */
function assignMember(index: MemberIndex, { customerId, memberId }: CustomerActed) {
  const members = membersOf(index, customerId);
  const previous = index.customerOf.get(memberId);
  if (previous === customerId) return { members, member: members.get(memberId)!, hasJoined: false };
  const stored = previous === undefined ? undefined : index.customers.get(previous)!.get(memberId);
  const member: MemberState = { revision: 0, state: emptyState(), ...stored, memberId, customerId };
  if (previous !== undefined) {
    index.customers.get(previous)!.delete(memberId);
    index.left.add(previous);
  }
  members.set(memberId, member);
  index.customerOf.set(memberId, customerId);
  return { members, member, hasJoined: true };
}

/** Earlier than any evidence. A state that is read at this instant gives the scores at its latest evidence. */
const beforeAllEvidence = -8.64e15;

/** The customer's scores at the instant of the latest evidence; without evidence, at the instant of the activity. */
function scoresOf(model: Model, members: Members, acted: CustomerActed) {
  const scores = scoresAt(model, sumOf(model, statesOf(members)), beforeAllEvidence);
  const at = scores.at === beforeAllEvidence ? happenedAt(acted) : new Date(scores.at).toISOString();
  return { at, overall: rounded(scores.overall), elements: toElementScores(scores) };
}

function* statesOf(members: Members): Iterable<State> {
  for (const { state } of members.values()) yield state;
}
