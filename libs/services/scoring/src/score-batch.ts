import { type ActivityScored, type CustomerActed, happenedAt, type Move, type ScoreChanged } from '@sestante/contracts';
import { isEvidence, type Model, scoresAt } from '@sestante/engagement';
import { countEvidence, regroupMembers } from './count-evidence.ts';
import { latestOf } from './held-matters.ts';
import {
  assignMember,
  draftOf,
  indexMembers,
  lastPublished,
  type MemberIndex,
  membersOf,
  moveMembers,
  reviseCustomer,
  setPublished,
} from './member-index.ts';
import type { Readings } from './readings.ts';
import type { StoredActivity } from './store/activities.ts';
import type { MatterRow } from './store/matters.ts';
import type { MemberState } from './store/states.ts';
import { sumOf } from './sum-of.ts';
import { changeOf, rounded, toElementScores, toPublished } from './translate.ts';

export const isMove = (input: CustomerActed | Move): input is Move => 'formerId' in input;

/** The stored data of a batch's customers, before the batch. */
export interface StoredStates {
  /** All members of all customers of the batch: those that its messages name, and those to which members of its messages belong. */
  readonly members: readonly MemberState[];
  /** The activities that are stored already, by id, with the version of the scores that each led to. */
  readonly versions: ReadonlyMap<string, number | null>;
  /** What the model reads in the activities of the batch. */
  readonly readings: Readings;
  /** See `LiveModel`. */
  readonly isReadByOthers?: (name: string) => boolean;
}

/** The changes of a batch, and its messages. */
export interface ScoredBatch {
  /** All that were not stored yet, also those that move nothing. */
  readonly activities: readonly StoredActivity[];
  /** The new activities that hold matters. */
  readonly matters: readonly MatterRow[];
  /** The changed members, each with its next revision: one more than the stored one. */
  readonly members: readonly MemberState[];
  /** The activities that were published before their member was moved: they may be repeats. */
  readonly late: ReadonlySet<string>;
  /** One message per activity, in order; with `change` if a score changed by a noticeable amount. */
  readonly messages: readonly (ActivityScored | ScoreChanged)[];
  /** The members, as they are stored after these changes, of the customers whose own messages are in the batch. */
  readonly customers: ReadonlyMap<string, readonly MemberState[]>;
}

/** Assigns members to customers, and folds the activities into their states, in order. Does not change its arguments. */
export function scoreBatch(model: Model, stored: StoredStates, batch: readonly (CustomerActed | Move)[]): ScoredBatch {
  const index = indexMembers(stored.members);
  const activities: StoredActivity[] = [];
  const matters: MatterRow[] = [];
  const messages: (ActivityScored | ScoreChanged)[] = [];
  const own = new Set<string>();
  const late = new Set<string>();
  for (const input of batch) {
    if (isMove(input)) {
      const customerIds = [input.customerId, input.formerId, ...customersOf(index, input.members)];
      regroupMembers(model, index, { customerIds, move: () => moveMembers(index, input) });
      continue;
    }
    const scored = scoreActivity(model, index, { acted: input, stored });
    messages.push(scored.message);
    if (scored.activity) activities.push(scored.activity);
    if (scored.matters) matters.push(...scored.matters);
    if (scored.message.moves > input.moves) late.add(input.activityId);
    if (scored.message.customerId === input.customerId) own.add(input.customerId);
  }
  for (const draft of index.changed.values()) draft.matters = latestOf(draft.matters);
  const customers = new Map([...own].map((customerId) => [customerId, membersOf(index, customerId).map(remembering)]));
  return { activities, matters, members: [...index.changed.values()], messages, customers, late };
}

/**
 * Adds an activity to its member, if it is not stored yet. The activity of a member that was moved since counts for its present customer, but
 * has no version: see the migrations. The one that it may have led to before was one of its former customer.
 */
function scoreActivity(
  model: Model,
  index: MemberIndex,
  { acted, stored }: { acted: CustomerActed; stored: StoredStates },
): { message: ActivityScored | ScoreChanged; activity?: StoredActivity; matters?: readonly MatterRow[] } {
  const member = assignTo(model, index, acted);
  const { customerId, moves } = member;
  const isLate = customerId !== acted.customerId;
  const last = lastPublished(index, customerId);
  const { activity, evidence, keys } = stored.readings.get(acted.activityId)!;
  const storedVersion = stored.versions.get(acted.activityId);
  const isNew = storedVersion === undefined;
  const draft = isNew && isEvidence(evidence) ? draftOf(index, member) : undefined;
  const holds = draft ? countEvidence(model, index, { draft, evidence, keys }) : [];
  if (isNew && isLate) reviseCustomer(index, customerId);
  else if (isNew && !draft && stored.isReadByOthers?.(acted.name)) draftOf(index, member);
  const { at, overall, elements } = scoresOf(model, membersOf(index, customerId), acted);
  const { change, isNoticeable } = changeOf(last.published, elements);
  const isPublished = draft !== undefined && isNoticeable && !isLate;
  const earlier = isLate ? undefined : storedVersion;
  const version = isPublished ? last.version + 1 : (earlier ?? last.version);
  const scores = { version, model: model.version, at, overall, elements };
  const hasChanged = isPublished || Boolean(earlier);
  const told = isLate ? { ...acted, customerId, moves } : acted;
  // Two literals, not a conditional spread: JSON.stringify takes longer for objects of an irregular shape.
  const message = hasChanged ? { ...told, scores, change } : { ...told, scores };
  if (isPublished) setPublished(draft, { version, published: toPublished(elements) });
  if (!isNew) return { message };
  const { memberId, receivedAt } = acted;
  const kept = { ...activity, memberId, receivedAt: Date.parse(receivedAt), version: isPublished ? version : null };
  const { activityId, at: happened } = activity;
  const held = holds.map((key) => ({ memberId, key, activityId, at: happened, receivedAt: kept.receivedAt }));
  return { message, activity: kept, matters: held };
}

/** Assigns the member of an activity. It may be the first message that tells of a move of it. */
function assignTo(model: Model, index: MemberIndex, acted: CustomerActed): MemberState {
  const known = index.byId.get(acted.memberId);
  if (!known || known.moves >= acted.moves || known.customerId === acted.customerId) return assignMember(index, acted);
  const customerIds = [acted.customerId, known.customerId];
  regroupMembers(model, index, { customerIds, move: () => assignMember(index, acted) });
  return index.byId.get(acted.memberId)!;
}

/** The customers to whom members belong so far. */
function customersOf({ byId }: MemberIndex, members: Move['members']): string[] {
  return members.flatMap(({ memberId }) => byId.get(memberId)?.customerId ?? []);
}

/** A member as it is kept in memory between batches. */
function remembering(member: MemberState): MemberState {
  const matters = latestOf(member.matters);
  return matters === member.matters ? member : { ...member, matters };
}

/** Earlier than any evidence. A state that is read at this instant gives the scores at its latest evidence. */
const beforeAllEvidence = -8.64e15;

/** The customer's scores at the instant of the latest evidence; without evidence, at the instant of the activity. */
function scoresOf(model: Model, members: readonly MemberState[], acted: CustomerActed) {
  const states = members.map(({ state }) => state);
  const scores = scoresAt(model, sumOf(model, states), beforeAllEvidence);
  const at = scores.at === beforeAllEvidence ? happenedAt(acted) : new Date(scores.at).toISOString();
  return { at, overall: rounded(scores.overall), elements: toElementScores(scores) };
}
