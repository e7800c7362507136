import { idReused } from '@sestante/contracts';
import type { Verdict } from '../judge/judge.ts';
import type { Unpublished } from './publish-activities.ts';

/** Rejects an event whose id was used for another event. */
export function rejectReusedId(verdict: Verdict, { reused }: Unpublished): Verdict {
  if (verdict.kind === 'rejected' || !reused.has(verdict.activity)) return verdict;
  return { kind: 'rejected', rejection: { ...idReused, messageId: verdict.activity.messageId } };
}
