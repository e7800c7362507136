import { type ActivityScored, type CustomerActed, happenedAt, type ScoreChanged } from '@sestante/contracts';
import { add, emptyState, type Evidence, merge, type Model, read, scoresAt, type State } from '@sestante/engagement';
import type { KeptEvidence } from './store/evidence.ts';
import type { Published } from './store/published.ts';
import type { MemberState } from './store/states.ts';
import { changeOf, rounded, toActivity, toShown } from './translate.ts';

/** What is stored of the customers of a batch before it. */
export interface Known {
  readonly members: readonly MemberState[];
  readonly published: ReadonlyMap<string, Published>;
  /** The activities that have evidence already, with the version that each led to. */
  readonly versions: ReadonlyMap<string, number | null>;
}

/** What a batch changes, and what it says. */
export interface ScoredBatch {
  readonly evidence: readonly KeptEvidence[];
  readonly members: readonly MemberState[];
  readonly published: ReadonlyMap<string, Published>;
  /** One for each activity, in order: with `change` where a score moved noticeably. */
  readonly messages: readonly (ActivityScored | ScoreChanged)[];
}

/** Folds the activities of a batch into the states, in order. Pure but for the maps that it builds. */
export function scoreBatch(model: Model, known: Known, batch: readonly CustomerActed[]): ScoredBatch {
  const book = openBook(known.members);
  const published = new Map<string, Published>();
  const changed = new Map<string, MemberState>();
  const evidence: KeptEvidence[] = [];
  const messages: (ActivityScored | ScoreChanged)[] = [];
  for (const acted of batch) {
    const { customerId, memberId, activityId } = acted;
    const { members, state, hasCome } = bringIn(book, acted);
    const before = published.get(customerId) ?? known.published.get(customerId);
    const found: Evidence = read(model, toActivity(acted));
    const isNew = !known.versions.has(activityId) && found.signals.length > 0;
    if (isNew || hasCome) {
      const grown = isNew ? add(model, state, found) : state;
      members.set(memberId, grown);
      changed.set(memberId, { memberId, customerId, state: grown });
    }
    const scores = scoresOf(model, members, acted);
    const { change, isNoticeable } = changeOf(before?.elements, scores.elements);
    const versionThen = known.versions.get(activityId);
    const hasMoved = isNew ? isNoticeable : Boolean(versionThen);
    const version = isNew && isNoticeable ? (before?.version ?? 0) + 1 : (versionThen ?? before?.version ?? 0);
    messages.push({ ...acted, scores: { version, ...scores }, ...(hasMoved && { change }) });
    if (!isNew) continue;
    if (isNoticeable) published.set(customerId, { version, elements: scores.elements });
    evidence.push({ ...found, memberId, version: isNoticeable ? version : null });
  }
  return { evidence, members: [...changed.values()], published, messages };
}

type Members = Map<string, State>;

/** The members of each customer with their states, and the customer of each member. */
interface Book {
  readonly customers: Map<string, Members>;
  readonly customerOf: Map<string, string>;
}

function openBook(known: readonly MemberState[]): Book {
  const book: Book = { customers: new Map(), customerOf: new Map() };
  for (const { customerId, memberId, state } of known) {
    membersOf(book, customerId).set(memberId, state);
    book.customerOf.set(memberId, customerId);
  }
  return book;
}

function membersOf({ customers }: Book, customerId: string): Members {
  const known = customers.get(customerId) ?? new Map<string, State>();
  customers.set(customerId, known);
  return known;
}

/** The member who acts, among those of its customer. It may be new, or come from another customer with its state: the two were merged. */
function bringIn(book: Book, { customerId, memberId }: CustomerActed) {
  const members = membersOf(book, customerId);
  const from = book.customerOf.get(memberId);
  const state = book.customers.get(from ?? '')?.get(memberId) ?? emptyState();
  if (from === customerId) return { members, state, hasCome: false };
  if (from) book.customers.get(from)?.delete(memberId);
  members.set(memberId, state);
  book.customerOf.set(memberId, customerId);
  return { members, state, hasCome: true };
}

/** Before any evidence: read at this instant, a state answers for its latest evidence. */
const longAgo = -8.64e15;

/** The customer's scores right after the latest evidence; without any, when the customer acted. */
function scoresOf(model: Model, members: Members, acted: CustomerActed): Omit<ActivityScored['scores'], 'version'> {
  const scores = scoresAt(model, stateOf(model, members.values()), longAgo);
  const at = scores.at === longAgo ? happenedAt(acted) : new Date(scores.at).toISOString();
  return { model: model.version, at, overall: rounded(scores.overall), elements: toShown(scores) };
}

/** A customer is the sum of its members. */
export function stateOf(model: Model, members: Iterable<State>): State {
  let sum: State | undefined;
  for (const state of members) sum = sum ? merge(model, sum, state) : state;
  return sum ?? emptyState();
}
