import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Analytics } from '@segment/analytics-node';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import {
  apiKey,
  dataFolder,
  get,
  settledStats,
  type Standalone,
  startStandalone,
  until,
  writeKey,
} from './standalone.ts';

interface Scores {
  readonly elements: Readonly<
    Record<string, { bond: number | null; mood: number | null; confidence: number; evidence: number }>
  >;
}
interface Offer {
  readonly offerId: string;
  readonly template: string;
  readonly reason: string;
  readonly status: string;
}

describe('the first minute with Sestante', () => {
  const { folder, remove } = dataFolder();
  let sestante: Standalone;
  let customerId: string;

  beforeAll(async () => {
    sestante = await startStandalone(folder);
    await sendFirstEvents();
    const { items } = await get<{ items: { customerId: string }[] }>(
      sestante.url,
      '/api/v1/customers?kind=email&value=ADA@example.org',
    );
    customerId = items[0]!.customerId;
  }, 60_000);

  afterAll(async () => {
    sestante.process.kill('SIGTERM');
    expect(await sestante.ended).toBe(0);
    remove();
  });

  test('prints its address, the keys and commands to try, and stores the keys for its owner only', () => {
    expect(sestante.output()).toContain(writeKey);
    expect(sestante.output()).toContain(apiKey);
    expect(sestante.output().match(/curl -s/g)!.length).toBeGreaterThanOrEqual(3);
    expect(JSON.parse(readFileSync(join(folder, 'keys.json'), 'utf8'))).toMatchObject({ writeKey, apiKey });
    expect(statSync(join(folder, 'keys.json')).mode & 0o777).toBe(0o600);
  });

  test('counts the events of the unmodified Segment SDK in all services', async () => {
    expect(await settledStats(sestante.url)).toMatchObject({
      received: 4,
      accepted: 4,
      rejected: 0,
      duplicate: 0,
      activities: 4,
      customers: 1,
    });
  });

  test('finds the customer by any identifier, with the timeline', async () => {
    const { items: customers } = await get<{ items: { customerId: string }[] }>(
      sestante.url,
      '/api/v1/customers?kind=user_id&value=ada',
    );
    expect(customers).toEqual([expect.objectContaining({ customerId })]);
    const { items } = await get<{ items: { name: string; channel: string }[] }>(
      sestante.url,
      `/api/v1/customers/${customerId}/timeline`,
    );
    expect(items.map(({ name }) => name).sort()).toEqual([
      'customer.identified',
      'order.completed',
      'promise.broken',
      'thanks.received',
    ]);
  });

  test('lowers trust after the broken promise, with an explanation that adds up to the score', async () => {
    const at = new Date().toISOString();
    const scores = await get<Scores>(sestante.url, `/api/v1/customers/${customerId}/scores?at=${at}`);
    const explanation = await get<{
      base: number;
      score: number;
      contributions: { name: string; contribution: number }[];
    }>(sestante.url, `/api/v1/customers/${customerId}/scores/trust/explanation?at=${at}`);
    const sum = explanation.contributions.reduce((total, { contribution }) => total + contribution, explanation.base);
    expect(explanation.score).toBeLessThan(explanation.base);
    expect(sum).toBeCloseTo(explanation.score, 9);
    expect(scores.elements['trust']!.bond).toBeCloseTo(explanation.score, 9);
  });

  test('offers an apology, and every decision has all candidates', async () => {
    const { items } = await get<{ items: Offer[] }>(sestante.url, `/api/v1/customers/${customerId}/offers`);
    expect(items).toEqual([expect.objectContaining({ template: 'apology-with-a-call', status: 'made' })]);
    const decisions = await get<{ items: { result: string; candidates: unknown[] }[] }>(
      sestante.url,
      `/api/v1/customers/${customerId}/decisions`,
    );
    expect(decisions.items.length).toBeGreaterThan(0);
    for (const { candidates } of decisions.items) expect(candidates).toHaveLength(3);
  });

  test("streams the next offer to the customer's own app, with a token that gives access to nothing else", async () => {
    const { token } = await tokenFor({ kind: 'user_id', value: 'ada' });
    const stream = await fetch(`${sestante.url}/api/v1/customers/me/offers/stream`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(stream.headers.get('content-type')).toBe('text/event-stream');
    await track({ userId: 'ada', event: 'Promise Broken', messageId: 'second' });
    const event = await readUntil(stream.body!, /\nevent: offer\ndata: (.+)\n/);
    expect(JSON.parse(event)).toMatchObject({ template: 'apology-with-a-call', element: 'trust' });
    const other = await fetch(`${sestante.url}/api/v1/stats`, { headers: { authorization: `Bearer ${token}` } });
    expect(other.status).toBe(403);
  });

  test('has all data after a restart', async () => {
    const before = await settledStats(sestante.url);
    sestante.process.kill('SIGTERM');
    expect(await sestante.ended).toBe(0);
    sestante = await startStandalone(folder);
    expect(
      await until(
        () => settledStats(sestante.url),
        () => true,
      ),
    ).toEqual(before);
  }, 30_000);

  /** Sends the first events of a customer in web, app and store. */
  async function sendFirstEvents(): Promise<void> {
    const analytics = new Analytics({ writeKey, host: sestante.url, path: '/v1/batch', flushAt: 2 });
    const failures: unknown[] = [];
    analytics.on('error', (error) => failures.push(error));
    analytics.identify({ userId: 'ada', traits: { email: 'ada@example.org' } });
    analytics.track({
      userId: 'ada',
      event: 'Order Completed',
      properties: { order_id: 'o-1', revenue: 41.5 },
      context: { channel: 'web' },
    });
    analytics.track({ userId: 'ada', event: 'Thanks Received', context: { channel: 'mobile' } });
    analytics.track({ userId: 'ada', event: 'Promise Broken', context: { channel: 'store' } });
    await analytics.closeAndFlush();
    expect(failures).toEqual([]);
    await settledStats(sestante.url);
  }

  async function track(event: object): Promise<void> {
    const response = await fetch(`${sestante.url}/v1/track`, {
      method: 'POST',
      body: JSON.stringify({ writeKey, ...event }),
    });
    expect(await response.json()).toEqual({ success: true });
  }

  async function tokenFor(identifier: object): Promise<{ token: string }> {
    const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' };
    const response = await fetch(`${sestante.url}/api/v1/customer-tokens`, {
      method: 'POST',
      headers,
      body: JSON.stringify(identifier),
    });
    return (await response.json()) as { token: string };
  }
});

async function readUntil(stream: ReadableStream<Uint8Array>, pattern: RegExp): Promise<string> {
  let text = '';
  for await (const chunk of stream) {
    text += Buffer.from(chunk).toString();
    const found = pattern.exec(text)?.[1];
    if (found) return found;
  }
  throw new Error(`The stream ended with: ${text}`);
}
