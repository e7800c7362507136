import { type ActivityScored, type CustomerActed, happenedAt, type ScoreChanged } from '@sestante/contracts';
import { add, type Evidence, type Model, read, scoresAt, type State } from '@sestante/engagement';
import { assignMember, draftOf, indexMembers, lastPublished, type MemberIndex, setPublished } from './member-index.ts';
import type { StoredEvidence } from './store/evidence.ts';
import type { MemberState, PublishedScores } from './store/states.ts';
import { sumOf } from './sum-of.ts';
import { changeOf, rounded, toActivity, toElementScores, toPublished } from './translate.ts';

/** The stored data of a batch's customers, before the batch. */
export interface StoredStates {
  readonly members: readonly MemberState[];
  /** The activities that have evidence already, by id, with the version of the scores that each led to. */
  readonly versions: ReadonlyMap<string, number | null>;
}

/** The changes of a batch, and its messages. */
export interface ScoredBatch {
  readonly evidence: readonly StoredEvidence[];
  /** The changed members, each with its next revision: one more than the stored one. */
  readonly members: readonly MemberState[];
  /** One message per activity, in order; with `change` if a score changed by a noticeable amount. */
  readonly messages: readonly (ActivityScored | ScoreChanged)[];
  /** The members of the batch's customers as they are stored after these changes, without the customers that a member left. */
  readonly customers: ReadonlyMap<string, readonly MemberState[]>;
  /** The customers that a member left for another one, with the scores that were last published before. */
  readonly left: ReadonlyMap<string, PublishedScores>;
}

/** Folds the activities of a batch into the states, in order. Does not change its arguments. */
export function scoreBatch(model: Model, stored: StoredStates, batch: readonly CustomerActed[]): ScoredBatch {
  const index = indexMembers(stored.members);
  const evidence: StoredEvidence[] = [];
  const messages: (ActivityScored | ScoreChanged)[] = [];
  for (const acted of batch) {
    const { customerId, memberId, activityId } = acted;
    const member = assignMember(index, acted);
    const last = lastPublished(index, customerId);
    const found: Evidence = read(model, toActivity(acted));
    const storedVersion = stored.versions.get(activityId);
    const isNew = found.signals.length > 0 && storedVersion === undefined;
    const draft = isNew ? draftOf(index, member) : undefined;
    if (draft) draft.state = add(model, draft.state, found);
    const scores = scoresOf(model, index, acted);
    const { change, isNoticeable } = changeOf(last.published, scores.elements);
    const hasChanged = isNew ? isNoticeable : Boolean(storedVersion);
    const version = isNew && isNoticeable ? last.version + 1 : (storedVersion ?? last.version);
    const { at, overall, elements } = scores;
    const told = { version, model: model.version, at, overall, elements };
    messages.push(hasChanged ? { ...acted, scores: told, change } : { ...acted, scores: told });
    if (!draft) continue;
    if (isNoticeable) setPublished(draft, { version, published: toPublished(elements) });
    evidence.push({
      ...found,
      memberId,
      receivedAt: Date.parse(acted.receivedAt),
      version: isNoticeable ? version : null,
    });
  }
  const { changed, left } = index;
  return { evidence, members: [...changed.values()], messages, customers: customersAfter(index, batch), left };
}

function customersAfter({ customers, left }: MemberIndex, batch: readonly CustomerActed[]) {
  const after = new Map<string, readonly MemberState[]>();
  for (const { customerId } of batch)
    if (!after.has(customerId) && !left.has(customerId))
      after.set(customerId, [...customers.get(customerId)!.values()]);
  return after;
}

/** Earlier than any evidence. A state that is read at this instant gives the scores at its latest evidence. */
const beforeAllEvidence = -8.64e15;

/** The customer's scores at the instant of the latest evidence; without evidence, at the instant of the activity. */
function scoresOf(model: Model, index: MemberIndex, acted: CustomerActed) {
  const scores = scoresAt(model, sumOf(model, statesOf(index, acted.customerId)), beforeAllEvidence);
  const at = scores.at === beforeAllEvidence ? happenedAt(acted) : new Date(scores.at).toISOString();
  return { at, overall: rounded(scores.overall), elements: toElementScores(scores) };
}

function* statesOf({ customers }: MemberIndex, customerId: string): Iterable<State> {
  for (const { state } of customers.get(customerId)!.values()) yield state;
}
