import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { anEvent } from '../builders.ts';
import { apiKey, basic, type Ingest, startIngest, writeKey } from '../driver.ts';

jest.setTimeout(30_000);

const origin = 'https://shop.example';

let ingest: Ingest;
let pageKey: string;
beforeAll(async () => {
  ingest = await startIngest();
  pageKey = (await ingest.aSource({ key: 'browser', origins: [origin] })).writeKey;
});
afterAll(() => ingest.stop());

const ask = async (method: string, path: string, { headers = {}, body }: { headers?: object; body?: string } = {}) => {
  const init = { method, headers: { origin, ...headers }, redirect: 'manual' as const };
  const response = await fetch(`${ingest.url}${path}`, body === undefined ? init : { ...init, body });
  return { status: response.status, mayRead: response.headers.get('access-control-allow-origin') === origin, response };
};

/** The headers of the SDKs that need a pre-flight. */
const sent = [
  'authorization,x-retry-count',
  'content-type,x-enable-debug,x-ip-policy,x-write-key',
  'anonymousid,authorization,content-type,rsa-recovered,rsa-retry-attempt,rsa-retry-reason,rsa-since-first-attempt,rsa-since-last-attempt,sentat',
];
const routes = [
  ['POST', '/v1/t'],
  ['POST', '/v1/track'],
  ['POST', '/v1/b'],
  ['POST', '/v1/batch'],
  ['POST', '/v1/m'],
  ['POST', '/beacon/v1/batch'],
  ['POST', '/api/s/track'],
  ['POST', '/api/s/s2s/track'],
  ['GET', '/projects/key/settings'],
  ['GET', '/v1/projects/key/settings'],
  ['GET', '/sourceConfig'],
  ['HEAD', '/sourceConfig/'],
] as const;

describe('a page of another origin', () => {
  test.each(routes)('may send %s to %s, with all headers of the SDKs', async (method, path) => {
    for (const headers of sent) {
      const asked = { 'access-control-request-method': method, 'access-control-request-headers': headers };
      const { status, mayRead, response } = await ask('OPTIONS', path, { headers: asked });
      expect([status, mayRead, response.headers.get('access-control-allow-headers')]).toEqual([204, true, headers]);
      expect(response.headers.get('access-control-allow-methods')?.split(',')).toContain(method);
    }
  });

  test.each([
    ['POST', '/v1/track', JSON.stringify(anEvent()), 200],
    ['POST', '/v1/track', '{', 400],
    ['GET', '/v1/projects/unknown/settings', undefined, 401],
    ['POST', '/v1/nothing', '{}', 404],
    ['GET', '/v1/next-integrations/plugin.js', undefined, 404],
    ['POST', '/v1/batch', '{}'.padEnd(501 * 1024), 413],
  ])('may read the response to %s %s, and its retry delay', async (method, path, body, status) => {
    const answer = await ask(method, path, { headers: basic(pageKey), ...(body === undefined ? {} : { body }) });
    expect([answer.status, answer.mayRead]).toEqual([status, true]);
    expect(answer.response.headers.get('access-control-expose-headers')).toBe('Retry-After');
  });

  test.each([
    ['without a key', {}, 401],
    ['with a secret key', basic(writeKey), 403],
  ])('may read the response %s', async (_, headers, status) => {
    expect(await ask('POST', '/v1/track', { headers, body: '{}' })).toMatchObject({ status, mayRead: true });
  });

  test.each(['/api/v1/rejected', '/api/v1/stats', '/api/v1/nothing', '/health/live', '/metrics', '/'])(
    'may not read %s',
    async (path) => {
      const headers = { authorization: `Bearer ${apiKey}` };
      expect((await ask('GET', path, { headers })).mayRead).toBe(false);
      const preflight = await ask('OPTIONS', path, { headers: { 'access-control-request-method': 'GET' } });
      expect([preflight.status, preflight.mayRead]).toEqual([404, false]);
    },
  );
});
