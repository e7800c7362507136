import { isRetriable, reasonOf } from '@sestante/postgres';
import { deadLetter, type Outcome, retry } from '../outcome.ts';
import { noOutcome } from '../settle.ts';
import type { Delivery } from '../stream.ts';
import type { HandlerContext, Middleware, Step } from './compose.ts';

/** SQLSTATE classes of errors that the data causes: invalid values, violated constraints. */
const dataErrors = /^(22|23)/;

interface ErrorFields {
  readonly code?: unknown;
  readonly retriable?: unknown;
}

/**
 * Isolates a bad message, so that it does not block the others: a batch whose handler rejects is halved until the bad message is alone. It becomes a
 * dead letter, at once if the data causes the error, else after `tries` attempts. After a retriable error (an unavailable server), the batch is
 * redelivered and no message is lost.
 */
export function isolating(tries = 5): Middleware {
  return (next) => {
    const failures = new Map<string, number>();

    const forget = (batch: readonly Delivery[], context: HandlerContext) => {
      if (failures.size > 0) for (const delivery of batch) failures.delete(positionKey(delivery, context));
    };
    const alone = (delivery: Delivery, context: HandlerContext, error: unknown): Outcome => {
      const position = positionKey(delivery, context);
      const failed = (failures.get(position) ?? 0) + 1;
      const reason = reasonOf(error);
      if (failed < tries && !isDataError(fieldsOf(error))) {
        failures.set(position, failed);
        return retry(reason);
      }
      failures.delete(position);
      return deadLetter(reason);
    };

    const handle: Step = async (batch, context) => {
      try {
        const outcomes = await next(batch, context);
        forget(batch, context);
        return outcomes;
      } catch (error) {
        if (isRetriable(error)) throw error;
        if (batch.length === 1) return [alone(batch[0]!, context, error)];
      }
      const half = Math.ceil(batch.length / 2);
      const outcomesOfFirst = await handle(batch.slice(0, half), context);
      const first = batch.slice(0, half).map((_, index) => outcomesOfFirst[index] ?? noOutcome);
      const rest = batch.slice(half);
      const held = new Set(
        batch.filter((_, index) => first[index]?.kind === 'retry').map(({ partition }) => partition),
      );
      const free = rest.filter(({ partition }) => !held.has(partition));
      const outcomes = free.length > 0 ? await handle(free, context) : [];
      let handled = 0;
      return [...first, ...rest.map(({ partition }) => (held.has(partition) ? waiting : outcomes[handled++]!))];
    };
    return handle;
  };
}

/** The outcome of messages after one that is retried in the same partition. */
const waiting = retry('an earlier message of the partition is retried');

const positionKey = ({ topic, partition, offset }: Delivery, { group }: HandlerContext) =>
  `${group}/${topic}/${partition}/${offset}`;

/** Any value may be thrown, even undefined. */
const fieldsOf = (error: unknown): ErrorFields => error ?? {};

function isDataError({ code, retriable }: ErrorFields): boolean {
  return retriable === false || (typeof code === 'string' && dataErrors.test(code));
}
