import { CompressionTypes, type Kafka, type Producer, type ICustomPartitioner } from 'kafkajs';
import { setTimeout as pause } from 'node:timers/promises';
import { backoffMs } from '../backoff.ts';
import { partitionOf } from '../partitioner.ts';
import type { Message } from '../stream.ts';
import { isAnswer, isTransient, isUnknown, reasonOf } from './failure.ts';
import { parcels } from './parcels.ts';

/** Kafka has not confirmed the messages: some or all of them may be there. */
export class NotConfirmed extends Error {
  readonly code = 'not-confirmed';
  readonly retriable: boolean;
  constructor(topic: string, count: number, cause: unknown) {
    super(`Kafka did not confirm ${count} messages to ${topic}: ${reasonOf(cause)}`, { cause });
    this.name = 'NotConfirmed';
    this.retriable = isTransient(cause);
  }
}

export interface PublisherOptions {
  readonly kafka: Kafka;
  /** How long a send may wait for its answer, and for how long it is tried again after failures that left nothing behind. */
  readonly patienceMs: number;
  readonly compression: 'none' | 'gzip';
}

export interface Publisher {
  publish(topic: string, messages: readonly Message[]): Promise<void>;
  close(): Promise<void>;
}

/** One producer for all publications. It is opened with the first one, and again after a failure that was not an answer of a broker. */
export function publisher({ kafka, patienceMs, compression }: PublisherOptions): Publisher {
  let producer: Promise<Producer> | undefined;
  let isClosed = false;
  const settings = {
    acks: -1,
    timeout: patienceMs,
    compression: compression === 'gzip' ? CompressionTypes.GZIP : CompressionTypes.None,
  };

  const sendOnce = async (topic: string, messages: Message[]) => {
    const mine = (producer ??= openProducer(kafka));
    try {
      const opened = await mine;
      await opened.send({ topic, messages, ...settings });
    } catch (error) {
      if (!isAnswer(error) && producer === mine) {
        producer = undefined;
        void mine.then((opened) => opened.disconnect()).catch(() => undefined);
      }
      throw error;
    }
  };

  const send = async (topic: string, messages: Message[]) => {
    const deadline = Date.now() + patienceMs;
    for (let attempt = 1; ; attempt++) {
      try {
        return await sendOnce(topic, messages);
      } catch (error) {
        const next = Date.now() + backoffMs(attempt);
        if (isUnknown(error) || !isTransient(error) || next > deadline)
          throw new NotConfirmed(topic, messages.length, error);
        await pause(backoffMs(attempt));
      }
    }
  };

  return {
    async publish(topic, messages) {
      if (isClosed) throw new Error(`The stream is closed: nothing is published to ${topic}.`);
      for (const parcel of parcels(messages)) await send(topic, parcel);
    },
    async close() {
      isClosed = true;
      await (await producer?.catch(() => undefined))?.disconnect();
    },
  };
}

/** kafkajs's own partitioner gives the same partitions, and takes ten times as long (it counts in BigInt). */
const partitioner: ICustomPartitioner =
  () =>
  ({ message, partitionMetadata }) =>
    partitionOf(String(message.key), partitionMetadata.length);

/** Never tries again by itself: kafkajs would also do so after a time-out, and write late what has long been given up. */
async function openProducer(kafka: Kafka): Promise<Producer> {
  const producer = kafka.producer({
    createPartitioner: partitioner,
    allowAutoTopicCreation: false,
    retry: { retries: 0 },
  });
  await producer.connect();
  return producer;
}
