import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { ActivityReceived } from '@sestante/contracts';
import { withBrowser } from '@sestante/runtime/testing';
import { eventually } from '@sestante/streaming/testing';
import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { apiKey, type Ingest, startIngest } from '../driver.ts';
import { analyticsOf, openShop, type Shop } from './shop.ts';
import { type Exchange, stretchWire, type Wire } from './wire.ts';

let ingest: Ingest;
let wire: Wire;
let shop: Shop;
/** The service as configured in a page: with a browser key for this shop. */
let service: { readonly url: string; readonly writeKey: string };
beforeAll(async () => {
  ingest = await startIngest();
  wire = await stretchWire(ingest.url);
  shop = await openShop();
  const { writeKey } = await ingest.aSource({ key: 'browser', origins: [shop.origin] });
  service = { url: wire.url, writeKey };
});
afterAll(async () => {
  shop.close();
  wire.close();
  await ingest.stop();
});

/** The activities of a person, when at least `count` of them are in the stream. */
async function activitiesOf(person: string, count: number): Promise<ActivityReceived[]> {
  const isTheirs = ({ identifiers }: ActivityReceived) => identifiers.some(({ value }) => value === person);
  return (await ingest.until((all) => all.filter(isTheirs).length >= count)).filter(isTheirs);
}

const namesOf = (activities: readonly ActivityReceived[]) => activities.map(({ name }) => name).toSorted();
const postsOf = (exchanges: readonly Exchange[]) => exchanges.filter(({ method }) => method === 'POST');
const withoutKey = (path: string) => path.replace(service.writeKey, ':key');
/** Each method and path once. */
const routesOf = (exchanges: readonly Exchange[]) =>
  [...new Set(exchanges.map(({ method, path }) => `${method} ${withoutKey(path).replace(/\?.*/, '')}`))].toSorted();
/** POST routes with their pre-flights. */
const posting = (...paths: string[]) => paths.flatMap((path) => [`OPTIONS ${path}`, `POST ${path}`]);

const batching = (timeout: number) => ({
  integrations: { 'Segment.io': { deliveryStrategy: { strategy: 'batching', config: { timeout } } } },
});

