import { isPassing } from '@sestante/postgres';
import { deadLetter, type Outcome, retry } from '../outcome.ts';
import type { Delivery } from '../stream.ts';
import type { Middleware, Step, Where } from './compose.ts';

/** SQLSTATE classes that blame the data: invalid values, broken constraints. */
const blamesTheData = /^(22|23)/;

interface Failure {
  readonly code?: unknown;
  readonly retriable?: unknown;
  readonly message?: string;
}

/**
 * Keeps one bad message from stopping the others: a batch whose handler rejects is halved until the culprit stands alone. That one
 * becomes a dead letter, at once when the error blames it, else after `tries`. Errors that pass by themselves (a server that is away)
 * never cost a message: the batch comes again.
 */
export function isolating(tries = 5): Middleware {
  return (next) => {
    const failures = new Map<string, number>();

    const alone = (delivery: Delivery, where: Where, error: Failure): Outcome => {
      const place = `${where.group}/${delivery.topic}/${delivery.partition}/${delivery.offset}`;
      const failed = (failures.get(place) ?? 0) + 1;
      const reason = error.message ?? String(error);
      if (failed < tries && !isBlamed(error)) {
        failures.set(place, failed);
        return retry(reason);
      }
      failures.delete(place);
      return deadLetter(reason);
    };

    const handle: Step = async (batch, where) => {
      try {
        return await next(batch, where);
      } catch (error) {
        if (isPassing(error) || (error as Failure).retriable === true) throw error;
        if (batch.length === 1) return [alone(batch[0]!, where, error as Failure)];
      }
      const half = Math.ceil(batch.length / 2);
      const first = await handle(batch.slice(0, half), where);
      if (first.some(({ kind }) => kind === 'retry')) return first;
      return [...first, ...(await handle(batch.slice(half), where))];
    };
    return handle;
  };
}

function isBlamed({ code, retriable }: Failure): boolean {
  return retriable === false || (typeof code === 'string' && blamesTheData.test(code));
}
