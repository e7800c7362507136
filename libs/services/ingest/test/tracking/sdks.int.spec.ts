import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import RudderAnalytics from '@rudderstack/rudder-sdk-node';
import { Analytics } from '@segment/analytics-node';
import type { ActivityReceived } from '@sestante/contracts';
import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { type Ingest, startIngest, writeKey } from '../driver.ts';

let ingest: Ingest;
beforeAll(async () => {
  ingest = await startIngest();
});
afterAll(() => ingest.stop());

/** The activities of a person by type, when at least `count` of them are in the stream. */
async function typesOf(person: string, count: number): Promise<ActivityReceived['type'][]> {
  const isTheirs = ({ identifiers }: ActivityReceived) => identifiers.some(({ value }) => value === person);
  const activities = await ingest.until((all) => all.filter(isTheirs).length >= count);
  return activities
    .filter(isTheirs)
    .map(({ type }) => type)
    .toSorted();
}
const everyType = ['alias', 'group', 'identify', 'page', 'screen', 'track'];

/** One event of each type. */
function sayEverything(analytics: Analytics | RudderAnalytics, userId: string): void {
  analytics.identify({ userId, traits: { plan: 'gold' } });
  analytics.track({ userId, event: 'Product Viewed', properties: { product_id: 'p-1' } });
  analytics.page({ userId, name: 'Home' });
  analytics.screen({ userId, name: 'Start' });
  analytics.group({ userId, groupId: 'team' });
  analytics.alias({ userId, previousId: randomUUID() });
}

describe('an SDK from npm, unchanged', () => {
  test('@segment/analytics-node sends every type', async () => {
    const [userId, failures] = [randomUUID(), [] as unknown[]];
    const analytics = new Analytics({ writeKey, host: ingest.url, path: '/v1/batch' });
    analytics.on('error', (error) => failures.push(error));
    sayEverything(analytics, userId);
    await analytics.closeAndFlush();
    expect([await typesOf(userId, 6), failures]).toEqual([everyType, []]);
  });

  test('@rudderstack/rudder-sdk-node sends every type, compressed, with the content type of a form', async () => {
    const userId = randomUUID();
    const analytics = new RudderAnalytics(writeKey, { dataPlaneUrl: ingest.url, gzip: true });
    sayEverything(analytics, userId);
    await new Promise<void>((resolve, reject) => {
      analytics.flush((error) => (error ? reject(error) : resolve()));
    });
    expect(await typesOf(userId, 6)).toEqual(everyType);
  });
});

describe('an SDK whose requests were recorded', () => {
  test('analytics-swift and -kotlin send a compressed batch as plain text to /v1/b, with the key in its body', async () => {
    const anonymousId = randomUUID();
    const event = { anonymousId, timestamp: '2026-11-20T10:00:00.000Z', context: { device: { type: 'ios' } } };
    const batch = [
      { ...event, messageId: randomUUID(), type: 'track', event: 'Application Opened' },
      { ...event, messageId: randomUUID(), type: 'screen', name: 'Home' },
    ];
    const body = gzipSync(JSON.stringify({ batch, sentAt: '2026-11-20T10:00:01.000Z', writeKey }));
    const headers = { 'content-type': 'text/plain', 'content-encoding': 'gzip' };
    const response = await ingest.post('/v1/b', body, headers);
    expect([response.status, await response.json()]).toEqual([200, { success: true }]);
    expect(await typesOf(anonymousId, 2)).toEqual(['screen', 'track']);
  });

  test.each([
    ['t', 'track', { event: 'Product Viewed', properties: { product_id: 'p-1' } }],
    ['i', 'identify', {}],
    ['p', 'page', { name: 'Home' }],
    ['s', 'screen', { name: 'Start' }],
    ['g', 'group', { groupId: 'team' }],
    ['a', 'alias', { previousId: 'somebody' }],
  ])('analytics-next sends to /v1/%s events of the type %s', async (path, type, fields) => {
    const anonymousId = randomUUID();
    const body = JSON.stringify({ anonymousId, messageId: randomUUID(), writeKey, ...fields });
    expect((await ingest.post(`/v1/${path}`, body, { 'content-type': 'text/plain' })).status).toBe(200);
    expect(await typesOf(anonymousId, 1)).toEqual([type]);
  });

  test.each(['', 'x', 'tt', 'B', 'toString', '__proto__'])('/v1/%s is not a route', async (path) => {
    expect((await ingest.post(`/v1/${path}`, '{}')).status).toBe(404);
  });

  test.each(['/api/s', '/api/s/s2s'])(
    '@jitsu/js sends each event to %s, its key before a secret in X-Write-Key',
    async (path) => {
      const anonymousId = randomUUID();
      const masked = { anonymousId, writeKey: `${writeKey}:***`, groupId: 'team' };
      const send = (type: string, fields: object) =>
        ingest.post(`${path}/${type}`, JSON.stringify({ ...masked, messageId: randomUUID(), type, ...fields }), {
          'content-type': 'application/json',
          'x-write-key': `${writeKey}:secret`,
        });
      for (const response of [await send('page', {}), await send('track', { event: 'Cart Viewed' })])
        expect([response.status, await response.json()]).toEqual([200, { success: true }]);
      expect(await typesOf(anonymousId, 2)).toEqual(['page', 'track']);
      expect((await send('nothing', {})).status).toBe(404);
    },
  );

  test('analytics-js sends the remaining events as a beacon, with the key in the query', async () => {
    const anonymousId = randomUUID();
    const batch = [{ anonymousId, messageId: randomUUID(), type: 'track', event: 'Cart Viewed', userId: '' }];
    const send = (query: string, body: object) =>
      ingest.post(`/beacon/v1/batch${query}`, JSON.stringify(body), { 'content-type': 'text/plain' });
    const response = await send(`?writeKey=${writeKey}`, { batch, sentAt: new Date().toISOString() });
    expect([response.status, await response.json()]).toEqual([200, { success: true }]);
    expect(await typesOf(anonymousId, 1)).toEqual(['track']);
    expect((await send('?writeKey=unknown', { batch })).status).toBe(401);
    expect((await send(`?writeKey=${writeKey}&writeKey=${writeKey}`, { batch })).status).toBe(401);
    expect((await send('', { batch })).status).toBe(401);
    expect((await send(`?writeKey=${writeKey}`, { events: batch })).status).toBe(400);
  });

  test('metrics of analytics-next are accepted without a key, and are not events', async () => {
    const before = await ingest.until(() => true);
    const series = [{ type: 'Counter', metric: 'analytics_js.invoke', value: 1, tags: {} }];
    const response = await ingest.post('/v1/m', JSON.stringify({ series }), { 'content-type': 'text/plain' });
    expect([response.status, await response.json()]).toEqual([200, { success: true }]);
    const stats = (await (await ingest.get('/api/v1/stats')).json()) as { received: number };
    expect(stats.received).toBe(before.length);
  });
});
