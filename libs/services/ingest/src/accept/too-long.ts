import { Problem } from '@sestante/runtime';
import { mostEventsOfBatch } from '../judge/limits.ts';

/** Throws 413 for more events than one request may hold. */
export function assertNotTooLong(events: readonly unknown[]): void {
  if (events.length > mostEventsOfBatch)
    throw new Problem(413, 'batch-too-long', `A batch has at most ${mostEventsOfBatch} events.`);
}
