import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { Controller, Get, Module } from '@nestjs/common';
import { type Cluster, connect, dataSourceOf, startCluster } from '@sestante/postgres';
import { type TestDatabase, testDatabase } from '@sestante/postgres/testing';
import { postgresStream, type Stream, streamMigrations } from '@sestante/streaming';
import { eventually } from '@sestante/streaming/testing';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, connect as dial, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import {
  Roles,
  boot,
  DatabaseModule,
  InjectStream,
  InvalidConfig,
  parseConfig,
  type RunningProcess,
} from '../src/index.ts';
import { apiKey, bearer, problemOf, start } from './driver.ts';

jest.setTimeout(30_000);

@Controller('things')
@Roles('clerk')
class Things {
  constructor(
    private readonly dataSource: DataSource,
    @InjectStream() private readonly stream: Stream,
  ) {}

  @Get() count(): Promise<object> {
    return this.dataSource.query('select 1 as count');
  }

  @Get('said') async say(): Promise<object> {
    await this.stream.publish('engagement.activities.v1', [{ key: 'a', value: '{}', headers: {} }]);
    return {};
  }
}

@Module({ imports: [DatabaseModule.for({ schema: 'things', migrations: [] })], controllers: [Things] })
class Shop {}

const get = (shop: RunningProcess, path: string) => fetch(`${shop.url}${path}`, { headers: bearer(apiKey) });
const health = async (shop: RunningProcess) => {
  const response = await get(shop, '/health/ready');
  return [response.status, await response.json()] as const;
};
const up = [200, { status: 'up' }];

describe('while the database is available', () => {
  let database: TestDatabase;
  let shop: RunningProcess;
  beforeAll(async () => {
    database = await testDatabase();
    shop = await start(database.url, Shop);
    await shop.ready;
  });
  afterAll(async () => {
    await shop.stop();
    await database.drop();
  });

  test('the process reports that it is alive and ready, without credentials', async () => {
    expect(await health(shop)).toEqual(up);
    const live = await fetch(`${shop.url}/health/live`);
    expect([live.status, await live.json()]).toEqual([200, { status: 'up' }]);
  });

  test('metrics are in the format of Prometheus, without credentials', async () => {
    const response = await fetch(`${shop.url}/metrics`);
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      'text/plain; version=0.0.4; charset=utf-8',
    ]);
    const text = await response.text();
    for (const name of [
      'process_cpu_seconds_total',
      'nodejs_eventloop_lag_seconds',
      'sestante_messages_total',
      'sestante_batch_duration_seconds',
      'sestante_http_request_duration_seconds',
      'sestante_stream_lag_messages',
    ])
      expect(text).toContain(`# TYPE ${name} `);
  });

  test('the lag counts unread messages of a group, for administrators and marketing', async () => {
    const dataSource = dataSourceOf({ url: database.url, schema: 'stream', migrations: streamMigrations });
    await connect(dataSource, 'stream');
    const stream = postgresStream({ dataSource });
    await stream.subscribe({ topic: 'engagement.activities.v1', group: 'stuck', handler: async () => [] });
    const lag = async () => (await get(shop, '/api/v1/stats')).json();
    expect(await lag()).toEqual({ lag: [{ topic: 'engagement.activities.v1', group: 'stuck', messages: 0 }] });
    await get(shop, '/things/said');
    await get(shop, '/things/said');
    expect(await lag()).toEqual({ lag: [{ topic: 'engagement.activities.v1', group: 'stuck', messages: 2 }] });
    expect((await fetch(`${shop.url}/api/v1/stats`)).status).toBe(401);
    await stream.close();
    await dataSource.destroy();
  });

  test('a port in use rejects the start, and nothing is left running', async () => {
    const { port } = new URL(shop.url);
    const config = parseConfig({ PORT: port, DATABASE_URL: database.url, LOG_LEVEL: 'silent' });
    await expect(boot([Shop], config)).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});

test('the start is rejected without a DATABASE_URL', async () => {
  await expect(boot([], parseConfig({}))).rejects.toThrow(InvalidConfig);
});

