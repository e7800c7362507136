import {
  addAll,
  type Closed,
  type Evidence,
  heldBy,
  holdersOf,
  mattersOf,
  type Model,
  read,
  settle,
  type State,
} from '@sestante/engagement';
import type { KeptActivity } from './store/member-activities.ts';
import type { MatterRow } from './store/matters.ts';

/** All that is stored about the experience of a member. */
export interface MemberHistory {
  readonly memberId: string;
  /** The kept activities, in any order. */
  readonly kept: readonly KeptActivity[];
  /** The state of those that are no longer kept. */
  readonly base: State | undefined;
}

/** A member as a model reads its history. */
export interface FoldedMember {
  readonly memberId: string;
  readonly state: State;
  readonly told: readonly Told[];
}

interface Told extends KeptActivity {
  readonly evidence: Evidence;
}

/**
 * The members of one customer as a model reads their histories. What several of them tell about one matter counts for one of them.
 *
 * @param closed the matters that activities hold which are no longer kept
 */
export function foldCustomer(model: Model, members: readonly MemberHistory[], closed?: Closed): FoldedMember[] {
  const told = members.map(({ kept }) => kept.map((one): Told => ({ ...one, evidence: read(model, one.activity) })));
  const settled = settle(
    model,
    told.flat().map(({ evidence }) => evidence),
    closed,
  );
  let start = 0;
  return members.map(({ memberId, base }, index) => {
    const own = told[index]!;
    const counted = settled.slice(start, (start += own.length));
    return { memberId, state: addAll(model, counted, base), told: own };
  });
}

/** Under which matters the activities of a customer must be found again: those that they hold among all of its members, or among their own one alone. */
export function mattersHeld(model: Model, members: readonly FoldedMember[]): MatterRow[] {
  const telling = members
    .map(({ memberId, told }) => ({ memberId, told: told.filter(({ evidence }) => mattersOf(evidence).length > 0) }))
    .filter(({ told }) => told.length > 0);
  if (telling.length === 0) return [];
  const ofAll = holdersIn(
    model,
    telling.flatMap(({ told }) => told),
  );
  return telling.flatMap(({ memberId, told }) => {
    const ofOne = telling.length === 1 ? ofAll : holdersIn(model, told);
    return told.flatMap(({ activity: { activityId, at }, receivedAt, evidence }) => {
      const keys = new Set([...heldBy(ofAll, evidence), ...heldBy(ofOne, evidence)]);
      return [...keys].map((key) => ({ memberId, key, activityId, at, receivedAt }));
    });
  });
}

const holdersIn = (model: Model, told: readonly Told[]) =>
  holdersOf(
    model,
    told.map(({ evidence }) => evidence),
  );
