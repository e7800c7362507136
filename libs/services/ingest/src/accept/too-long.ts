import { Problem } from '@sestante/runtime';
import { mostEventsOfBatch } from '../judge/limits.ts';

/** Throws 413 if there are more events than one request may contain. */
export function assertNotTooLong(events: readonly unknown[]): void {
  if (events.length > mostEventsOfBatch)
    throw new Problem(
      413,
      'batch-too-long',
      `A batch may have at most ${mostEventsOfBatch} events. Send several batches.`,
    );
}
