import type { Verdict } from '../judge/judge.ts';
import type { Unpublished } from './publish-activities.ts';

/** Why an event is kept among the rejected whose message id is that of another one. */
export const idReused = {
  code: 'id-reused',
  reason: 'another event was sent under this message id: send this one under an id of its own',
};

/** An event under a used id is none that can be used. */
export function unlessReused(verdict: Verdict, { reused }: Unpublished): Verdict {
  if (verdict.kind === 'rejected' || !reused.has(verdict.activity)) return verdict;
  return { kind: 'rejected', rejection: { ...idReused, messageId: verdict.activity.messageId } };
}
