import { toDeadLetter } from './dead-letter.ts';
import { type Outcome, retry } from './outcome.ts';
import type { DeadLetter, Delivery } from './stream.ts';

/** What an adapter does after a batch: it stores the dead letters, commits up to `next`, and pauses if there is a message to retry. */
export interface Settlement {
  /** The offset to commit: the first one that is not settled. */
  readonly next: number;
  readonly deadLetters: readonly DeadLetter[];
  /** The reason to pause at `next`; undefined if the whole batch is settled. */
  readonly retry: string | undefined;
}

/** The outcome of a message for which the handler returned none. */
export const noOutcome = retry('the handler returned no outcome');

/** Reads the outcomes of a batch of one partition up to the first `retry`. A missing outcome counts as a retry. */
export function settle(
  group: string,
  batch: readonly Delivery[],
  outcomes: readonly (Outcome | undefined)[],
): Settlement {
  const deadLetters: DeadLetter[] = [];
  for (const [index, delivery] of batch.entries()) {
    const outcome = outcomes[index] ?? noOutcome;
    if (outcome.kind === 'retry') return { next: delivery.offset, deadLetters, retry: outcome.reason };
    if (outcome.kind === 'deadLetter') deadLetters.push(toDeadLetter(delivery, group, outcome.reason));
  }
  return { next: batch.at(-1)!.offset + 1, deadLetters, retry: undefined };
}
