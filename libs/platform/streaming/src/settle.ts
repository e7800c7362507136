import { toDeadLetter } from './dead-letter.ts';
import { type Outcome, retry } from './outcome.ts';
import type { DeadLetter, Delivery } from './stream.ts';

/** What an adapter has to do after a batch: keep the dead letters, commit up to `next`, and pause if there is something to retry. */
export interface Settlement {
  /** The first offset that is not settled. */
  readonly next: number;
  readonly deadLetters: readonly DeadLetter[];
  /** Why delivery has to pause at `next`; undefined when the whole batch is settled. */
  readonly retry: string | undefined;
}

/** Nobody said that the message was handled. */
export const noOutcome = retry('the handler gave no outcome');

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
