import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { topics } from '@sestante/contracts';
import { IngestModule } from '@sestante/ingest';
import { OffersModule } from '@sestante/offers';
import { connect, dataSourceOf } from '@sestante/postgres';
import { type TestDatabase, testDatabase } from '@sestante/postgres/testing';
import { ProfileModule } from '@sestante/profile';
import { boot, parseConfig } from '@sestante/runtime';
import { ScoringModule } from '@sestante/scoring';
import { type Delivery, done, postgresStream, streamMigrations } from '@sestante/streaming';
import { eventually } from '@sestante/streaming/testing';
import { type CollectedSpan, type Collector, startCollector } from './collector.ts';

const writeKey = 'write-key-of-the-tests';
const apiKey = 'api-key-of-the-tests';
const [server, producer, consumer] = [2, 4, 5];

let database: TestDatabase;
let collector: Collector;
beforeAll(async () => {
  [database, collector] = await Promise.all([testDatabase(), startCollector()]);
});
afterAll(async () => {
  collector.close();
  await database.drop();
});

interface Process {
  readonly url: string;
  post(path: string, body: object, headers?: Record<string, string>): Promise<void>;
  /** The messages of the topic, as soon as there are `count` of them. */
  published(topic: string, count: number): Promise<readonly Delivery[]>;
}

/** Runs all services in one process while `work` runs. */
async function during(settings: Readonly<Record<string, string>>, work: (process: Process) => Promise<void>) {
  const defaults = { PORT: '0', DATABASE_URL: database.url, LOG_LEVEL: 'silent' };
  const keys = { SESTANTE_WRITE_KEY: writeKey, SESTANTE_API_KEY: apiKey };
  const modules = [IngestModule, ProfileModule, ScoringModule, OffersModule];
  const running = await boot(modules, parseConfig({ ...defaults, ...keys, ...settings }));
  await running.ready;
  const dataSource = dataSourceOf({ url: database.url, schema: 'stream', migrations: streamMigrations });
  await connect(dataSource, 'stream');
  const stream = postgresStream({ dataSource });
  const published = async (topic: string, count: number) => {
    const received: Delivery[] = [];
    const handler = async (batch: readonly Delivery[]) => {
      received.push(...batch);
      return batch.map(() => done);
    };
    await stream.subscribe({ topic, group: `test of ${topic}`, handler });
    await eventually(() => expect(received.length).toBeGreaterThanOrEqual(count));
    return received;
  };
  try {
    await work({
      url: running.url,
      async post(path, body, headers = {}) {
        const authorization = `Basic ${Buffer.from(`${writeKey}:`).toString('base64')}`;
        const init = { method: 'POST', headers: { authorization, ...headers }, body: JSON.stringify(body) };
        expect((await fetch(running.url + path, init)).status).toBe(200);
      },
      published,
    });
  } finally {
    await stream.close();
    await running.stop();
    await dataSource.destroy();
  }
}

/** A broken promise to a customer: it leads to an apology. */
const brokenPromiseTo = (userId: string) => ({
  userId,
  event: 'Promise Broken',
  properties: { order_id: `order of ${userId}` },
  context: { channel: 'web', traits: { email: `${userId}@example.com` } },
});

const offersMade = async ({ url }: Process, count: number) =>
  eventually(async () => {
    const response = await fetch(`${url}/api/v1/stats`, { headers: { authorization: `Bearer ${apiKey}` } });
    expect(((await response.json()) as { offers: number }).offers).toBeGreaterThanOrEqual(count);
  });

/** The names of the spans from the one without a parent to this one. */
function pathTo(span: CollectedSpan, spans: readonly CollectedSpan[]): string[] {
  const parent = spans.find(({ spanId }) => spanId === span.parentSpanId);
  return [...(parent ? pathTo(parent, spans) : []), span.name];
}

