import { setTimeout as sleep } from 'node:timers/promises';
import { connect, type Connection } from './connection.ts';

const mostConnections = 48;

/** When a request was due, and when it was answered. */
export interface Sent {
  readonly dueAt: number;
  answeredAt: number;
}

/**
 * Sends the requests at a fixed rate, whether answers come quickly or not (an open loop: a slow server meets a queue, as it would in
 * life). Resolves, once all are answered, with the instants (by `performance.now`) at which each was due and answered.
 */
export async function sendAtPace(port: number, requests: readonly Buffer[], eachSecond: number): Promise<Sent[]> {
  const connections = await Promise.all(Array.from({ length: mostConnections }, () => connect(port)));
  try {
    const queue = sendQueue(connections);
    const start = performance.now();
    const sent = requests.map((_, index): Sent => ({ dueAt: start + (index * 1_000) / eachSecond, answeredAt: 0 }));
    for (let next = 0; next < requests.length || !queue.isEmpty();) {
      for (; next < requests.length && sent[next]!.dueAt <= performance.now(); next += 1) {
        const one = sent[next]!;
        queue.add(requests[next]!, () => (one.answeredAt = performance.now()));
      }
      await sleep(1);
    }
    return sent;
  } finally {
    for (const connection of connections) connection.close();
  }
}

/** Sends what is added over whichever connection is free. `isEmpty` throws what a request failed with. */
function sendQueue(connections: readonly Connection[]): {
  add(request: Buffer, onAnswer: () => void): void;
  isEmpty(): boolean;
} {
  const [free, waiting] = [[...connections], [] as { request: Buffer; onAnswer: () => void }[]];
  let failure: Error | undefined;
  const pump = () => {
    while (free.length > 0 && waiting.length > 0) {
      const connection = free.pop()!;
      const { request, onAnswer } = waiting.shift()!;
      connection.send(request).then(
        () => {
          onAnswer();
          free.push(connection);
          pump();
        },
        (error: Error) => (failure ??= error),
      );
    }
  };
  return {
    add(request, onAnswer) {
      waiting.push({ request, onAnswer });
      pump();
    },
    isEmpty() {
      if (failure) throw failure;
      return waiting.length === 0 && free.length === connections.length;
    },
  };
}
