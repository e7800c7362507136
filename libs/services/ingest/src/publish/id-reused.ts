import { idReused } from '@sestante/contracts';
import type { Verdict } from '../judge/judge.ts';
import type { Unpublished } from './publish-activities.ts';

/** An event under a used id is none that can be used. */
export function unlessReused(verdict: Verdict, { reused }: Unpublished): Verdict {
  if (verdict.kind === 'rejected' || !reused.has(verdict.activity)) return verdict;
  return { kind: 'rejected', rejection: { ...idReused, messageId: verdict.activity.messageId } };
}
