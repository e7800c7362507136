import { isRetriable, reasonOf } from '@sestante/postgres';
import { deadLetter, type Outcome, retry } from '../outcome.ts';
import { noOutcome } from '../settle.ts';
import type { Delivery } from '../stream.ts';
import type { Middleware, Step, Where } from './compose.ts';

/** SQLSTATE classes that blame the data: invalid values, broken constraints. */
const blamesTheData = /^(22|23)/;

interface Facts {
  readonly code?: unknown;
  readonly retriable?: unknown;
}

/**
 * Keeps one bad message from stopping the others: a batch whose handler rejects is halved until the culprit stands alone. That one
 * becomes a dead letter, at once when the error blames it, else after `tries`. Retriable errors (a server that is away)
 * never cost a message: the batch comes again.
 */
export function isolating(tries = 5): Middleware {
  return (next) => {
    const failures = new Map<string, number>();

    const forget = (batch: readonly Delivery[], where: Where) => {
      if (failures.size > 0) for (const delivery of batch) failures.delete(placeOf(delivery, where));
    };
    const alone = (delivery: Delivery, where: Where, error: unknown): Outcome => {
      const place = placeOf(delivery, where);
      const failed = (failures.get(place) ?? 0) + 1;
      const reason = reasonOf(error);
      if (failed < tries && !isBlamed(factsOf(error))) {
        failures.set(place, failed);
        return retry(reason);
      }
      failures.delete(place);
      return deadLetter(reason);
    };

    const handle: Step = async (batch, where) => {
      try {
        const outcomes = await next(batch, where);
        forget(batch, where);
        return outcomes;
      } catch (error) {
        if (isRetriable(error)) throw error;
        if (batch.length === 1) return [alone(batch[0]!, where, error)];
      }
      const half = Math.ceil(batch.length / 2);
      const outcomesOfFirst = await handle(batch.slice(0, half), where);
      const first = batch.slice(0, half).map((_, index) => outcomesOfFirst[index] ?? noOutcome);
      const rest = batch.slice(half);
      const held = new Set(
        batch.filter((_, index) => first[index]?.kind === 'retry').map(({ partition }) => partition),
      );
      const free = rest.filter(({ partition }) => !held.has(partition));
      const outcomes = free.length > 0 ? await handle(free, where) : [];
      let handled = 0;
      return [...first, ...rest.map(({ partition }) => (held.has(partition) ? waiting : outcomes[handled++]!))];
    };
    return handle;
  };
}

/** What stands behind a message of its partition that must come again. */
const waiting = retry('a message before it must come again');

const placeOf = ({ topic, partition, offset }: Delivery, { group }: Where) =>
  `${group}/${topic}/${partition}/${offset}`;

/** Anything may be thrown, even nothing. */
const factsOf = (error: unknown): Facts => error ?? {};

function isBlamed({ code, retriable }: Facts): boolean {
  return retriable === false || (typeof code === 'string' && blamesTheData.test(code));
}