test('readiness reports why Kafka is unavailable at the start', async () => {
  const database = await testDatabase();
  const nobody = createServer().listen(0, '127.0.0.1');
  await once(nobody, 'listening');
  const { port } = nobody.address() as AddressInfo;
  await new Promise((resolve) => nobody.close(resolve));
  const environment = { PORT: '0', DATABASE_URL: database.url, LOG_LEVEL: 'silent' };
  const shop = await boot([Shop], parseConfig({ ...environment, KAFKA_BROKERS: `127.0.0.1:${port}` }));
  await eventually(async () =>
    expect(await health(shop)).toMatchObject([
      503,
      { missing: { kafka: expect.stringMatching(/^Kafka does not respond: .*ECONNREFUSED/) } },
    ]),
  );
  await shop.stop();
  await database.drop();
});

describe('when the database is unavailable', () => {
  let folder: string;
  let cluster: Cluster;
  let shop: RunningProcess | undefined;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'sestante-away-'));
    cluster = await startCluster({ folder, password: 'test' });
  });
  afterEach(async () => {
    await shop?.stop();
    await cluster.restart();
  });
  afterAll(async () => {
    await cluster.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const answersUnavailable = async (path: string) =>
    expect(await problemOf(await get(shop!, path))).toMatchObject({ status: 503, code: 'unavailable' });

  test('at the start, the process listens, responds with 503 and the reason, and becomes ready with the database', async () => {
    await cluster.stop();
    shop = await start(cluster.url, Shop);
    expect((await fetch(`${shop.url}/health/live`)).status).toBe(200);
    await eventually(async () =>
      expect(await health(shop!)).toEqual([
        503,
        {
          status: 'down',
          missing: expect.objectContaining({
            'postgres/stream': expect.stringMatching(/^connect E[A-Z]+ (the socket|127\.0\.0\.1:\d+)$/),
          }),
        },
      ]),
    );
    await answersUnavailable('/things');
    await answersUnavailable('/things/said');
    await answersUnavailable('/api/v1/stats');

    await cluster.restart();
    await shop.ready;
    expect(await health(shop)).toEqual(up);
    expect((await get(shop, '/things')).status).toBe(200);
  });

  test('later, readiness fails, and recovers by itself', async () => {
    shop = await start(cluster.url, Shop);
    await shop.ready;
    expect((await get(shop, '/things/said')).status).toBe(200);

    await cluster.stop();
    await answersUnavailable('/things');
    await answersUnavailable('/things/said');
    await eventually(async () =>
      expect(await health(shop!)).toMatchObject([
        503,
        { missing: { 'postgres/things': expect.any(String), 'postgres/stream': expect.any(String) } },
      ]),
    );

    await cluster.restart();
    await eventually(async () => expect(await health(shop!)).toEqual(up));
    expect((await get(shop, '/things')).status).toBe(200);
    expect((await get(shop, '/things/said')).status).toBe(200);
  });

  test('a process that waits for it can be stopped and never becomes ready', async () => {
    await cluster.stop();
    shop = await start(cluster.url, Shop);
    let isReady = false;
    void shop.ready.then(() => {
      isReady = true;
    });
    await eventually(async () => expect((await health(shop!))[0]).toBe(503));
    await shop.stop();
    shop = undefined;
    await cluster.restart();
    expect(isReady).toBe(false);
  });
});

describe('stopping', () => {
  let database: TestDatabase;
  let shop: RunningProcess;
  const sockets: Socket[] = [];
  beforeAll(async () => {
    database = await testDatabase();
    shop = await start(database.url, Shop);
    await shop.ready;
  });
  afterAll(async () => {
    for (const socket of sockets) socket.destroy();
    await database.drop();
  });

  /** A connection with this part of a request sent. */
  async function connection(sent: string): Promise<Socket> {
    const { port } = new URL(shop.url);
    const socket = dial(Number(port), '127.0.0.1').on('error', () => undefined);
    sockets.push(socket);
    await once(socket, 'connect');
    socket.write(sent);
    return socket;
  }

  test('takes less than 5 s with any open connections, and frees the port', async () => {
    const request = 'GET /health/live HTTP/1.1\r\nhost: x\r\n';
    await once(await connection(`${request}\r\n`), 'data');
    await connection('');
    await connection(request);
    await connection('POST /v1/batch HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{"batch":');
    await shop.stop();
    const next = createServer().listen(Number(new URL(shop.url).port), '127.0.0.1');
    await once(next, 'listening');
    next.close();
  }, 5_000);
});
