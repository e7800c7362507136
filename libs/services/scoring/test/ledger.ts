import type { ActivityScored, CustomerActed, ScoreChanged } from '@sestante/contracts';
import type { Model, Scores, State } from '@sestante/engagement';
import { scoresAt } from '@sestante/engagement';
import { type ScoredBatch, scoreBatch, stateOf } from '../src/score-batch.ts';
import { type Moved, movesIn } from './builders.ts';
import type { KeptEvidence } from '../src/store/evidence.ts';
import type { Published } from '../src/store/published.ts';
import type { MemberState } from '../src/store/states.ts';

/** What the tables hold, in memory: batches are scored one after another, each on what those before it left. */
export interface Ledger {
  /** Its messages are those that say that a score moved. */
  score(...batch: CustomerActed[]): Omit<ScoredBatch, 'messages'> & { readonly messages: readonly Moved[] };
  readonly evidence: ReadonlyMap<string, KeptEvidence>;
  readonly messages: readonly Moved[];
  /** All messages so far: one for each activity. */
  readonly passedOn: readonly (ActivityScored | ScoreChanged)[];
  stateOf(customerId: string): State;
  scoresOf(customerId: string, at: number): Scores;
}

export function ledger(model: Model): Ledger {
  const members = new Map<string, MemberState>();
  const evidence = new Map<string, KeptEvidence>();
  const published = new Map<string, Published>();
  const messages: Moved[] = [];
  const passedOn: (ActivityScored | ScoreChanged)[] = [];
  const stateOfCustomer = (customerId: string) => {
    const own = [...members.values()].filter((member) => member.customerId === customerId);
    return stateOf(
      model,
      own.map(({ state }) => state),
    );
  };
  return {
    evidence,
    messages,
    passedOn,
    score(...batch) {
      const customers = new Set(batch.map(({ customerId }) => customerId));
      const acting = new Set(batch.map(({ memberId }) => memberId));
      const known = [...members.values()].filter((one) => customers.has(one.customerId) || acting.has(one.memberId));
      const versions = new Map(
        batch.flatMap(({ activityId }) => {
          const kept = evidence.get(activityId);
          return kept ? [[activityId, kept.version] as const] : [];
        }),
      );
      const scored = scoreBatch(model, { members: known, versions, published }, batch);
      for (const one of scored.evidence) {
        if (evidence.has(one.activityId)) throw new Error(`The evidence of ${one.activityId} was written twice.`);
        evidence.set(one.activityId, one);
      }
      for (const member of scored.members) members.set(member.memberId, member);
      for (const [customerId, one] of scored.published) published.set(customerId, one);
      const moves = movesIn(scored.messages);
      messages.push(...moves);
      passedOn.push(...scored.messages);
      return { ...scored, messages: moves };
    },
    stateOf: stateOfCustomer,
    scoresOf: (customerId, at) => scoresAt(model, stateOfCustomer(customerId), at),
  };
}
