import { CompressionTypes, type ICustomPartitioner, type Kafka, type Producer } from 'kafkajs';
import { partitionOf } from '../partitioner.ts';
import type { Message } from '../stream.ts';
import { isAnswer } from './failure.ts';

export interface ProducerOptions {
  readonly kafka: Kafka;
  /** How long a send may wait for its answer. */
  readonly patienceMs: number;
  readonly compression: 'none' | 'gzip';
}

export interface LastingProducer {
  send(topic: string, messages: Message[]): Promise<void>;
  close(): Promise<void>;
}

/** One producer for all who publish. It is opened with the first send, and again after a failure that was not an answer of a broker. */
export function lastingProducer({ kafka, patienceMs, compression }: ProducerOptions): LastingProducer {
  const codec = compression === 'gzip' ? CompressionTypes.GZIP : CompressionTypes.None;
  let current: Promise<Producer> | undefined;

  return {
    async send(topic, messages) {
      const mine = (current ??= openProducer(kafka));
      try {
        const producer = await mine;
        await producer.send({ topic, messages, acks: -1, timeout: patienceMs, compression: codec });
      } catch (error) {
        if (!isAnswer(error) && current === mine) {
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

/** kafkajs's own partitioner gives the same partitions, and takes ten times as long (it counts in BigInt). */
const partitioner: ICustomPartitioner =
  () =>
  ({ message, partitionMetadata }) =>
    partitionOf(String(message.key), partitionMetadata.length);

/**
 * Never tries again by itself. After a time-out kafkajs would write late what has long been given up, and after a failure it leaves out
 * the brokers that have answered, also for partitions that have moved to them since: their messages would be lost.
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
