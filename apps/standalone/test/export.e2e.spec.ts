import { expect, test } from '@jest/globals';
import { TextWriter, Uint8ArrayReader, ZipReader } from '@zip.js/zip.js';
import { type Deployment, inBothDeployments } from './in-both-deployments.ts';
import { apiKey, get, until, writeKey } from './standalone.ts';

interface Progress {
  readonly status: string;
  readonly services: Readonly<Record<string, string>>;
  readonly file: string | null;
}

const markup = '<script>alert(1)</script>';
const authorization = `Bearer ${apiKey}`;
const json = { 'content-type': 'application/json' };

/** The files of the archive as texts, by name. */
async function unzipped(bytes: ArrayBuffer): Promise<Map<string, string>> {
  const entries = await new ZipReader(new Uint8ArrayReader(new Uint8Array(bytes))).getEntries();
  const texts = entries.map(async (entry) => {
    if (entry.directory) throw new Error('There is a folder in the archive.');
    return [entry.filename, await entry.getData(new TextWriter())] as const;
  });
  return new Map(await Promise.all(texts));
}

function isExported({ urls, kill }: Deployment): void {
  const post = async (url: string, body: object, headers: Record<string, string> = { authorization }) => {
    const response = await fetch(url, { method: 'POST', headers: { ...json, ...headers }, body: JSON.stringify(body) });
    expect(response.ok).toBe(true);
    return (await response.json()) as { exportId: string; success: boolean };
  };
  let count = 0;
  const send = (...events: readonly object[]) => {
    const batch = events.map((event) => ({
      ...{ type: 'track', messageId: `m-${++count}`, userId: 'ada' },
      timestamp: new Date(Date.UTC(2026, 10, 20, 12, count)).toISOString(),
      ...event,
    }));
    const basic = `Basic ${Buffer.from(`${writeKey}:`).toString('base64')}`;
    return post(`${urls().ingest}/v1/batch`, { batch }, { authorization: basic });
  };
  const order = (id: string) => ({
    event: 'Order Completed',
    properties: { order_id: id, revenue: 40, currency: 'EUR' },
  });
  const idOfAda = async () => {
    const path = '/api/v1/customers?kind=user_id&value=ada';
    const found = await until(
      () => get<{ items: { customerId: string }[] }>(urls().profile, path),
      ({ items }) => items.length > 0,
    );
    return found.items[0]!.customerId;
  };
  const progressOf = (exportId: string) => get<Progress>(urls().profile, `/api/v1/exports/${exportId}`);
  const whenReady = async (exportId: string) => {
    const { file } = await until(
      () => progressOf(exportId),
      ({ status }) => status === 'ready',
      60_000,
    );
    const response = await fetch(urls().profile + file!, { headers: { authorization } });
    expect(response.headers.get('content-type')).toBe('application/zip');
    return unzipped(await response.arrayBuffer());
  };
  const itemsIn = (files: Map<string, string>, name: string) =>
    JSON.parse(files.get(`${name}.json`)!) as Record<string, unknown>[];

  test('has what happened on the web, in the app and at the till, from every service', async () => {
    await send(
      { ...order('o-1'), anonymousId: 'browser' },
      { event: 'Product Viewed', properties: { product_id: 'p-1' }, context: { channel: 'mobile' } },
      { event: 'Preferences Updated', properties: { offers: 'granted', personalisation: 'granted' } },
      { event: 'Promise Broken', properties: { promise_id: 'late' } },
      { event: undefined, messageId: 'without a name' },
    );
    const ada = await idOfAda();
    await post(`${urls().profile}/api/v1/customers/${ada}/notes`, { kind: 'note', audience: 'clerk', text: markup });
    // At once after the last event was accepted: the export waits until every service has it.
    await send({
      ...order('o-2'),
      context: { channel: 'store' },
      properties: { order_id: 'o-2', revenue: 9, currency: 'EUR', store_id: 'centro' },
    });
    const { exportId } = await post(`${urls().profile}/api/v1/customers/${ada}/exports`, {});
    const files = await whenReady(exportId);
    const names = [
      'profile',
      'consents',
      'notes',
      'links',
      'scores',
      'reasons',
      'evidence',
      'offers',
      'decisions',
      'timeline',
      'rejected',
      'incomplete',
    ];
    expect([...files.keys()]).toEqual(['index.html', 'about.json', ...names.map((name) => `${name}.json`)]);
    expect(itemsIn(files, 'timeline').map(({ channel }) => channel)).toEqual(['store', 'web', 'web', 'mobile', 'web']);
    expect(itemsIn(files, 'evidence').map(({ name }) => name)).toEqual(
      expect.arrayContaining(['order.completed', 'promise.broken']),
    );
    expect(itemsIn(files, 'evidence').filter(({ name }) => name === 'order.completed')).toHaveLength(2);
    expect(itemsIn(files, 'decisions').length).toBeGreaterThan(0);
    expect(itemsIn(files, 'notes')).toMatchObject([{ text: markup }]);
    expect(itemsIn(files, 'rejected')).toMatchObject([{ code: 'name-missing' }]);
    const page = files.get('index.html')!;
    expect(page).toContain('centro');
    expect(page).not.toContain('<script');
  });

  test('is complete although every service was killed in the middle of it', async () => {
    const { exportId } = await post(`${urls().profile}/api/v1/customers/${await idOfAda()}/exports`, {});
    await kill();
    await until(
      () => progressOf(exportId).catch(() => undefined),
      (progress) => progress?.status === 'ready',
      90_000,
    );
    const files = await whenReady(exportId);
    expect(itemsIn(files, 'timeline')).toHaveLength(5);
    expect(itemsIn(files, 'rejected')).toHaveLength(1);
  });
}

await inBothDeployments('an export', { prefix: 'export.test.' }, isExported);
