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

/** Longer than `eventually` is patient: a test fails with what it waited for. */
jest.setTimeout(20_000);

let server: Server;
let client: Socket;
let response: ServerResponse;
/** How often the database was asked; it answers once its gate is open. */
let asked: number;
let database: Gate;
let streams: OfferStreams;
let wake: (batch: readonly Delivery[]) => void;

beforeEach(async () => {
  [asked, database] = [0, gate()];
  const query = async () => {
    asked += 1;
    await database.opened;
    return asked === 1 ? [{ position: '7' }] : [];
  };
  const connection = { query: async () => ({ rows: await query() }) };
  const createQueryRunner = () => ({ connect: async () => connection, release: async () => undefined });
  const tail = async (_topic: string, listener: typeof wake) => void (wake = listener);
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

/** As Fastify gives it to a handler. */
const aReply = () => {
  const reply = { raw: response, hijack: () => reply, getHeaders: () => ({}) } as unknown as FastifyReply;
  return reply;
};
const aWish = (name: string, endsAt?: number) => ({ customerId: idOf(name), lastEventId: undefined, endsAt });
const anOfferFor = (name: string) =>
  aDelivery({ key: idOf(name), headers: { ce_type: topics.offers.events.OfferMade.type } });
const until = (isSo: () => boolean) =>
  eventually(() => {
    if (!isSo()) throw new Error('It has not come to that.');
  });

describe('a client that listens', () => {
  it('is looked after when its customer gets an offer, and only then', async () => {
    database.open();
    await streams.open(aWish('ada'), aReply());
    const before = asked;
    wake([anOfferFor('bea'), aDelivery({ key: idOf('ada') })]);
    expect(asked).toBe(before);
    wake([anOfferFor('ada')]);
    await until(() => asked === before + 1);
  });

  it('is sent away when its access ends', async () => {
    database.open();
    await streams.open(aWish('ada', Date.now() + 100), aReply());
    expect(response.writableEnded).toBe(false);
    await until(() => response.writableEnded);
    const before = asked;
    wake([anOfferFor('ada')]);
    expect(asked).toBe(before);
  });

  it('is forgotten when it hangs up', async () => {
    database.open();
    await streams.open(aWish('ada'), aReply());
    client.destroy();
    await until(() => response.destroyed);
    const before = asked;
    wake([anOfferFor('ada')]);
    expect(asked).toBe(before);
  });
});

describe('a client that hangs up before its stream has begun', () => {
  it('is forgotten', async () => {
    const opening = streams.open(aWish('ada'), aReply());
    client.destroy();
    await until(() => response.destroyed);
    database.open();
    await opening;
    const before = asked;
    wake([anOfferFor('ada')]);
    expect(asked).toBe(before);
  });
});

describe('a client that comes while the service ends', () => {
  it('is sent away, and does not hold up the end', async () => {
    const opening = streams.open(aWish('ada'), aReply());
    streams.beforeApplicationShutdown();
    database.open();
    await opening;
    expect(response.destroyed).toBe(true);
  });
});
