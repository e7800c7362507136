import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { foreignTopics, topics } from '@sestante/contracts';
import { connect, dataSourceOf } from '@sestante/postgres';
import { type TestDatabase, testDatabase } from '@sestante/postgres/testing';
import { postgresStream, streamMigrations } from '@sestante/streaming';
import { withKafka } from '@sestante/streaming/testing';
import { Kafka, logLevel } from 'kafkajs';
import { type FourPrograms, startFourPrograms } from './four-programs.ts';
import { apiKey, dataFolder, get, type Standalone, startStandalone, until, writeKey } from './standalone.ts';
import { tablesWith } from './traces-of.ts';

interface Receipt {
  readonly status: 'running' | 'done';
  readonly removed: readonly { readonly service: string; readonly what: string; readonly count: number }[];
  readonly remains: readonly { readonly what: string; readonly until?: string }[];
}

/** A deployment of the services. */
interface Deployment {
  readonly urls: FourPrograms['urls'];
  readonly databaseUrl: string;
  /** Everything that its processes have printed. */
  output(): string;
  /** Ends all processes with SIGKILL and starts them again. */
  kill(): Promise<void>;
  /** Removes all records from the topics, as their retention does. */
  purge(): Promise<void>;
}

/** Values that occur nowhere else. */
const values = (name: string, phone: string) => ({
  userId: `${name}-account-77310`,
  email: `${name}@zqx.example`,
  phone,
  loyaltyCard: `${name}-card-90017`,
  anonymousId: `${name}-browser-5512`,
  name: `${name} Montessori`,
  custom: `${name} likes violet`,
  note: `${name} prefers the quiet hour`,
});
type Person = ReturnType<typeof values>;

const startedAt = Date.now();
let sent = 0;
/** An event of a minute ago. */
const anEvent = (over: object) => ({
  type: 'track',
  messageId: `erasure-${++sent}`,
  timestamp: new Date(startedAt - 60_000 + sent).toISOString(),
  ...over,
});

function eventsOf({ userId, email, phone, loyaltyCard, anonymousId, name, custom }: Person): object[] {
  return [
    anEvent({ event: 'Product Viewed', anonymousId, properties: { product_id: 'p-1', wish: custom } }),
    anEvent({ type: 'identify', userId, anonymousId, traits: { email, phone, name, loyaltyCard, favourite: custom } }),
    anEvent({
      event: 'Order Completed',
      userId,
      properties: { order_id: `o-${userId}`, revenue: 40, currency: 'EUR', email },
    }),
    anEvent({
      event: 'Order Completed',
      context: { traits: { loyaltyCard } },
      properties: { order_id: 't-1', revenue: 9, currency: 'EUR' },
    }),
    anEvent({ event: 'Coupon Denied', userId, properties: { coupon_id: 'c-1' } }),
    // Rejected: it has no name. Incomplete: it has no product. A dead letter: see `beforeAll`.
    anEvent({ userId, properties: { email, comment: custom } }),
    anEvent({ event: 'Product Viewed', userId, properties: { comment: custom } }),
    anEvent({ event: 'Curse Lifted', userId, properties: { comment: custom } }),
  ];
}

