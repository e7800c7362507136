import { retry } from '@sestante/retry';
import type { Message } from '../stream.ts';
import { isRefusal, isOutcomeUnknown, isTransient, reasonOf } from './failure.ts';
import type { Names } from './names.ts';
import { chunksOf } from './message-chunks.ts';
import { sharedProducer, type ProducerOptions } from './shared-producer.ts';
import type { Refusals } from './refusals.ts';

/** How long a denied publication is reported: if nothing is published meanwhile because of it, no success would clear it. */
const publicationRefusedMs = 30_000;

/** Kafka has not confirmed the messages: some or all of them may have been written. */
export class NotConfirmed extends Error {
  readonly code = 'not-confirmed';
  readonly retriable: boolean;
  constructor(topic: string, count: number, cause: unknown) {
    super(`Kafka did not confirm ${count} messages to ${topic}: ${reasonOf(cause)}`, { cause });
    this.name = 'NotConfirmed';
    this.retriable = isTransient(cause) || isRefusal(cause);
  }
}

export interface PublisherOptions extends ProducerOptions {
  readonly names: Names;
  readonly refusals: Refusals;
}

export interface Publisher {
  publish(topic: string, messages: readonly Message[]): Promise<void>;
  close(): Promise<void>;
}

/**
 * Sends messages. While no broker is available or partitions are moving, it retries for the time of one request. Messages without a response in
 * time are not sent again: they may still arrive, after newer messages with the same key.
 */
export function publisher({ names, refusals, ...options }: PublisherOptions): Publisher {
  const producer = sharedProducer(options);
  let isClosed = false;

  const send = async (topic: string, messages: Message[]) => {
    const operation = `publishing to ${topic}`;
    const isRetriable = (error: unknown) => isTransient(error) && !isOutcomeUnknown(error);
    const attempt = async () => {
      try {
        await producer.send(names.topic(topic), messages);
      } catch (error) {
        refusals.note(operation, error, publicationRefusedMs);
        throw error;
      }
    };
    try {
      await retry(attempt, { maxElapsedMs: options.timeoutMs, isRetriable });
      refusals.clear(operation);
    } catch (error) {
      throw new NotConfirmed(topic, messages.length, error);
    }
  };

  return {
    async publish(topic, messages) {
      if (isClosed) throw new Error(`Cannot publish to ${topic}: the stream is closed.`);
      for (const chunk of chunksOf(messages)) await send(topic, chunk);
    },
    async close() {
      isClosed = true;
      await producer.close();
    },
  };
}
