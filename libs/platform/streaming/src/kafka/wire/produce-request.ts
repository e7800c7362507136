import { encodeBatch, type NewMessage } from './encode-batch.ts';
import { Parts } from './parts.ts';

interface Topic {
  readonly topic: string;
  readonly partitions: readonly {
    readonly partition: number;
    readonly firstSequence?: number;
    readonly messages: readonly NewMessage[];
  }[];
}

export interface Produce {
  readonly acks: number;
  readonly timeout: number;
  readonly transactionalId?: string | null;
  readonly producerId?: unknown;
  readonly producerEpoch?: number;
  readonly compression?: number;
  readonly topicData: readonly Topic[];
}

/**
 * The body of a request of kafkajs to produce, in the versions 3 to 7: transactional_id acks timeout [topic [partition record_set]].
 * https://kafka.apache.org/protocol#The_Messages_Produce
 */
export async function encodeProduce(request: Produce): Promise<Parts> {
  const { acks, timeout, transactionalId = null, compression = 0, topicData } = request;
  const { producerId = -1, producerEpoch = 0 } = request;
  const parts = new Parts().string(transactionalId).int16(acks).int32(timeout).int32(topicData.length);
  for (const { topic, partitions } of topicData) {
    parts.string(topic).int32(partitions.length);
    for (const { partition, messages, firstSequence = 0 } of partitions) {
      const isTransactional = Boolean(transactionalId);
      const batch = { messages, compression, isTransactional, producerId, producerEpoch, firstSequence };
      const [head, records] = await encodeBatch(batch);
      parts
        .int32(partition)
        .int32(head.length + records.length)
        .add(head)
        .add(records);
    }
  }
  return parts;
}
