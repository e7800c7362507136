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
import { OfferStreams } from '../src/offer-streams.ts';
import { idOf } from './builders.ts';

/** Longer than the timeout of `eventually`, so that a test fails with the reason of `eventually`. */
jest.setTimeout(20_000);

let server: Server;
let client: Socket;
let response: ServerResponse;
/** The number of queries so far. They resolve once the gate is open. */
let queries: number;
let database: Gate;
let streams: OfferStreams;
let notify: (batch: readonly Delivery[]) => void;

beforeEach(async () => {
  [queries, database] = [0, gate()];
  const query = async () => {
    queries += 1;
    await database.opened;
    return queries === 1 ? [{ position: '7' }] : [];
  };
  const connection = { query: async () => ({ rows: await query() }) };
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
const aStreamRequest = (name: string, endsAt?: number) => ({ customerId: idOf(name), lastEventId: undefined, endsAt });
const anOfferFor = (name: string) =>
  aDelivery({ key: idOf(name), headers: { ce_type: topics.offers.events.OfferMade.type } });
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
    await streams.open(aStreamRequest('ada', Date.now() + 100), aReply());
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
