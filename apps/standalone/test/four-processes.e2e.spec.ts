import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { foreignTopics, topics } from '@sestante/contracts';
import { type TestDatabase, testDatabase } from '@sestante/postgres/testing';
import { withKafka } from '@sestante/streaming/testing';
import { CloudEvent, Kafka as Binding, type KafkaMessage } from 'cloudevents';
import { type IHeaders, Kafka, logLevel, type Message, Partitioners } from 'kafkajs';
import { join } from 'node:path';
import { Client } from 'pg';
import { type FourPrograms, type Service, startFourPrograms } from './four-programs.ts';
import {
  apiKey,
  dataFolder,
  get,
  settledStats,
  type Standalone,
  startProgram,
  startStandalone,
  type Stats,
  until,
  writeKey,
} from './standalone.ts';

const names = [
  'Order Completed',
  'Promise Broken',
  'Queue Waited',
  'Product Reviewed',
  'Price Differed',
  'Thanks Received',
  'Offer Dismissed',
];
const channels = ['web', 'mobile', 'store'];
const people = 40;
const at = '2026-03-01T00:00:00.000Z';
const prefix = 'shop.test.';

/** Activities of a past month, the same for both systems. Without `sentAt`, their timestamps are not corrected. */
const events = Array.from({ length: 1_200 }, (_, index) => ({
  type: 'track',
  messageId: `m${index}`,
  userId: `u${index % people}`,
  event: names[(index * 5) % names.length],
  timestamp: new Date(Date.UTC(2026, 1, 1) + index * 1_800_000).toISOString(),
  properties: {
    order_id: index,
    product_id: index % 7,
    code: `SEST${String(index).padStart(6, '0')}`,
    minutes: index % 30,
    rating: 1 + (index % 5),
  },
  context: { channel: channels[index % 3] },
}));

