import type { EachBatchPayload } from 'kafkajs';
import { randomUUID } from 'node:crypto';
import type { Delivery } from '../stream.ts';
import { endsOf, withAdmin } from './admin.ts';
import { consume } from './consume.ts';
import { toDelivery } from './delivery.ts';
import { keepTrying } from './keep-trying.ts';
import type { Life } from './life.ts';

type Listener = (batch: readonly Delivery[]) => void;

/**
 * Notes the ends of the partitions, calls `onStart`, and reads on from there until `closing`. Nothing that is published after `onStart`
 * is missed, though the first fetch may come later, or fail. Kafka knows the reader as a group of one, which it forgets when the reader leaves.
 */
export async function tail(topic: string, listener: Listener, life: Life, onStart: () => void): Promise<void> {
  const { kafka, newKafka, names, refusals, log, closing, sessionTimeoutMs } = life;
  const name = names.topic(topic);
  let known: Map<number, number> | undefined;
  const follow = async (works: () => void) => {
    const next = (known ??= await withAdmin(kafka, (admin) => endsOf(admin, name)));
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
        works();
      },
      async eachBatch({ batch, resolveOffset }: EachBatchPayload) {
        next.set(batch.partition, Number(batch.lastOffset()) + 1);
        resolveOffset(batch.lastOffset());
        tell(batch.messages.map((record) => toDelivery(topic, batch.partition, record)));
      },
    });
  };
  const tell = (batch: readonly Delivery[]) => {
    try {
      listener(batch);
    } catch (error) {
      log(`tail of ${topic}: a listener failed (${error instanceof Error ? error.message : error})`);
    }
  };
  await keepTrying(follow, { name: `tail of ${topic}`, log, closing, refusals });
}
