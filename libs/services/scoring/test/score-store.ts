import type { ActivityScored, CustomerActed, ScoreChanged } from '@sestante/contracts';
import { type Evidence, type Model, read, type Scores, scoresAt, type State } from '@sestante/engagement';
import { isMove, type ScoredBatch, scoreBatch } from '../src/score-batch.ts';
import { type PublishedChange, changesIn, dataOf, type Input } from './builders.ts';
import type { StoredActivity } from '../src/store/activities.ts';
import type { MemberState } from '../src/store/states.ts';
import { readAll } from '../src/readings.ts';
import { sumOf } from '../src/sum-of.ts';

/** The evidence of a stored activity that moves something. */
type StoredEvidence = Evidence & Pick<StoredActivity, 'memberId' | 'receivedAt' | 'version'>;

/** The tables in memory. Scores batches one after another, each with the results of the earlier ones. */
export interface ScoreStore {
  /** Scores a batch. The returned messages are those with a changed score. */
  score(...batch: Input[]): Pick<ScoredBatch, 'members'> & {
    readonly evidence: readonly StoredEvidence[];
    readonly messages: readonly PublishedChange[];
  };
  readonly evidence: ReadonlyMap<string, StoredEvidence>;
  readonly messages: readonly PublishedChange[];
  /** All messages so far: one per activity. */
  readonly allMessages: readonly (ActivityScored | ScoreChanged)[];
  /** The members of a customer. */
  membersOf(customerId: string): readonly MemberState[];
  stateOf(customerId: string): State;
  scoresOf(customerId: string, at: number): Scores;
}

export function scoreStore(model: Model): ScoreStore {
  const members = new Map<string, MemberState>();
  const evidence = new Map<string, StoredEvidence>();
  const versions = new Map<string, number | null>();
  const evidenceOf = (one: StoredActivity): StoredEvidence[] => {
    const { memberId, receivedAt, version } = one;
    const found = read(model, one);
    return found.signals.length > 0 ? [{ ...found, memberId, receivedAt, version }] : [];
  };
  const messages: PublishedChange[] = [];
  const allMessages: (ActivityScored | ScoreChanged)[] = [];
  const membersOf = (customerId: string) => [...members.values()].filter((member) => member.customerId === customerId);
  const stateOf = (customerId: string) => {
    const states = membersOf(customerId).map(({ state }) => state);
    return sumOf(model, states);
  };
  return {
    evidence,
    messages,
    allMessages,
    score(...batch) {
      const inputs = batch.map(dataOf);
      const readings = readAll(
        model,
        inputs.filter((one): one is CustomerActed => !isMove(one)),
      );
      const named = new Set(inputs.flatMap((one) => (isMove(one) ? [one.customerId, one.formerId] : one.customerId)));
      const assigned = inputs.flatMap((one) => (isMove(one) ? one.members : [one]));
      for (const { memberId } of assigned) if (members.has(memberId)) named.add(members.get(memberId)!.customerId);
      const stored = [...members.values()].filter((one) => named.has(one.customerId) || named.has(one.memberId));
      const scored = scoreBatch(model, { members: stored, versions, readings }, inputs);
      for (const one of scored.activities) {
        if (versions.has(one.activityId)) throw new Error(`The activity ${one.activityId} was written twice.`);
        versions.set(one.activityId, one.version);
      }
      const added = scored.activities.flatMap(evidenceOf);
      for (const one of added) evidence.set(one.activityId, one);
      for (const member of scored.members) {
        const stored = members.get(member.memberId)?.revision ?? 0;
        if (member.revision !== stored + 1) throw new Error(`${member.memberId} is not of revision ${stored + 1}.`);
        members.set(member.memberId, member);
      }
      const changes = changesIn(scored.messages);
      messages.push(...changes);
      allMessages.push(...scored.messages);
      return { evidence: added, members: scored.members, messages: changes };
    },
    membersOf,
    stateOf,
    scoresOf: (customerId, at) => scoresAt(model, stateOf(customerId), at),
  };
}
