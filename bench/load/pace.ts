import { setTimeout as sleep } from 'node:timers/promises';
import { connect, type Connection } from './connection.ts';

const maxConnections = 48;

/** The scheduled instant of a request, and the instant of its response. */
export interface Sent {
  readonly dueAt: number;
  answeredAt: number;
}

/**
 * Sends the requests at a fixed rate, independent of the responses (an open loop: a slow server gets a queue, as in production).
 * Resolves after all responses to the instants (by `performance.now`) at which each request was scheduled and answered.
 */
export async function sendAtPace(port: number, requests: readonly Buffer[], eachSecond: number): Promise<Sent[]> {
  const connections = await Promise.all(Array.from({ length: maxConnections }, () => connect(port)));
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

/** Sends added requests over free connections. `isEmpty` throws the error of a failed request. */
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
