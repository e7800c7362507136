import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { dataFolder, settledStats, startStandalone, writeKey } from '../standalone.ts';
import { type Collector, startCollector } from './collector.ts';

let data: ReturnType<typeof dataFolder>;
let collector: Collector;
beforeEach(async () => {
  data = dataFolder();
  collector = await startCollector();
});
afterEach(() => {
  collector.close();
  data.remove();
});

/** Starts the program with these variables, sends an event, and ends it. Resolves to its exit code. */
async function run(variables: Readonly<Record<string, string>>): Promise<number | NodeJS.Signals> {
  const { url, process, ended } = await startStandalone(data.folder, variables);
  const event = {
    userId: 'ada',
    event: 'Promise Broken',
    properties: { order_id: 'o-1' },
    context: { channel: 'web' },
  };
  await fetch(`${url}/v1/track`, { method: 'POST', body: JSON.stringify({ writeKey, ...event }) });
  await settledStats(url);
  process.kill('SIGTERM');
  return ended;
}

test('a program that ends has sent all of its spans, with the configured service name', async () => {
  expect(await run({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_SERVICE_NAME: 'shop-engine' })).toBe(0);
  const [request] = collector.spans.filter(({ name }) => name === 'POST /v1/:type');
  const trace = collector.spans.filter(({ traceId }) => traceId === request?.traceId).map(({ name }) => name);
  expect(trace).toEqual(
    expect.arrayContaining(['activities', 'customers', 'scores'].map((topic) => `process engagement.${topic}.v1`)),
  );
  expect(new Set(collector.spans.map(({ service }) => service))).toEqual(new Set(['shop-engine']));
});

test('a program with an unavailable collector handles events, and ends in time', async () => {
  expect(await run({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1' })).toBe(0);
});