await withKafka('four services as four processes over Kafka', ({ brokers }) => {
  const { folder, remove } = dataFolder();
  let programs: FourPrograms;
  let urls: FourPrograms['urls'];
  let database: TestDatabase;
  let standalone: Standalone;

  beforeAll(async () => {
    database = await testDatabase();
    programs = await startFourPrograms({ databaseUrl: database.url, brokers, prefix });
    urls = programs.urls;
    standalone = await startStandalone(folder);
  }, 90_000);

  afterAll(async () => {
    standalone.process.kill('SIGTERM');
    expect([...(await programs.stop()), await standalone.ended]).toEqual([0, 0, 0, 0, 0]);
    await database.drop();
    remove();
  }, 30_000);

  test('compute the same six scores for every customer as one process over Postgres', async () => {
    await Promise.all([send(urls.ingest), send(standalone.url)]);
    await settledStats(standalone.url);
    await until(
      () => get<{ activities: number }>(urls.profile, '/api/v1/stats'),
      ({ activities }) => activities === events.length,
      60_000,
    );
    await settledStats(urls.scoring);
    for (let person = 0; person < people; person += 1) {
      const overKafka = await scoresOf(`u${person}`, { profile: urls.profile, scoring: urls.scoring });
      const overPostgres = await scoresOf(`u${person}`, { profile: standalone.url, scoring: standalone.url });
      expect(overKafka.length).toBe(18);
      for (const [index, score] of overKafka.entries()) expect(score).toBeCloseTo(overPostgres[index]!, 9);
    }
  }, 90_000);

  test('accept CloudEvents that any producer writes to the inbound topic, with a key or without', async () => {
    const kafka = new Kafka({ brokers: [...brokers], logLevel: logLevel.NOTHING });
    const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
    const event = (userId: string, over: object = {}) =>
      new CloudEvent({ type: 'com.erp.thanks.received', source: '/erp', data: { userId }, ...over });
    await producer.connect();
    await producer.send({
      topic: prefix + foreignTopics.inbound.name,
      messages: [
        toRecord(Binding.binary(event('inbound-1'))),
        toRecord(Binding.structured(event('inbound-2', { partitionkey: 'any' }))),
        { value: 'no CloudEvent' },
        { key: 'tombstone', value: null },
      ],
    });
    await producer.disconnect();
    for (const userId of ['inbound-1', 'inbound-2'])
      await until(
        () => get<{ items: object[] }>(urls.profile, `/api/v1/customers?kind=user_id&value=${userId}`),
        ({ items }) => items.length === 1,
        30_000,
      );
    const { counts } = await until(
      () => get<{ counts: { count: number }[] }>(urls.ingest, '/api/v1/rejected'),
      (rejected) => rejected.counts[0]?.count === 2,
    );
    expect(counts).toMatchObject([{ source: 'inbound', code: 'cloudevent-invalid', count: 2 }]);
  }, 60_000);

  test('and a fifth one that only checks topics ends with an error that lists the missing topics', async () => {
    const fifth = startProgram(join(import.meta.dirname, '../../ingest/dist/main.js'), {
      PORT: '0',
      DATABASE_URL: database.url,
      KAFKA_BROKERS: brokers.join(','),
      KAFKA_TOPIC_PREFIX: 'not.created.',
      KAFKA_TOPICS: 'check',
    });
    expect(await fifth.ended).toBe(1);
    expect(fifth.output()).toMatch(/^sestante: the topics in Kafka are not ready/m);
    for (const { name } of Object.values({ ...topics, ...foreignTopics }))
      expect(fifth.output()).toContain(`not.created.${name} does not exist`);
  }, 60_000);

  test('store a message that fails in one of them as a dead letter, and a redrive succeeds after the fault is corrected', async () => {
    const sql = new Client({ connectionString: database.url });
    await sql.connect();
    await sql.query(`alter table profile.activity add constraint fault check (name <> 'curse.lifted') not valid`);
    const curse = { type: 'track', messageId: 'cursed', userId: 'u0', event: 'Curse Lifted' };
    const answer = await fetch(`${urls.ingest}/v1/track`, {
      method: 'POST',
      body: JSON.stringify({ writeKey, ...curse }),
    });
    expect(await answer.json()).toEqual({ success: true });
    const letters = (service: Service) => get<{ items: { id: string }[] }>(urls[service], '/api/v1/dead-letters');
    const { items } = await until(
      () => letters('profile'),
      (page) => page.items.length === 1,
    );
    for (const other of ['ingest', 'scoring', 'offers'] as const) expect((await letters(other)).items).toEqual([]);

    await sql.query('alter table profile.activity drop constraint fault');
    await sql.end();
    const { activities } = await get<Stats>(urls.profile, '/api/v1/stats');
    const redriven = await fetch(`${urls.profile}/api/v1/dead-letters/${items[0]!.id}/redrive`, {
      method: 'POST',
      headers: { authorization: `Bearer ${apiKey}` },
    });
    expect(redriven.status).toBe(204);
    await until(
      () => letters('profile'),
      (page) => page.items.length === 0,
    );
    expect(await get(urls.profile, '/api/v1/stats')).toMatchObject({ activities: activities + 1 });
  }, 60_000);

  test('return their counts', async () => {
    expect(await get(urls.ingest, '/api/v1/stats')).toMatchObject({ accepted: expect.any(Number), rejected: 2 });
    expect(await get(urls.profile, '/api/v1/stats')).toMatchObject({
      activities: events.length + 3,
      customers: people + 2,
    });
    expect(await get(urls.scoring, '/api/v1/stats')).toMatchObject({ evidence: expect.any(Number) });
    expect(await get(urls.offers, '/api/v1/stats')).toMatchObject({ decisions: expect.any(Number) });
  });
});

/** A message of the CloudEvents SDK as a producer passes it to a Kafka client: without undefined headers. */
function toRecord({ key, value, headers }: KafkaMessage): Message {
  return {
    key: key ?? null,
    value: typeof value === 'string' ? value : JSON.stringify(value),
    headers: JSON.parse(JSON.stringify(headers)) as IHeaders,
  };
}

async function send(url: string): Promise<void> {
  for (let from = 0; from < events.length; from += 100) {
    const batch = events.slice(from, from + 100);
    const answer = await fetch(`${url}/v1/batch`, { method: 'POST', body: JSON.stringify({ writeKey, batch }) });
    expect(await answer.json()).toEqual({ success: true });
  }
}

/** Bond, mood and confidence of the six elements in one list; −1 without evidence. */
async function scoresOf(userId: string, { profile, scoring }: { profile: string; scoring: string }): Promise<number[]> {
  const { items } = await get<{ items: { customerId: string }[] }>(
    profile,
    `/api/v1/customers?kind=user_id&value=${userId}`,
  );
  const scores = await get<{
    elements: Record<string, { bond: number | null; mood: number | null; confidence: number }>;
  }>(scoring, `/api/v1/customers/${items[0]!.customerId}/scores?at=${at}`);
  return Object.values(scores.elements).flatMap(({ bond, mood, confidence }) => [bond ?? -1, mood ?? -1, confidence]);
}
