import type { EachBatchPayload } from 'kafkajs';
import { randomUUID } from 'node:crypto';
import type { Delivery } from '../stream.ts';
import { endsOf, withAdmin } from './admin.ts';
import { consume } from './consume.ts';
import { toDelivery } from './delivery.ts';
import { retryWithLog } from './retry-with-log.ts';
import type { KafkaContext } from './kafka-context.ts';

type Listener = (batch: readonly Delivery[]) => void;

/**
 * Reads the ends of the partitions, calls `onStart`, and reads from there until `closing`. No message that is published after `onStart` is missed,
 * although the first fetch may be later, or fail. In Kafka, the reader is a group with one member, which is removed when the reader leaves.
 */
export async function tail(
  topic: string,
  listener: Listener,
  context: KafkaContext,
  onStart: () => void,
): Promise<void> {
  const { kafka, newKafka, names, refusals, log, closing, sessionTimeoutMs } = context;
  const name = names.topic(topic);
  let offsets: Map<number, number> | undefined;
  const follow = async (onWorking: () => void) => {
    const next = (offsets ??= await withAdmin(kafka, (admin) => endsOf(admin, name)));
    onStart();
    await consume(newKafka(), {
      topic: name,
      groupId: names.reader(randomUUID()),
      startAt: 'end',
      sessionTimeoutMs,
      closing,
      onJoin(partitions, consumer) {
        for (const partition of partitions)
          consumer.seek({ topic: name, partition, offset: String(next.get(partition) ?? 0) });
        onWorking();
      },
      async eachBatch({ batch, resolveOffset }: EachBatchPayload) {
        next.set(batch.partition, Number(batch.lastOffset()) + 1);
        resolveOffset(batch.lastOffset());
        callListener(batch.messages.map((record) => toDelivery(topic, batch.partition, record)));
      },
    });
  };
  const callListener = (batch: readonly Delivery[]) => {
    try {
      listener(batch);
    } catch (error) {
      log(`tail of ${topic}: a listener failed: ${error instanceof Error ? error.message : error}`);
    }
  };
  await retryWithLog(follow, { name: `tail of ${topic}`, log, closing, refusals });
}
