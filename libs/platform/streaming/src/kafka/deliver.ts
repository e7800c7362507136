import { backoffMs } from '@sestante/retry';
import type { EachBatchPayload } from 'kafkajs';
import { storeDeadLetters } from '../dead-letter.ts';
import { type Settlement, settle } from '../settle.ts';
import { defaultBatchSize, type Delivery, type Subscription } from '../stream.ts';
import { toDelivery } from './delivery.ts';
import { unlessAborted } from '../waiting.ts';

export interface DeliveryOptions {
  readonly subscription: Subscription;
  readonly heartbeatMs: number;
  readonly log: (line: string) => void;
  /** Aborted when the stream stops waiting for running handlers. Their batches are not committed. */
  readonly givingUp: AbortSignal;
}

/**
 * Passes fetched messages of a partition to the handler, batch by batch, and commits after each. A partition with a message to retry is paused and
 * fetched again from there; the others continue. A failed commit is thrown: kafkajs joins the group again.
 */
export function deliverTo(options: DeliveryOptions): (payload: EachBatchPayload) => Promise<void> {
  const { topic, group, batchSize = defaultBatchSize } = options.subscription;
  const attempts = new Map<number, number>();

  return async (payload) => {
    const { partition, messages } = payload.batch;
    for (let from = 0; from < messages.length; from += batchSize) {
      if (!payload.isRunning()) return;
      const batch = messages.slice(from, from + batchSize).map((record) => toDelivery(topic, partition, record));
      const settlement = await handle(batch, payload, options);
      if (!settlement) return;

      const hasProgress = settlement.next > batch[0]!.offset;
      if (hasProgress) await commit(payload, settlement.next);
      if (settlement.retry !== undefined) {
        const attempt = hasProgress ? 1 : (attempts.get(partition) ?? 0) + 1;
        attempts.set(partition, attempt);
        options.log(`${group} pauses ${topic} and will retry: ${settlement.retry}`);
        const resume = payload.pause();
        setTimeout(resume, backoffMs(attempt)).unref();
        return;
      }
      attempts.delete(partition);
      await payload.heartbeat();
    }
  };
}

/** Calls the handler and stores its dead letters, and sends heartbeats meanwhile. Resolves to undefined if `givingUp` is aborted. */
async function handle(
  batch: readonly Delivery[],
  payload: EachBatchPayload,
  options: DeliveryOptions,
): Promise<Settlement | undefined> {
  const { subscription, heartbeatMs, givingUp } = options;
  // A refused heartbeat does not stop the batch; kafkajs sends the next one itself, and joins again if that is refused, too.
  const alive = setInterval(() => void payload.heartbeat().catch(() => undefined), heartbeatMs / 2);
  const work = async () => {
    const settlement = settle(subscription.group, batch, await subscription.handler(batch));
    await storeDeadLetters(subscription, settlement.deadLetters);
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
