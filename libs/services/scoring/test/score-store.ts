import type { ActivityScored, ScoreChanged } from '@sestante/contracts';
import type { Model, Scores, State } from '@sestante/engagement';
import { scoresAt } from '@sestante/engagement';
import { isMove, type ScoredBatch, scoreBatch } from '../src/score-batch.ts';
import { type PublishedChange, changesIn, dataOf, type Input } from './builders.ts';
import type { StoredEvidence } from '../src/store/evidence.ts';
import type { MemberState } from '../src/store/states.ts';
import { sumOf } from '../src/sum-of.ts';

/** The tables in memory. Scores batches one after another, each with the results of the earlier ones. */
export interface ScoreStore {
  /** Scores a batch. The returned messages are those with a changed score. */
  score(...batch: Input[]): Pick<ScoredBatch, 'evidence' | 'members'> & {
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
      const named = new Set(inputs.flatMap((one) => (isMove(one) ? [one.customerId, one.formerId] : one.customerId)));
      const assigned = inputs.flatMap((one) => (isMove(one) ? one.members : [one]));
      for (const { memberId } of assigned) if (members.has(memberId)) named.add(members.get(memberId)!.customerId);
      const stored = [...members.values()].filter((one) => named.has(one.customerId) || named.has(one.memberId));
      const versions = new Map([...evidence.values()].map(({ activityId, version }) => [activityId, version]));
      const scored = scoreBatch(model, { members: stored, versions }, inputs);
      for (const one of scored.evidence) {
        if (evidence.has(one.activityId)) throw new Error(`The evidence of ${one.activityId} was written twice.`);
        evidence.set(one.activityId, one);
      }
      for (const member of scored.members) {
        const stored = members.get(member.memberId)?.revision ?? 0;
        if (member.revision !== stored + 1) throw new Error(`${member.memberId} is not of revision ${stored + 1}.`);
        members.set(member.memberId, member);
      }
      const changes = changesIn(scored.messages);
      messages.push(...changes);
      allMessages.push(...scored.messages);
      return { evidence: scored.evidence, members: scored.members, messages: changes };
    },
    membersOf,
    stateOf,
    scoresOf: (customerId, at) => scoresAt(model, stateOf(customerId), at),
  };
}