await withBrowser('an SDK from npm, unchanged, in a page of another origin', (browser) => {
  /** A new visitor opens a page with this script. */
  async function visit(script: string): Promise<{ page: Page; exchanges: () => Exchange[] }> {
    const page = await (await browser.newContext()).newPage();
    const before = wire.exchanges.length;
    await page.goto(shop.pageWith(script));
    return { page, exchanges: () => wire.exchanges.slice(before) };
  }
  // Not closed with its page: the browser context sends the last requests of a closing page.
  afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));

  const names = ['customer.identified', 'group.joined', 'page.viewed', 'product.viewed'];
  const settings = '/v1/projects/:key/settings';
  test.each([
    {
      sdk: 'analyticsNext' as const,
      more: ['customer.aliased', 'screen.viewed'],
      routes: [`GET ${settings}`, ...posting('/v1/p', '/v1/t', '/v1/i', '/v1/g', '/v1/a', '/v1/s')],
      contentType: 'text/plain',
    },
    {
      sdk: 'rudderstack' as const,
      more: ['customer.aliased'],
      routes: [
        'OPTIONS /sourceConfig/',
        'GET /sourceConfig/',
        ...posting('/v1/page', '/v1/track', '/v1/identify', '/v1/group', '/v1/alias'),
      ],
      contentType: 'application/json;charset=UTF-8',
    },
    {
      sdk: 'jitsu' as const,
      more: [],
      routes: posting('/api/s/page', '/api/s/track', '/api/s/identify', '/api/s/group'),
      contentType: 'application/json',
    },
  ])('$sdk sends all its event types, after a pre-flight, with both of its ids', async (given) => {
    const userId = randomUUID();
    const { page, exchanges } = await visit(analyticsOf[given.sdk](service));
    await page.evaluate(`
      void analytics.page('Home', {});
      void analytics.track('Product Viewed', { sku: 'tea' });
      void analytics.identify('${userId}', { plan: 'gold' });
      void analytics.group('team', { size: 3 });
      void analytics.screen?.('Start');
      void analytics.alias?.('${randomUUID()}');`);

    const isIdentify = ({ type, identifiers }: ActivityReceived) =>
      type === 'identify' && identifiers[0]?.value === userId;
    const [identified] = (await ingest.until((all) => all.some(isIdentify))).filter(isIdentify);
    expect(identified!.identifiers.map(({ kind }) => kind)).toEqual(['user_id', 'anonymous_id']);
    const anonymousId = identified!.identifiers[1]!.value;
    const activities = await activitiesOf(anonymousId, names.length + given.more.length);
    expect(namesOf(activities)).toEqual([...names, ...given.more].toSorted());
    expect(activities.find(({ name }) => name === 'product.viewed')).toMatchObject({ properties: { sku: 'tea' } });
    expect(routesOf(exchanges())).toEqual(given.routes.toSorted());
    expect(new Set(postsOf(exchanges()).map(({ headers }) => headers['content-type']))).toEqual(
      new Set([given.contentType]),
    );
  });

  test.each([
    ['analyticsNext', batching(100), '/v1/b'],
    ['rudderstack', { queueOptions: { batch: { enabled: true, flushInterval: 100 } } }, '/v1/batch'],
  ] as const)('%s sends batches, if it is configured', async (sdk, options, path) => {
    const userId = randomUUID();
    const { page, exchanges } = await visit(analyticsOf[sdk](service, options));
    await page.evaluate(`
      void analytics.identify('${userId}');
      void analytics.track('Product Viewed', { sku: 'tea' });
      void analytics.track('Product Added', { sku: 'tea' });`);
    expect(namesOf(await activitiesOf(userId, 3))).toEqual(['customer.identified', 'product.added', 'product.viewed']);
    expect(postsOf(exchanges()).map((post) => post.path)).toEqual([path]);
  });

  test.each([
    ['analyticsNext', 'in batches', batching(60_000), '/v1/b'],
    ['rudderstack', 'by beacons', { useBeacon: true }, '/beacon/v1/batch?writeKey=:key'],
  ] as const)('%s, sending %s, sends the remaining events when the page closes', async (sdk, _, options, path) => {
    const userId = randomUUID();
    const { page, exchanges } = await visit(analyticsOf[sdk](service, options));
    await page.evaluate(`new Promise((ready) => analytics.ready(ready))`);
    await page.evaluate(`Promise.all([analytics.identify("${userId}"), analytics.track("Cart Viewed")])`);
    expect(postsOf(exchanges())).toEqual([]);
    await page.close();
    expect(namesOf(await activitiesOf(userId, 2))).toEqual(['cart.viewed', 'customer.identified']);
    const sent = postsOf(exchanges()).map((post) => [withoutKey(post.path), post.headers['content-type']]);
    expect(sent).toEqual([[path, 'text/plain']]);
  });

  test('retries after a 429 or 503 and the given delay, without duplicates', async () => {
    const repeat = async (sdk: 'analyticsNext' | 'rudderstack', status: number) => {
      const userId = randomUUID();
      const { page, exchanges } = await visit(analyticsOf[sdk](service));
      wire.refuseOnce({ words: userId, status, retryAfter: 1 });
      await page.evaluate(`void analytics.identify('${userId}')`);
      expect(namesOf(await activitiesOf(userId, 1))).toEqual(['customer.identified']);
      const sent = () => postsOf(exchanges()).filter(({ body }) => body.includes(userId));
      await eventually(async () => expect(sent().map((post) => post.status)).toEqual([status, 200]));
      const [refused, repeated] = sent();
      if (status === 429) expect(repeated!.at - refused!.at).toBeGreaterThan(1_000);
    };
    await Promise.all([
      repeat('analyticsNext', 429),
      repeat('analyticsNext', 503),
      repeat('rudderstack', 429),
      repeat('rudderstack', 503),
    ]);
  });

  test('can read errors, but no other part of the service', async () => {
    const { page } = await visit('');
    const ask = (path: string, init: object) =>
      page.evaluate(`fetch('${wire.url}${path}', ${JSON.stringify(init)}).then(({ status }) => status, String)`);
    const headers = { authorization: 'Basic d3Jvbmc6', 'x-retry-count': '1' };
    expect(await ask('/v1/t', { method: 'POST', headers, body: '{}' })).toBe(401);
    expect(await ask('/v1/nothing', { method: 'POST', headers, credentials: 'include' })).toBe(404);
    expect(await ask('/api/v1/stats', {})).toBe('TypeError: Failed to fetch');
    expect(await ask('/api/v1/stats', { headers: { authorization: `Bearer ${apiKey}` } })).toBe(
      'TypeError: Failed to fetch',
    );
  });
});
