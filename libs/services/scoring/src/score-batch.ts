import { type ActivityScored, type CustomerActed, happenedAt, type ScoreChanged } from '@sestante/contracts';
import { add, emptyState, type Evidence, merge, type Model, read, scoresAt, type State } from '@sestante/engagement';
import type { StoredEvidence } from './store/evidence.ts';
import type { PublishedScores } from './store/published.ts';
import type { MemberState } from './store/states.ts';
import { changeOf, rounded, toActivity, toElementScores } from './translate.ts';

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
  readonly members: readonly MemberState[];
  readonly published: ReadonlyMap<string, PublishedScores>;
  /** One message per activity, in order; with `change` if a score changed by a noticeable amount. */
  readonly messages: readonly (ActivityScored | ScoreChanged)[];
}

/** Folds the activities of a batch into the states, in order. Does not change its arguments. */
export function scoreBatch(model: Model, stored: StoredStates, batch: readonly CustomerActed[]): ScoredBatch {
  const index = indexMembers(stored.members);
  const published = new Map<string, PublishedScores>();
  const changed = new Map<string, MemberState>();
  const evidence: StoredEvidence[] = [];
  const messages: (ActivityScored | ScoreChanged)[] = [];
  for (const acted of batch) {
    const { customerId, memberId, activityId } = acted;
    const { members, state, hasJoined } = assignMember(index, acted);
    const before = published.get(customerId) ?? stored.published.get(customerId);
    const found: Evidence = read(model, toActivity(acted));
    const isNew = !stored.versions.has(activityId) && found.signals.length > 0;
    if (isNew || hasJoined) {
      const updated = isNew ? add(model, state, found) : state;
      members.set(memberId, updated);
      changed.set(memberId, { memberId, customerId, state: updated });
    }
    const scores = scoresOf(model, members, acted);
    const { change, isNoticeable } = changeOf(before?.elements, scores.elements);
    const storedVersion = stored.versions.get(activityId);
    const hasChanged = isNew ? isNoticeable : Boolean(storedVersion);
    const version = isNew && isNoticeable ? (before?.version ?? 0) + 1 : (storedVersion ?? before?.version ?? 0);
    messages.push({ ...acted, scores: { version, ...scores }, ...(hasChanged && { change }) });
    if (!isNew) continue;
    if (isNoticeable) published.set(customerId, { version, elements: scores.elements });
    evidence.push({ ...found, memberId, version: isNoticeable ? version : null });
  }
  return { evidence, members: [...changed.values()], published, messages };
}

type Members = Map<string, State>;

/** The members of each customer with their states, and the customer of each member. */
interface MemberIndex {
  readonly customers: Map<string, Members>;
  readonly customerOf: Map<string, string>;
}

function indexMembers(stored: readonly MemberState[]): MemberIndex {
  const index: MemberIndex = { customers: new Map(), customerOf: new Map() };
  for (const { customerId, memberId, state } of stored) {
    membersOf(index, customerId).set(memberId, state);
    index.customerOf.set(memberId, customerId);
  }
  return index;
}

function membersOf({ customers }: MemberIndex, customerId: string): Members {
  const members = customers.get(customerId) ?? new Map<string, State>();
  customers.set(customerId, members);
  return members;
}

/** Assigns the acting member to its customer. `hasJoined`: it is new, or was another customer's before the two were merged; then it keeps its state. */
function assignMember(index: MemberIndex, { customerId, memberId }: CustomerActed) {
  const members = membersOf(index, customerId);
  const previous = index.customerOf.get(memberId);
  const state = index.customers.get(previous ?? '')?.get(memberId) ?? emptyState();
  if (previous === customerId) return { members, state, hasJoined: false };
  if (previous) index.customers.get(previous)?.delete(memberId);
  members.set(memberId, state);
  index.customerOf.set(memberId, customerId);
  return { members, state, hasJoined: true };
}

/** Earlier than any evidence. A state that is read at this instant gives the scores at its latest evidence. */
const beforeAllEvidence = -8.64e15;

/** The customer's scores at the instant of the latest evidence; without evidence, at the instant of the activity. */
function scoresOf(model: Model, members: Members, acted: CustomerActed): Omit<ActivityScored['scores'], 'version'> {
  const scores = scoresAt(model, stateOf(model, members.values()), beforeAllEvidence);
  const at = scores.at === beforeAllEvidence ? happenedAt(acted) : new Date(scores.at).toISOString();
  return { model: model.version, at, overall: rounded(scores.overall), elements: toElementScores(scores) };
}

/** The state of a customer: the sum of the states of its members. */
export function stateOf(model: Model, members: Iterable<State>): State {
  let sum: State | undefined;
  for (const state of members) sum = sum ? merge(model, sum, state) : state;
  return sum ?? emptyState();
}
