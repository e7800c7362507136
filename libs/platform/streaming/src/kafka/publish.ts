import { retry } from '@sestante/retry';
import type { Message } from '../stream.ts';
import { isRefusal, isTransient, isUnknown, reasonOf } from './failure.ts';
import type { Names } from './names.ts';
import { parcels } from './parcels.ts';
import { lastingProducer, type ProducerOptions } from './producer.ts';
import type { Refusals } from './refusals.ts';

/** So long a refused publication counts: where nobody publishes meanwhile because of it, nothing else would end it. */
const publicationRefusedMs = 30_000;

/** Kafka has not confirmed the messages: some or all of them may be there. */
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
 * Sends messages, and sends them again, for as long as one answer may take, while no broker is there or its partitions are moving. What
 * got no answer in time is not sent again: it may arrive yet, after newer messages of its key.
 */
export function publisher({ names, refusals, ...options }: PublisherOptions): Publisher {
  const producer = lastingProducer(options);
  let isClosed = false;

  const send = async (topic: string, messages: Message[]) => {
    const what = `publishing to ${topic}`;
    const isRetriable = (error: unknown) => isTransient(error) && !isUnknown(error);
    const attempt = async () => {
      try {
        await producer.send(names.topic(topic), messages);
      } catch (error) {
        refusals.note(what, error, publicationRefusedMs);
        throw error;
      }
    };
    try {
      await retry(attempt, { maxElapsedMs: options.patienceMs, isRetriable });
      refusals.isOver(what);
    } catch (error) {
      throw new NotConfirmed(topic, messages.length, error);
    }
  };

  return {
    async publish(topic, messages) {
      if (isClosed) throw new Error(`The stream is closed: nothing is published to ${topic}.`);
      for (const parcel of parcels(messages)) await send(topic, parcel);
    },
    async close() {
      isClosed = true;
      await producer.close();
    },
  };
}
