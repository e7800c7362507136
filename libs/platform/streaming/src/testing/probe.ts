import { done, type Outcome } from '../outcome.ts';
import type { Delivery, Handler } from '../stream.ts';

const patienceMs = 15_000;

/** A handler that remembers what it was given. */
export interface Probe {
  readonly handler: Handler;
  readonly batches: readonly (readonly Delivery[])[];
  /** All deliveries, in the order in which they came. */
  readonly deliveries: readonly Delivery[];
  readonly values: readonly string[];
  /** Resolves as soon as the deliveries are as wanted. Rejects, with what has come, when that takes longer than 15 s. */
  until(isAsWanted: (deliveries: readonly Delivery[]) => boolean): Promise<void>;
  /** Resolves as soon as so many deliveries have come. */
  untilCount(count: number): Promise<void>;
}

/** Remembers each batch, then answers as `answer` does. */
export function collect(answer: Handler = allDone): Probe {
  const batches: (readonly Delivery[])[] = [];
  const deliveries: Delivery[] = [];
  const waiting = new Set<() => void>();

  const handler: Handler = async (batch) => {
    batches.push(batch);
    deliveries.push(...batch);
    for (const look of waiting) look();
    return answer(batch);
  };

  const until: Probe['until'] = (isAsWanted) =>
    new Promise((resolve, reject) => {
      const stopWaiting = () => {
        clearTimeout(timer);
        waiting.delete(look);
      };
      const look = () => {
        if (!isAsWanted(deliveries)) return;
        stopWaiting();
        resolve();
      };
      const timer = setTimeout(() => {
        stopWaiting();
        reject(
          new Error(
            `Within ${patienceMs} ms came only ${deliveries.length} messages:\n${deliveries.map(describe).join('\n')}`,
          ),
        );
      }, patienceMs);
      waiting.add(look);
      look();
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

/** Answers each message by itself. */
export function each(answer: (delivery: Delivery) => Outcome): Handler {
  return async (batch) => batch.map(answer);
}

const allDone: Handler = each(() => done);

function describe({ partition, offset, key, value }: Delivery): string {
  return `  ${partition}/${offset} ${key}: ${value.slice(0, 60)}`;
}
