import { assertPublishable } from './publishable.ts';
import type { Message, Stream } from './stream.ts';

interface Waiting {
  readonly messages: readonly Message[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** The most messages that one write gathers of several publications. */
const mostMessages = 2_000;

/**
 * The same stream, in which publications to one topic that arrive while another is being written are written together: many small
 * requests cost one commit. Each caller still waits for its own messages, and a bad message fails only its own caller.
 */
export function coalescing<S extends Stream>(stream: S): S {
  const queues = new Map<string, Waiting[]>();

  const drain = async (topic: string, queue: Waiting[]) => {
    while (queue.length > 0) {
      const taken = takeFrom(queue);
      try {
        await stream.publish(
          topic,
          taken.flatMap(({ messages }) => messages),
        );
        for (const { resolve } of taken) resolve();
      } catch (error) {
        for (const { reject } of taken) reject(error);
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

/** The first, however large it is, and those behind it for which there is room. */
function takeFrom(queue: Waiting[]): Waiting[] {
  let count = 0;
  const taken = queue.findIndex(({ messages }, index) => (count += messages.length) > mostMessages && index > 0);
  return queue.splice(0, taken === -1 ? queue.length : taken);
}
