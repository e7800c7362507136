import { CompressionTypes, type ICustomPartitioner, type Kafka, type Producer } from 'kafkajs';
import { partitionOf } from '../partitioner.ts';
import type { Message } from '../stream.ts';
import { isBrokerResponse } from './failure.ts';

export interface ProducerOptions {
  readonly kafka: Kafka;
  /** The time limit of a send. */
  readonly timeoutMs: number;
  readonly compression: 'none' | 'gzip';
}

export interface SharedProducer {
  send(topic: string, messages: Message[]): Promise<void>;
  close(): Promise<void>;
}

/** One producer for all publications. It is opened with the first send, and again after a failure that is not a response of a broker. */
export function sharedProducer({ kafka, timeoutMs, compression }: ProducerOptions): SharedProducer {
  const codec = compression === 'gzip' ? CompressionTypes.GZIP : CompressionTypes.None;
  let current: Promise<Producer> | undefined;

  return {
    async send(topic, messages) {
      const mine = (current ??= openProducer(kafka));
      try {
        const producer = await mine;
        await producer.send({ topic, messages, acks: -1, timeout: timeoutMs, compression: codec });
      } catch (error) {
        if (!isBrokerResponse(error) && current === mine) {
          current = undefined;
          void mine.then((producer) => producer.disconnect()).catch(() => undefined);
        }
        throw error;
      }
    },
    async close() {
      const producer = await current?.catch(() => undefined);
      await producer?.disconnect();
    },
  };
}

/** The partitioner of kafkajs returns the same partitions, but takes ten times as long (it uses BigInt). */
const partitioner: ICustomPartitioner =
  () =>
  ({ message, partitionMetadata }) =>
    partitionOf(String(message.key), partitionMetadata.length);

/**
 * Retries of kafkajs are off. After a timeout, kafkajs would write messages late that were already reported as failed. After a failure, it skips
 * the brokers that have responded, also for partitions that have moved to them since: their messages would be lost.
 */
async function openProducer(kafka: Kafka): Promise<Producer> {
  const producer = kafka.producer({
    createPartitioner: partitioner,
    allowAutoTopicCreation: false,
    retry: { retries: 0 },
  });
  await producer.connect();
  return producer;
}
