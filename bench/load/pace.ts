import { setTimeout as sleep } from 'node:timers/promises';
import { connect, type Connection } from './connection.ts';

const mostConnections = 48;

/**
 * Sends the requests at a fixed rate, whether answers come quickly or not (an open loop: a slow server meets a queue, as it would in
 * life). Resolves, once all are answered, with the instants (by `performance.now`) at which each was due.
 */
export async function sendAtPace(port: number, requests: readonly Buffer[], eachSecond: number): Promise<number[]> {
  const connections = await Promise.all(Array.from({ length: mostConnections }, () => connect(port)));
  try {
    const queue = sendQueue(connections);
    const start = performance.now();
    const due = requests.map((_, index) => start + (index * 1_000) / eachSecond);
    for (let next = 0; next < requests.length || !queue.isEmpty();) {
      while (next < requests.length && due[next]! <= performance.now()) queue.add(requests[next++]!);
      await sleep(1);
    }
    return due;
  } finally {
    for (const connection of connections) connection.close();
  }
}

/** Sends what is added over whichever connection is free. `isEmpty` throws what a request failed with. */
function sendQueue(connections: readonly Connection[]): { add(request: Buffer): void; isEmpty(): boolean } {
  const [free, waiting] = [[...connections], [] as Buffer[]];
  let failure: Error | undefined;
  const pump = () => {
    while (free.length > 0 && waiting.length > 0) {
      const connection = free.pop()!;
      connection.send(waiting.shift()!).then(
        () => {
          free.push(connection);
          pump();
        },
        (error: Error) => (failure ??= error),
      );
    }
  };
  return {
    add(request) {
      waiting.push(request);
      pump();
    },
    isEmpty() {
      if (failure) throw failure;
      return waiting.length === 0 && free.length === connections.length;
    },
  };
}
