import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { eventually } from '@sestante/streaming/testing';
import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { Listener, type ReadAfter } from '../src/listener.ts';
import type { KeptOffer } from '../src/store/kept-offers.ts';
import { idOf, iso, noon } from './builders.ts';

/** Longer than `eventually` is patient: a test fails with what it waited for. */
jest.setTimeout(20_000);

let server: Server;
let client: Socket;
let response: ServerResponse;
let received: string;

/** A client that has asked and reads as long as it is not paused. */
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

const anOffer = (position: number): KeptOffer => ({
  offerId: idOf(`offer ${position}`),
  position: String(position),
  decisionId: idOf(`decision ${position}`),
  customerId: idOf('ada'),
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
/** As many offers as are asked for, for ever. */
const endless: ReadAfter = async ({ position, limit }) =>
  Array.from({ length: limit }, (_, index) => anOffer(Number(position) + index + 1));
const none: ReadAfter = async () => [];

function listening(readAfter: ReadAfter, position = '0'): Listener {
  const listener = new Listener(response, readAfter, position);
  listener.begin();
  return listener;
}
const until = (isSo: () => boolean) =>
  eventually(() => {
    if (!isSo()) throw new Error('It has not come to that.');
  });
/** A client that stops reading while an endless list is sent to it. */
async function aStalledClient(): Promise<Listener> {
  client.pause();
  const listener = listening(endless);
  void listener.catchUp();
  let before = -1;
  await until(() => {
    const hasStopped = response.writableNeedDrain && response.socket!.bytesWritten === before;
    before = response.socket!.bytesWritten;
    return hasStopped;
  });
  return listener;
}

describe('a client that has just come', () => {
  it('is told where it stands', async () => {
    listening(none, '41');
    await until(() => received.includes('retry: 2000\nid: 41\n\n'));
  });
});

describe('a call while offers are being read', () => {
  it('makes the listener look again, and nothing is sent twice', async () => {
    const asked: string[] = [];
    const twoAtATime: ReadAfter = async ({ position }) => {
      asked.push(position);
      return Number(position) < 4 ? [anOffer(Number(position) + 1), anOffer(Number(position) + 2)] : [];
    };
    const listener = listening(twoAtATime);
    await Promise.all([listener.catchUp(), listener.catchUp(), listener.catchUp()]);
    expect(asked).toEqual(['0', '2']);
    await listener.catchUp();
    expect(asked).toEqual(['0', '2', '4']);
    await until(() => received.includes('title 4'));
    expect(received.match(/title \d/g)).toEqual(['title 1', 'title 2', 'title 3', 'title 4']);
  });
});

describe('a client that reads nothing', () => {
  it('makes nothing pile up: no more is read for it than a page', async () => {
    await aStalledClient();
    expect(response.writableLength).toBeLessThan(1024 * 1024);
  });

  it('is cut off when it has taken nothing between two signs of life', async () => {
    const listener = await aStalledClient();
    listener.beat();
    expect(response.destroyed).toBe(false);
    listener.beat();
    await until(() => response.destroyed);
  });

  it('is kept when it goes on reading in between, and has lost nothing', async () => {
    const listener = await aStalledClient();
    listener.beat();
    const sent = response.socket!.bytesWritten;
    client.resume();
    await until(() => response.socket!.bytesWritten > sent);
    listener.beat();
    expect(response.destroyed).toBe(false);
    response.destroy();
    await once(client, 'close');
    const ids = [...received.matchAll(/^id: (\d+)\nevent/gm)].map(([, id]) => Number(id));
    expect(ids).toEqual(ids.map((_, index) => index + 1));
  });

  it('does not hold up the end', async () => {
    const listener = await aStalledClient();
    listener.end();
    await until(() => response.destroyed);
  });
});

describe('a client that is gone', () => {
  it('is not read for any more', async () => {
    let reads = 0;
    const listener = listening((page) => {
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

describe('a database that is away', () => {
  it('ends the stream, so that the client comes again', async () => {
    const listener = listening(() => Promise.reject(new Error('away')));
    await listener.catchUp();
    await until(() => response.destroyed);
  });
});
