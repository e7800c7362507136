import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { json } from 'node:stream/consumers';
import { basic, type Ingest, problemOf, startIngest, writeKey } from '../driver.ts';

jest.setTimeout(30_000);

let ingest: Ingest;
beforeAll(async () => {
  ingest = await startIngest();
});
afterAll(() => ingest.stop());

const get = (path: string, headers: Record<string, string> = {}) => fetch(`${ingest.url}${path}`, { headers });

describe('the settings for Segment’s SDKs', () => {
  const path = `/projects/${writeKey}/settings`;

  /** With any Host header, which `fetch` cannot set. */
  async function settingsUnder(host: string, headers: Record<string, string> = {}) {
    const asked = request(`${ingest.url}${path}`, { headers: { ...headers, host } }).end();
    const [response] = (await once(asked, 'response')) as [IncomingMessage];
    return { status: response.statusCode, body: (await json(response)) as Record<string, unknown> };
  }

  test.each([path, `/v1${path}`])(
    'are at %s, with the address of the server for events, and no metrics',
    async (at) => {
      const response = await get(at);
      const apiHost = `${new URL(ingest.url).host}/v1`;
      expect([response.status, response.headers.get('cache-control'), await response.json()]).toEqual([
        200,
        'no-store',
        {
          integrations: { 'Segment.io': { apiKey: writeKey, apiHost, protocol: 'http' } },
          metrics: { sampleRate: 0 },
        },
      ]);
    },
  );

  test.each(['events.shop.example', 'Events.Shop.example:8443', 'localhost', '10.0.0.7:80', '[::1]:4600', 'ingest_1'])(
    'contain the requested host %s',
    async (host) => {
      expect(await settingsUnder(host)).toMatchObject({
        status: 200,
        body: { integrations: { 'Segment.io': { apiHost: `${host}/v1` } } },
      });
    },
  );

  test.each([
    'shop.example/track',
    'ada@shop.example',
    'shop.example:port',
    'shop.example:123456',
    'a b',
    '"',
    '[x]',
    'é',
  ])('are not returned for the host »%s«', async (host) => {
    expect(await settingsUnder(host)).toMatchObject({ status: 400, body: { code: 'bad-host' } });
  });

  test.each([
    ['https', 'https'],
    ['HTTPS', 'https'],
    ['https, http', 'https'],
    ['http', 'http'],
    ['http, https', 'http'],
    ['httpsx', 'http'],
    ['', 'http'],
  ])('use the protocol »%s« of the proxy', async (forwarded, protocol) => {
    const { body } = await settingsUnder('shop.example', { 'x-forwarded-proto': forwarded });
    expect(body).toMatchObject({ integrations: { 'Segment.io': { protocol } } });
  });

  test('are those of the key in the path, not of another key in the request', async () => {
    expect((await get(path, basic('another'))).status).toBe(200);
    expect((await get('/projects/another/settings', basic(writeKey))).status).toBe(401);
  });

  test.each([
    ['an unknown key', '/projects/unknown/settings', 401, 'key-unknown'],
    ['a key that Postgres rejects', '/v1/projects/%00/settings', 401, 'key-unknown'],
    ['no key', '/projects//settings', 404, 'not-found'],
    ['no settings', `/projects/${writeKey}`, 404, 'not-found'],
    ['another version', `/v2${path}`, 404, 'not-found'],
  ])('are not returned for %s', async (_, at, status, code) => {
    expect(await problemOf(await get(at))).toMatchObject({ status, code });
  });
});

describe('the source configuration for RudderStack’s SDKs', () => {
  const config = {
    source: {
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      name: 'first',
      enabled: true,
      config: { statsCollection: { errors: { enabled: false }, metrics: { enabled: false } } },
      destinations: [],
    },
  };

  test.each([
    ['with a slash, the key as Basic user name', '/sourceConfig/?p=npm&v=3.34.1', basic(writeKey)],
    ['without a slash', '/sourceConfig', basic(writeKey)],
    ['with the key in the query', `/sourceConfig/?writeKey=${writeKey}&build=modern`, {}],
    ['with the key in both', `/sourceConfig?writeKey=${writeKey}`, basic(writeKey)],
  ])('is requested %s', async (_, path, headers) => {
    const response = await get(path, headers);
    expect([response.status, response.redirected, await response.json()]).toEqual([200, false, config]);
  });

  test('can be requested with HEAD, to check for ad blockers', async () => {
    const response = await fetch(`${ingest.url}/sourceConfig/?view=ad`, { method: 'HEAD', headers: basic(writeKey) });
    expect([response.status, await response.text()]).toEqual([200, '']);
  });

  test.each([
    ['without a key', '/sourceConfig/', {}, 'key-missing'],
    ['with an empty key', '/sourceConfig/?writeKey=', {}, 'key-missing'],
    ['with two keys', `/sourceConfig/?writeKey=${writeKey}&writeKey=${writeKey}`, {}, 'key-missing'],
    ['with an unknown key', '/sourceConfig/?writeKey=unknown', {}, 'key-unknown'],
    [
      'with an unknown key in the query and a valid one in the header',
      '/sourceConfig/?writeKey=unknown',
      basic(writeKey),
      'key-unknown',
    ],
  ])('is rejected %s', async (_, path, headers, code) => {
    expect(await problemOf(await get(path, headers))).toMatchObject({ status: 401, code });
  });
});
