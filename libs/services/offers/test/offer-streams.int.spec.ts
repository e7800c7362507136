import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { topics } from '@sestante/contracts';
import type { Dependencies } from '@sestante/runtime';
import type { Delivery, Stream } from '@sestante/streaming';
import { aDelivery, eventually, gate, type Gate } from '@sestante/streaming/testing';
import type { FastifyReply } from 'fastify';
import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import type { DataSource } from 'typeorm';
import { OfferStreams, type StreamRequest } from '../src/offer-streams.ts';
import { idOf } from './builders.ts';

/** Longer than the timeout of `eventually`, so that a test fails with the reason of `eventually`. */
jest.setTimeout(20_000);

let server: Server;
let client: Socket;
let response: ServerResponse;
/** The number of queries so far. They resolve once the gate is open. */
let queries: number;
let database: Gate;
/** The customers that were merged, with the id that they have now. */
let survivors: Map<unknown, string>;
let streams: OfferStreams;
let notify: (batch: readonly Delivery[]) => void;

beforeEach(async () => {
  [queries, database, survivors] = [0, gate(), new Map()];
  const query = async () => {
    queries += 1;
    await database.opened;
    return [{ position: '7' }];
  };
  const connection = {
    query: async ({ values: [asked] }: { values: unknown[] }) => {
      await query();
      return { rows: [{ customerId: survivors.get(asked) ?? asked, offerId: null }] };
    },
  };
  const createQueryRunner = () => ({ connect: async () => connection, release: async () => undefined });
  const tail = async (_topic: string, listener: typeof notify) => void (notify = listener);
  const whenReady = (step: () => Promise<void>) => void step();
  streams = new OfferStreams(
    { query, createQueryRunner } as unknown as DataSource,
    { whenReady } as Dependencies,
    { tail } as unknown as Stream,
  );
  server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  client = connect((server.address() as AddressInfo).port, '127.0.0.1').on('error', () => undefined);
  client.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  [, response] = (await once(server, 'request')) as [unknown, ServerResponse];
});
afterEach(() => {
  streams.beforeApplicationShutdown();
  client.destroy();
  server.close();
});

/** A reply as Fastify passes it to a handler. */
const aReply = () => {
  const reply = { raw: response, hijack: () => reply, getHeaders: () => ({}) } as unknown as FastifyReply;
  return reply;
};
const aStreamRequest = (
  name: string,
  { endsAt, endsWithMerge = false }: Partial<StreamRequest> = {},
): StreamRequest => ({
  ...{ customerId: idOf(name), lastEventId: undefined, endsAt, endsWithMerge },
});
const notificationOf = (event: keyof typeof topics.offers.events, name: string) =>
  aDelivery({ key: idOf(name), headers: { ce_type: topics.offers.events[event].type } });
const anOfferFor = (name: string) => notificationOf('OfferMade', name);
const until = (isMet: () => boolean) =>
  eventually(() => {
    if (!isMet()) throw new Error('The condition is not met yet.');
  });

describe('a connected client', () => {
  it('causes a query when its customer gets an offer, and only then', async () => {
    database.open();
    await streams.open(aStreamRequest('ada'), aReply());
    const before = queries;
    notify([anOfferFor('bea'), aDelivery({ key: idOf('ada') })]);
    expect(queries).toBe(before);
    notify([anOfferFor('ada')]);
    await until(() => queries === before + 1);
  });

  it('is disconnected when its access ends', async () => {
    database.open();
    await streams.open(aStreamRequest('ada', { endsAt: Date.now() + 100 }), aReply());
    expect(response.writableEnded).toBe(false);
    await until(() => response.writableEnded);
    const before = queries;
    notify([anOfferFor('ada')]);
    expect(queries).toBe(before);
  });

  it('causes no queries after it has disconnected', async () => {
    database.open();
    await streams.open(aStreamRequest('ada'), aReply());
    client.destroy();
    await until(() => response.destroyed);
    const before = queries;
    notify([anOfferFor('ada')]);
    expect(queries).toBe(before);
  });
});

describe('a client of a customer who is merged into another one', () => {
  it('causes queries for the offers of that one, and after a split for its own again', async () => {
    database.open();
    await streams.open(aStreamRequest('visitor'), aReply());
    const isQueriedFor = async (name: string) => {
      const before = queries;
      notify([anOfferFor(name)]);
      await new Promise((resolve) => setImmediate(resolve));
      return queries > before;
    };
    expect([await isQueriedFor('visitor'), await isQueriedFor('ada')]).toEqual([true, false]);
    survivors.set(idOf('visitor'), idOf('ada'));
    notify([notificationOf('CustomersMerged', 'visitor')]);
    await new Promise((resolve) => setImmediate(resolve));
    expect([await isQueriedFor('visitor'), await isQueriedFor('ada')]).toEqual([false, true]);
    survivors.clear();
    notify([notificationOf('CustomersSplit', 'ada')]);
    await new Promise((resolve) => setImmediate(resolve));
    expect([await isQueriedFor('visitor'), await isQueriedFor('ada')]).toEqual([true, false]);
  });

  it('reads once more when it finds the merge, because an offer may have been made meanwhile', async () => {
    database.open();
    survivors.set(idOf('visitor'), idOf('ada'));
    await streams.open(aStreamRequest('visitor'), aReply());
    // The position, and two pages.
    expect(queries).toBe(3);
  });

  it.each([
    ['finds it', () => notify([notificationOf('CustomersMerged', 'visitor')])],
    ['is asked for an offer', () => notify([anOfferFor('visitor')])],
  ])('is disconnected if its token ends with the merge, as soon as the stream %s', async (_, happens) => {
    database.open();
    await streams.open(aStreamRequest('visitor', { endsWithMerge: true }), aReply());
    happens();
    await new Promise((resolve) => setImmediate(resolve));
    expect(response.writableEnded).toBe(false);
    survivors.set(idOf('visitor'), idOf('ada'));
    happens();
    await until(() => response.writableEnded);
    const before = queries;
    notify([anOfferFor('ada'), anOfferFor('visitor')]);
    expect(queries).toBe(before);
  });

  it('that has disconnected is not found by a query that was under way', async () => {
    database.open();
    await streams.open(aStreamRequest('visitor'), aReply());
    survivors.set(idOf('visitor'), idOf('ada'));
    database = gate();
    notify([notificationOf('CustomersMerged', 'visitor')]);
    client.destroy();
    await until(() => response.destroyed);
    database.open();
    await new Promise((resolve) => setImmediate(resolve));
    const before = queries;
    notify([anOfferFor('ada'), anOfferFor('visitor')]);
    expect(queries).toBe(before);
  });
});

describe('a client that disconnects before its stream has begun', () => {
  it('causes no more queries', async () => {
    const opening = streams.open(aStreamRequest('ada'), aReply());
    client.destroy();
    await until(() => response.destroyed);
    database.open();
    await opening;
    const before = queries;
    notify([anOfferFor('ada')]);
    expect(queries).toBe(before);
  });
});

describe('a client that connects during shutdown', () => {
  it('is disconnected, and does not delay the shutdown', async () => {
    const opening = streams.open(aStreamRequest('ada'), aReply());
    streams.beforeApplicationShutdown();
    database.open();
    await opening;
    expect(response.destroyed).toBe(true);
  });
});
