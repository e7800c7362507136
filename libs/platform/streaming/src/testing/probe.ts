import { done, type Outcome } from '../outcome.ts';
import type { Delivery, Handler } from '../stream.ts';

const timeoutMs = 15_000;

/** A handler that records its deliveries. */
export interface Probe {
  readonly handler: Handler;
  readonly batches: readonly (readonly Delivery[])[];
  /** All deliveries in order of arrival. */
  readonly deliveries: readonly Delivery[];
  readonly values: readonly string[];
  /** Resolves as soon as the predicate is true. Rejects after 15 s with the deliveries so far. */
  until(isComplete: (deliveries: readonly Delivery[]) => boolean): Promise<void>;
  /** Resolves as soon as `count` deliveries have arrived. */
  untilCount(count: number): Promise<void>;
}

/** Records each batch, then returns the outcomes of `answer`. */
export function collect(answer: Handler = allDone): Probe {
  const batches: (readonly Delivery[])[] = [];
  const deliveries: Delivery[] = [];
  const waiting = new Set<() => void>();

  const handler: Handler = async (batch) => {
    batches.push(batch);
    deliveries.push(...batch);
    for (const check of waiting) check();
    return answer(batch);
  };

  const until: Probe['until'] = (isComplete) =>
    new Promise((resolve, reject) => {
      const stopWaiting = () => {
        clearTimeout(timer);
        waiting.delete(check);
      };
      const check = () => {
        if (!isComplete(deliveries)) return;
        stopWaiting();
        resolve();
      };
      const timer = setTimeout(() => {
        stopWaiting();
        reject(
          new Error(
            `only ${deliveries.length} messages arrived within ${timeoutMs} ms:\n${deliveries.map(describe).join('\n')}`,
          ),
        );
      }, timeoutMs);
      waiting.add(check);
      check();
    });

  return {
    handler,
    batches,
    deliveries,
    get values() {
      return deliveries.map(({ value }) => value);
    },
    until,
    untilCount: (count) => until(() => deliveries.length >= count),
  };
}

/** A handler that decides the outcome of each message separately. */
export function each(answer: (delivery: Delivery) => Outcome): Handler {
  return async (batch) => batch.map(answer);
}

const allDone: Handler = each(() => done);

function describe({ partition, offset, key, value }: Delivery): string {
  return `  ${partition}/${offset} ${key}: ${value.slice(0, 60)}`;
}
