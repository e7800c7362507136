import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { Server } from '../system/server.ts';

/** A customer connected to the live stream of offers, with the arrival time of each offer (by `performance.now`). */
export interface Listener {
  readonly userId: string;
  readonly arrivals: readonly number[];
  close(): void;
}

/** Opens the live stream of offers of each user with a customer token, as an app would. The users must exist. */
export async function listenAs(server: Server, userIds: readonly string[]): Promise<Listener[]> {
  const listeners: Listener[] = [];
  for (const userId of userIds) {
    const { customerId, token } = await tokenOf(server, userId);
    listeners.push(await listen(server.port, { userId, customerId, token }));
  }
  return listeners;
}

async function tokenOf({ port, apiKey }: Server, userId: string): Promise<{ token: string; customerId: string }> {
  const answer = await fetch(`http://127.0.0.1:${port}/api/v1/customer-tokens`, {
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ kind: 'user_id', value: userId }),
  });
  if (!answer.ok) throw new Error(`No token for ${userId}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as { token: string; customerId: string };
}

interface Identity {
  readonly userId: string;
  readonly customerId: string;
  readonly token: string;
}

async function listen(port: number, { userId, customerId, token }: Identity): Promise<Listener> {
  const socket = connect({ port, host: '127.0.0.1' });
  await once(socket, 'connect');
  const head = [
    `GET /api/v1/customers/${customerId}/offers/stream HTTP/1.1`,
    `host: 127.0.0.1:${port}`,
    'accept: text/event-stream',
    `authorization: Bearer ${token}`,
  ];
  socket.write(`${head.join('\r\n')}\r\n\r\n`);
  const [first] = (await once(socket.setEncoding('utf8'), 'data')) as [string];
  if (!first.startsWith('HTTP/1.1 200')) throw new Error(`The stream responded: ${first.slice(0, 200)}`);
  return { userId, arrivals: arrivalsOn(socket), close: () => socket.destroy() };
}

/** Records the arrival of the last byte of each offer. An event ends with an empty line and may be split into chunks. */
function arrivalsOn(socket: Socket): readonly number[] {
  const arrivals: number[] = [];
  let rest = '';
  socket.on('data', (chunk: string) => {
    const blocks = (rest + chunk).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) if (block.includes('event: offer')) arrivals.push(performance.now());
  });
  return arrivals;
}
