import { backoffMs } from '@sestante/retry';
import type { EachBatchPayload } from 'kafkajs';
import { keepDeadLetters } from '../dead-letter.ts';
import { type Settlement, settle } from '../settle.ts';
import type { Delivery, Subscription } from '../stream.ts';
import { toDelivery } from './delivery.ts';
import { unlessAborted } from '../waiting.ts';

const defaultBatchSize = 500;

export interface Delivering {
  readonly subscription: Subscription;
  readonly heartbeatMs: number;
  readonly log: (line: string) => void;
  /** Aborted when running handlers are not waited for any longer. What they were given is not committed. */
  readonly givingUp: AbortSignal;
}

/**
 * Hands what was fetched of a partition to the handler, one batch after the other, and commits after each. A partition with something
 * to retry is paused and fetched again from there; the others go on. Commits that fail are thrown: kafkajs joins the group again.
 */
export function delivering(task: Delivering): (payload: EachBatchPayload) => Promise<void> {
  const { topic, group, batchSize = defaultBatchSize } = task.subscription;
  const attempts = new Map<number, number>();

  return async (payload) => {
    const { partition, messages } = payload.batch;
    for (let from = 0; from < messages.length; from += batchSize) {
      if (!payload.isRunning()) return;
      const batch = messages.slice(from, from + batchSize).map((record) => toDelivery(topic, partition, record));
      const settlement = await handle(batch, payload, task);
      if (!settlement) return;

      const hasProgress = settlement.next > batch[0]!.offset;
      if (hasProgress) await commit(payload, settlement.next);
      if (settlement.retry !== undefined) {
        const attempt = hasProgress ? 1 : (attempts.get(partition) ?? 0) + 1;
        attempts.set(partition, attempt);
        task.log(`${group} pauses on ${topic}: ${settlement.retry}`);
        const resume = payload.pause();
        setTimeout(resume, backoffMs(attempt)).unref();
        return;
      }
      attempts.delete(partition);
      await payload.heartbeat();
    }
  };
}

/** Calls the handler and keeps its dead letters; undefined when it was given up. Tells the group meanwhile that this member is alive. */
async function handle(
  batch: readonly Delivery[],
  payload: EachBatchPayload,
  task: Delivering,
): Promise<Settlement | undefined> {
  const { subscription, heartbeatMs, givingUp } = task;
  // A refused heartbeat is no reason to stop half-way; kafkajs sends the next one itself, and joins again if that is refused, too.
  const alive = setInterval(() => void payload.heartbeat().catch(() => undefined), heartbeatMs / 2);
  const work = async () => {
    const settlement = settle(subscription.group, batch, await subscription.handler(batch));
    await keepDeadLetters(subscription, settlement.deadLetters);
    return settlement;
  };
  try {
    return await unlessAborted(givingUp, work());
  } catch (error) {
    const retry = error instanceof Error ? error.message : String(error);
    return { next: batch[0]!.offset, deadLetters: [], retry };
  } finally {
    clearInterval(alive);
  }
}

async function commit(
  { batch, resolveOffset, commitOffsetsIfNecessary }: EachBatchPayload,
  next: number,
): Promise<void> {
  const { topic, partition } = batch;
  resolveOffset(String(next - 1));
  await commitOffsetsIfNecessary({ topics: [{ topic, partitions: [{ partition, offset: String(next) }] }] });
}
