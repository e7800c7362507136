import type { ActivityScored, CustomerActed, ScoreChanged } from '@sestante/contracts';
import type { Model, Scores, State } from '@sestante/engagement';
import { scoresAt } from '@sestante/engagement';
import { type ScoredBatch, scoreBatch } from '../src/score-batch.ts';
import { type PublishedChange, changesIn } from './builders.ts';
import type { StoredEvidence } from '../src/store/evidence.ts';
import type { MemberState } from '../src/store/states.ts';
import { sumOf } from '../src/sum-of.ts';

/** The tables in memory. Scores batches one after another, each with the results of the earlier ones. */
export interface ScoreStore {
  /** Scores a batch. The returned messages are those with a changed score. */
  score(...batch: CustomerActed[]): Pick<ScoredBatch, 'evidence' | 'members'> & {
    readonly messages: readonly PublishedChange[];
  };
  readonly evidence: ReadonlyMap<string, StoredEvidence>;
  readonly messages: readonly PublishedChange[];
  /** All messages so far: one per activity. */
  readonly allMessages: readonly (ActivityScored | ScoreChanged)[];
  stateOf(customerId: string): State;
  scoresOf(customerId: string, at: number): Scores;
}

export function scoreStore(model: Model): ScoreStore {
  const members = new Map<string, MemberState>();
  const evidence = new Map<string, StoredEvidence>();
  const messages: PublishedChange[] = [];
  const allMessages: (ActivityScored | ScoreChanged)[] = [];
  const stateOfCustomer = (customerId: string) => {
    const own = [...members.values()].filter((member) => member.customerId === customerId);
    return sumOf(
      model,
      own.map(({ state }) => state),
    );
  };
  return {
    evidence,
    messages,
    allMessages,
    score(...batch) {
      const customers = new Set(batch.map(({ customerId }) => customerId));
      const acting = new Set(batch.map(({ memberId }) => memberId));
      const stored = [...members.values()].filter((one) => customers.has(one.customerId) || acting.has(one.memberId));
      const versions = new Map(
        batch.flatMap(({ activityId }) => {
          const found = evidence.get(activityId);
          return found ? [[activityId, found.version] as const] : [];
        }),
      );
      const scored = scoreBatch(model, { members: stored, versions }, batch);
      for (const one of scored.evidence) {
        if (evidence.has(one.activityId)) throw new Error(`The evidence of ${one.activityId} was written twice.`);
        evidence.set(one.activityId, one);
      }
      for (const member of scored.members) {
        const stored = members.get(member.memberId)?.revision ?? 0;
        if (member.revision !== stored + 1) throw new Error(`${member.memberId} is not of revision ${stored + 1}.`);
        members.set(member.memberId, member);
      }
      for (const member of members.values()) {
        const last = scored.left.get(member.customerId);
        if (!last) continue;
        const isBehind = member.version < last.version;
        members.set(member.memberId, { ...member, ...(isBehind ? last : {}), revision: member.revision + 1 });
      }
      const changes = changesIn(scored.messages);
      messages.push(...changes);
      allMessages.push(...scored.messages);
      return { evidence: scored.evidence, members: scored.members, messages: changes };
    },
    stateOf: stateOfCustomer,
    scoresOf: (customerId, at) => scoresAt(model, stateOfCustomer(customerId), at),
  };
}
