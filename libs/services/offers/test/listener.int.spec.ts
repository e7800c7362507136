import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { eventually } from '@sestante/streaming/testing';
import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { Listener, type ReadAfter } from '../src/listener.ts';
import type { StoredOffer } from '../src/store/offers.ts';
import { idOf, iso, noon } from './builders.ts';

/** Longer than the timeout of `eventually`, so that a test fails with the reason of `eventually`. */
jest.setTimeout(20_000);

let server: Server;
let client: Socket;
let response: ServerResponse;
let received: string;

/** A client that has sent a request. It reads unless it is paused. */
beforeEach(async () => {
  received = '';
  server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  client = connect((server.address() as AddressInfo).port, '127.0.0.1');
  client.on('data', (chunk) => (received += chunk)).on('error', () => undefined);
  client.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  [, response] = (await once(server, 'request')) as [unknown, ServerResponse];
});
afterEach(() => {
  client.destroy();
  server.close();
});

const anOffer = (position: number): StoredOffer => ({
  offerId: idOf(`offer ${position}`),
  position: String(position),
  decisionId: idOf(`decision ${position}`),
  memberId: idOf('member of ada'),
  code: `CODE${position}`,
  template: 'discount',
  version: 1,
  kind: 'economic',
  element: 'value',
  title: `title ${position}`,
  reason: 'because '.repeat(100),
  terms: 'terms',
  madeAt: iso(noon),
  endsAt: iso(noon),
  status: 'made',
});
/** Returns `limit` offers for every page, without an end. */
const endless: ReadAfter = async ({ position, limit }) =>
  Array.from({ length: limit }, (_, index) => anOffer(Number(position) + index + 1));
const none: ReadAfter = async () => [];

function startListener(readAfter: ReadAfter, position = '0'): Listener {
  const listener = new Listener(response, readAfter, position);
  listener.begin();
  return listener;
}
const until = (isMet: () => boolean) =>
  eventually(() => {
    if (!isMet()) throw new Error('The condition is not met yet.');
  });
/** A client that stops reading while an endless list is sent. */
async function aStalledClient(): Promise<Listener> {
  client.pause();
  const listener = startListener(endless);
  void listener.catchUp();
  let before = -1;
  await until(() => {
    const hasStopped = response.writableNeedDrain && response.socket!.bytesWritten === before;
    before = response.socket!.bytesWritten;
    return hasStopped;
  });
  return listener;
}

describe('a client that has just connected', () => {
  it('receives its position', async () => {
    startListener(none, '41');
    await until(() => received.includes('retry: 2000\nid: 41\n\n'));
  });
});

describe('a call while offers are read', () => {
  it('makes the listener read again, and no offer is sent twice', async () => {
    const positions: string[] = [];
    const twoAtATime: ReadAfter = async ({ position }) => {
      positions.push(position);
      return Number(position) < 4 ? [anOffer(Number(position) + 1), anOffer(Number(position) + 2)] : [];
    };
    const listener = startListener(twoAtATime);
    await Promise.all([listener.catchUp(), listener.catchUp(), listener.catchUp()]);
    expect(positions).toEqual(['0', '2']);
    await listener.catchUp();
    expect(positions).toEqual(['0', '2', '4']);
    await until(() => received.includes('title 4'));
    expect(received.match(/title \d/g)).toEqual(['title 1', 'title 2', 'title 3', 'title 4']);
  });
});

describe('a client that reads nothing', () => {
  it('causes no more than a page in memory', async () => {
    await aStalledClient();
    expect(response.writableLength).toBeLessThan(1024 * 1024);
  });

  it('is disconnected if it has read nothing between two heartbeats', async () => {
    const listener = await aStalledClient();
    listener.sendHeartbeat();
    expect(response.destroyed).toBe(false);
    listener.sendHeartbeat();
    await until(() => response.destroyed);
  });

  it('stays connected if it resumes reading in between, and has lost nothing', async () => {
    const listener = await aStalledClient();
    listener.sendHeartbeat();
    const sent = response.socket!.bytesWritten;
    client.resume();
    await until(() => response.socket!.bytesWritten > sent);
    listener.sendHeartbeat();
    expect(response.destroyed).toBe(false);
    response.destroy();
    await once(client, 'close');
    const ids = [...received.matchAll(/^id: (\d+)\nevent/gm)].map(([, id]) => Number(id));
    expect(ids).toEqual(ids.map((_, index) => index + 1));
  });

  it('does not delay the end of the stream', async () => {
    const listener = await aStalledClient();
    listener.end();
    await until(() => response.destroyed);
  });
});

describe('a client that has disconnected', () => {
  it('causes no more reads', async () => {
    let reads = 0;
    const listener = startListener((page) => {
      reads += 1;
      return endless(page);
    });
    client.destroy();
    await until(() => response.destroyed);
    const before = reads;
    await listener.catchUp();
    expect(reads).toBe(before);
  });
});

describe('an unavailable database', () => {
  it('ends the stream, so that the client reconnects', async () => {
    const listener = startListener(() => Promise.reject(new Error('unavailable')));
    await listener.catchUp();
    await until(() => response.destroyed);
  });
});