function erases(deployment: () => Deployment): void {
  const [zoe, max] = [values('zqxzoe', '+393337720101'), values('zqxmax', '+393337720102')];
  const events = [...eventsOf(zoe), ...eventsOf(max)];
  const ofZoe = Object.values(zoe);

  const send = async (batch: readonly object[]) => {
    const authorization = `Basic ${Buffer.from(`${writeKey}:`).toString('base64')}`;
    const headers = { authorization, 'content-type': 'application/json' };
    const response = await fetch(`${deployment().urls.ingest}/v1/batch`, {
      ...{ method: 'POST', headers, body: JSON.stringify({ batch }) },
    });
    expect(response.status).toBe(200);
  };
  const post = async (path: string, body: object) => {
    const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' };
    const response = await fetch(deployment().urls.profile + path, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    return {
      status: response.status,
      body: (await response.json()) as { code?: string; erasureId: string; removes: object[] },
    };
  };
  const settled = async () => {
    for (const url of new Set(Object.values(deployment().urls)))
      await until(
        () => get<{ lag: { messages: number }[] }>(url, '/api/v1/stats'),
        ({ lag }) => lag.length >= 4 && lag.every(({ messages }) => messages === 0),
        60_000,
      );
    // Violations of incomplete events are written a few times a second.
    await new Promise((resolve) => setTimeout(resolve, 500));
  };
  const idOf = async ({ userId }: Person) => {
    const path = `/api/v1/customers?kind=user_id&value=${userId}`;
    return (await get<{ items: { customerId: string }[] }>(deployment().urls.profile, path)).items[0]?.customerId;
  };
  const receiptOf = async (erasureId: string) => {
    const response = await fetch(`${deployment().urls.profile}/api/v1/erasures/${erasureId}`);
    return (await response.json()) as Receipt;
  };
  const done = (erasureId: string) =>
    until(
      () => receiptOf(erasureId),
      ({ status }) => status === 'done',
      60_000,
    );
  const traces = () => tablesWith(deployment().databaseUrl, ofZoe);
  /** Everything that can be read about a customer. */
  const everythingOf = async (id: string) => {
    const { profile, scoring, offers } = deployment().urls;
    const paths = [
      ...['', '/timeline', '/notes', '/identity'].map((path) => [profile, path] as const),
      ...['/scores?at=2030-01-01', '/scores/value/explanation?at=2030-01-01'].map((path) => [scoring, path] as const),
      ...['/offers', '/decisions'].map((path) => [offers, path] as const),
    ];
    return Promise.all(paths.map(([url, path]) => get<object>(url, `/api/v1/customers/${id}${path}`)));
  };
  let [zoeId, maxId] = ['', ''];
  let before: object[] = [];

  test('a person is in every service before', async () => {
    await send(events);
    await settled();
    [zoeId, maxId] = [(await idOf(zoe))!, (await idOf(max))!];
    for (const [id, { note }] of [
      [zoeId, zoe],
      [maxId, max],
    ] as const)
      expect(
        (await post(`/api/v1/customers/${id}/notes`, { kind: 'note', text: note, audience: 'clerk' })).status,
      ).toBe(201);
    const found = (await traces()).map((trace) => trace.split(':')[0]);
    for (const table of [
      'profile.member',
      'profile.trait',
      'profile.note',
      'ingest.rejected',
      'ingest.incomplete',
      'letters.dead_letter',
    ])
      expect(found).toContain(table);
    before = await everythingOf(maxId);
  }, 90_000);

  test('is erased when this is asked for twice, and the receipt says what every service removed', async () => {
    const asked = await post(`/api/v1/customers/${zoeId}/erasure`, {});
    expect(asked).toMatchObject({ status: 409, body: { code: 'confirm-needed' } });
    expect(asked.body.removes).toContainEqual({ what: 'notes', count: 1 });

    const { status, body } = await post(`/api/v1/customers/${zoeId}/erasure`, { confirm: true });
    expect(status).toBe(202);
    const { removed, remains } = await done(body.erasureId);
    const counts = new Map(removed.map(({ service, what, count }) => [`${service}: ${what}`, count]));
    for (const what of [
      'profile: activities',
      'profile: traits',
      'profile: notes',
      'scoring: activities',
      'scoring: states',
      'offers: decisions',
      'ingest: rejected events',
      'ingest: incomplete events',
    ])
      expect([what, counts.get(what)]).toEqual([what, expect.any(Number)]);
    for (const what of ['profile: activities', 'scoring: activities', 'offers: decisions', 'ingest: rejected events'])
      expect(counts.get(what)).toBeGreaterThan(0);
    expect(removed.filter(({ what }) => what === 'dead letters').reduce((sum, { count }) => sum + count, 0)).toBe(1);
    expect(remains.map(({ what }) => what)).toContain(`messages on ${topics.activities.name}`);
  }, 90_000);

  test('is gone on every route', async () => {
    const { profile, scoring, offers } = deployment().urls;
    const headers = { authorization: `Bearer ${apiKey}` };
    for (const url of [
      profile,
      `${profile}/timeline`,
      `${profile}/notes`,
      `${scoring}/scores`,
      `${offers}/offers`,
      `${offers}/decisions`,
    ]) {
      const [, origin, path = ''] = /^(https?:\/\/[^/]+)(\/.*)?$/.exec(url)!;
      const response = await fetch(`${origin}/api/v1/customers/${zoeId}${path}`, { headers });
      expect([path, response.status]).toEqual([path, 410]);
    }
    expect((await post(`/api/v1/customers/${zoeId}/erasure`, { confirm: true })).status).toBe(410);
  });

  test('is in no table, no topic and no line of the log, and another customer has everything', async () => {
    await deployment().purge();
    expect(await traces()).toEqual([]);
    for (const value of ofZoe) expect(deployment().output()).not.toContain(value);
    expect(await everythingOf(maxId)).toEqual(before);
  }, 60_000);

  test('does not come back when all events are sent again', async () => {
    const dropped = async () =>
      (await get<{ droppedActivities: number }>(deployment().urls.profile, '/api/v1/stats')).droppedActivities;
    const already = await dropped();
    await deployment().kill();
    await send(events);
    await settled();
    expect(await idOf(zoe)).toBeUndefined();
    expect(await dropped()).toBeGreaterThan(already);
    await deployment().purge();
    expect(await traces()).toEqual([]);
    expect(await everythingOf(maxId)).toEqual(before);
  }, 120_000);

  test('is erased completely also if all processes are killed meanwhile', async () => {
    const { erasureId } = (await post(`/api/v1/customers/${maxId}/erasure`, { confirm: true })).body;
    await deployment().kill();
    const { removed } = await done(erasureId);
    expect(new Set(removed.map(({ service }) => service))).toEqual(new Set(['profile', 'ingest', 'scoring', 'offers']));
    await settled();
    await deployment().purge();
    expect(await tablesWith(deployment().databaseUrl, Object.values(max))).toEqual([]);
  }, 120_000);
}

/** Makes the activity `curse.lifted` fail, so that it becomes a dead letter. */
async function addFault(databaseUrl: string): Promise<void> {
  const dataSource = dataSourceOf({ url: databaseUrl, schema: 'profile', migrations: [] });
  await dataSource.initialize();
  await dataSource.query(`alter table profile.activity add constraint fault check (name <> 'curse.lifted') not valid`);
  await dataSource.destroy();
}

describe('a person, in one process over Postgres,', () => {
  const { folder, remove } = dataFolder();
  let database: TestDatabase;
  let sestante: Standalone;
  let earlier = '';
  const start = () => startStandalone(folder, { DATABASE_URL: database.url, LOG_LEVEL: 'debug' });
  beforeAll(async () => {
    database = await testDatabase();
    sestante = await start();
    await addFault(database.url);
  }, 60_000);
  afterAll(async () => {
    sestante.process.kill('SIGTERM');
    expect(await sestante.ended).toBe(0);
    await database.drop();
    remove();
  }, 30_000);

  const purge = async () => {
    const dataSource = dataSourceOf({ url: database.url, schema: 'stream', migrations: streamMigrations });
    await connect(dataSource, 'stream');
    await dataSource.query(`update stream.record_batch set published_at = published_at - interval '8 days'`);
    const stream = postgresStream({ dataSource });
    await stream.prepare([]);
    await until(
      () => dataSource.query<unknown[]>('select from stream.record_batch'),
      ({ length }) => length === 0,
    );
    await stream.close();
    await dataSource.destroy();
  };
  erases(() => ({
    urls: { ingest: sestante.url, profile: sestante.url, scoring: sestante.url, offers: sestante.url },
    databaseUrl: database.url,
    output: () => earlier + sestante.output(),
    async kill() {
      sestante.process.kill('SIGKILL');
      await sestante.ended;
      earlier += sestante.output();
      sestante = await start();
    },
    purge,
  }));
});

await withKafka('a person, in four processes over Kafka,', ({ brokers }) => {
  const prefix = 'erasure.test.';
  let database: TestDatabase;
  let programs: FourPrograms;
  beforeAll(async () => {
    database = await testDatabase();
    programs = await startFourPrograms({ databaseUrl: database.url, brokers, prefix, logLevel: 'debug' });
    await addFault(database.url);
  }, 90_000);
  afterAll(async () => {
    expect(await programs.stop()).toEqual([0, 0, 0, 0]);
    await database.drop();
  }, 30_000);

  const purge = async () => {
    const admin = new Kafka({ brokers: [...brokers], logLevel: logLevel.NOTHING }).admin();
    await admin.connect();
    for (const { name } of Object.values({ ...topics, ...foreignTopics })) {
      const topic = prefix + name;
      const ends = await admin.fetchTopicOffsets(topic);
      await admin.deleteTopicRecords({
        topic,
        partitions: ends.map(({ partition, high }) => ({ partition, offset: high })),
      });
      for (const { low, high } of await admin.fetchTopicOffsets(topic)) expect(low).toBe(high);
    }
    await admin.disconnect();
  };
  erases(() => ({
    urls: programs.urls,
    databaseUrl: database.url,
    output: () => programs.output(),
    async kill() {
      await programs.kill();
      for (const url of Object.values(programs.urls))
        await until(
          () =>
            fetch(`${url}/health/ready`).then(
              ({ ok }) => ok,
              () => false,
            ),
          Boolean,
          60_000,
        );
    },
    purge,
  }));
});
