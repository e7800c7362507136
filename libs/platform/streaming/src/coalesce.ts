import { assertPublishable } from './publishable.ts';
import type { Message, Stream } from './stream.ts';

interface Waiting {
  readonly messages: readonly Message[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** The largest number of messages of several publications in one write. */
const maxMessages = 2_000;

/**
 * The same stream, but publications to a topic that arrive during a write to it are written together, so that many small requests share
 * one commit. Each caller still waits for its own messages, and an invalid message fails only its own caller.
 */
export function coalescing<S extends Stream>(stream: S): S {
  const queues = new Map<string, Waiting[]>();

  const drain = async (topic: string, queue: Waiting[]) => {
    while (queue.length > 0) {
      const next = takeFrom(queue);
      try {
        await stream.publish(
          topic,
          next.flatMap(({ messages }) => messages),
        );
        for (const { resolve } of next) resolve();
      } catch (error) {
        for (const { reject } of next) reject(error);
      }
    }
    queues.delete(topic);
  };

  const publish = async (topic: string, messages: readonly Message[]) => {
    if (messages.length === 0) return;
    assertPublishable(topic, messages);
    await new Promise<void>((resolve, reject) => {
      const waiting = { messages, resolve, reject };
      const queue = queues.get(topic);
      if (queue) {
        queue.push(waiting);
      } else {
        const started = [waiting];
        queues.set(topic, started);
        void drain(topic, started);
      }
    });
  };

  return { ...stream, publish };
}

/** Removes the first publication, of any size, and following ones up to the limit. */
function takeFrom(queue: Waiting[]): Waiting[] {
  let count = 0;
  const firstLeft = queue.findIndex(({ messages }, index) => (count += messages.length) > maxMessages && index > 0);
  return queue.splice(0, firstLeft === -1 ? queue.length : firstLeft);
}