describe('without a collector', () => {
  test('messages have no trace headers', async () => {
    await during({}, async (process) => {
      await process.post('/v1/track', brokenPromiseTo('olga'));
      const [message] = await process.published(topics.activities.name, 1);
      expect(Object.keys(message!.headers)).not.toContain('traceparent');
    });
    expect(collector.spans).toEqual([]);
  });
});

describe('with a collector', () => {
  const traced = () => ({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });
  const caller = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' };
  let spans: readonly CollectedSpan[];
  const ofTrace = (traceId: string) => spans.filter((span) => span.traceId === traceId);

  beforeAll(async () => {
    await during(traced(), async (process) => {
      await offersMade(process, 1);
      const traceparent = `00-${caller.traceId}-${caller.spanId}-01`;
      await process.post('/v1/track?of=paolo', brokenPromiseTo('paolo'), { traceparent });
      await offersMade(process, 2);
      await fetch(`${process.url}/health/ready`);
      await fetch(`${process.url}/nobody/is/here`);
      await fetch(`${process.url}/api/v1/customers/paolo@example.com`);
      await process.post('/v1/batch', { batch: [brokenPromiseTo('rosa'), brokenPromiseTo('rosa')] });
    });
    spans = collector.spans;
  });

  test('one trace leads from the request of a sender through every service to the offer', () => {
    const trace = ofTrace(caller.traceId);
    const last = trace.find(({ name }) => name === `send ${topics.offers.name}`)!;
    expect(pathTo(last, trace)).toEqual([
      'POST /v1/:type',
      `send ${topics.activities.name}`,
      `process ${topics.activities.name}`,
      `send ${topics.customers.name}`,
      `process ${topics.customers.name}`,
      `send ${topics.scores.name}`,
      `process ${topics.scores.name}`,
      `send ${topics.offers.name}`,
    ]);
    expect(trace.find(({ kind }) => kind === server)!.parentSpanId).toBe(caller.spanId);
  });

  test('the span of a request has its route and its status', () => {
    const [request] = ofTrace(caller.traceId).filter(({ kind }) => kind === server);
    expect(request).toMatchObject({
      service: 'sestante',
      attributes: { 'http.request.method': 'POST', 'http.route': '/v1/:type', 'http.response.status_code': 200 },
    });
    const requests = spans.filter(({ kind }) => kind === server);
    expect(requests.find(({ name }) => name === 'GET')!.attributes).toEqual({
      'http.request.method': 'GET',
      'http.response.status_code': 404,
    });
    expect(requests.map(({ name }) => name)).not.toContain('GET /health/ready');
  });

  test('the spans of a publication and of a batch have their topic, and the batch links to the publication', () => {
    const trace = ofTrace(caller.traceId);
    const sent = trace.find(({ name }) => name === `send ${topics.activities.name}`)!;
    const processed = trace.find(({ name }) => name === `process ${topics.activities.name}`)!;
    expect([sent, processed]).toMatchObject([
      { kind: producer, attributes: { 'messaging.operation.type': 'send', 'messaging.batch.message_count': 1 } },
      {
        kind: consumer,
        attributes: {
          'messaging.system': 'postgresql',
          'messaging.operation.type': 'process',
          'messaging.destination.name': topics.activities.name,
          'messaging.consumer.group.name': 'profile',
          'messaging.batch.message_count': 1,
        },
        links: [{ traceId: sent.traceId, spanId: sent.spanId }],
      },
    ]);
  });

  test('spans contain neither personal data nor queries', () => {
    expect(collector.text()).not.toMatch(/paolo|rosa|olga|example\.com|nobody|of=|write-key|order of/);
  });

  test('a sampler that drops everything sends nothing', async () => {
    const before = collector.spans.length;
    await during({ ...traced(), OTEL_TRACES_SAMPLER: 'always_off' }, (process) =>
      process.post('/v1/track', brokenPromiseTo('cleo')),
    );
    expect(collector.spans.length).toBe(before);
  });
});
