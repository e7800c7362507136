import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { type IncomingMessage, request as ask } from 'node:http';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { type ReceivedRequest, type StubService, stubService } from './stub-service.ts';
import { type Gateway, openapi, startGateway, withNginx } from './with-nginx.ts';

const services = ['ingest', 'profile', 'scoring', 'offers'] as const;
type Service = (typeof services)[number];

const folder = join(import.meta.dirname, '../../../../docs/openapi');
const pathsOf = (service: Service): string[] => {
  const { paths } = JSON.parse(readFileSync(join(folder, `${service}.json`), 'utf8')) as {
    paths: Record<string, Record<string, object>>;
  };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
};
const all = services.map(pathsOf);
const common = all[0]!.filter((route) => all.every((routes) => routes.includes(route)));
const own = services.flatMap((service, index) =>
  all[index]!.filter((route) => !common.includes(route)).map((route) => [route, service] as const),
);

test('every service with a published document is tested here', () => {
  expect(readdirSync(folder).sort()).toEqual([...services, 'all'].map((name) => `${name}.json`).sort());
});

let stubs: Record<Service | 'console', StubService>;
let gateway: Gateway;

/** Sends a request with the path unchanged: fetch would normalise it. */
async function send(
  method: string,
  path: string,
): Promise<{ status: number; body: ReceivedRequest & { code?: string } }> {
  const { hostname, port } = new URL(gateway.url);
  const [answer] = (await once(ask({ method, path, hostname, port }).end(), 'response')) as [IncomingMessage];
  return { status: answer.statusCode!, body: (await json(answer)) as ReceivedRequest & { code?: string } };
}
const forwardedRequest = async (path: string, init: RequestInit = {}) =>
  (await (await fetch(gateway.url + path, init)).json()) as ReceivedRequest;

withNginx('the gateway', () => {
  beforeAll(async () => {
    const hosts = [...services, 'console'] as const;
    const started = await Promise.all(hosts.map(stubService));
    stubs = Object.fromEntries(hosts.map((host, index) => [host, started[index]!])) as typeof stubs;
    gateway = await startGateway(Object.fromEntries(hosts.map((host) => [host, stubs[host].port])));
  });
  afterAll(async () => {
    await gateway.stop();
    for (const stub of Object.values(stubs)) stub.close();
  });

  describe('routes', () => {
    test.each(own)('%s to %s', async (route, service) => {
      const [method, template] = route.split(' ') as [string, string];
      const path = template.replaceAll(/\{\w+\}/g, 'x');
      for (const url of [path, `${path}/`, `${path}?limit=1`])
        expect(await send(method, url)).toMatchObject({ status: 200, body: { service, method, url } });
    });

    test.each(common.filter((route) => route !== 'GET /metrics'))(
      '%s, which every process has, to ingest',
      async (route) => {
        const [method, template] = route.split(' ') as [string, string];
        const path = template.replaceAll(/\{\w+\}/g, 'x');
        expect(await send(method, path)).toMatchObject({ status: 200, body: { service: 'ingest', method, url: path } });
      },
    );

    test.each(
      services.flatMap((service) =>
        [
          '/health/live',
          '/health/ready',
          '/openapi.json',
          '/api/v1/stats',
          '/api/v1/dead-letters?limit=5&group=a%20b',
          '/api/v1/dead-letters/5f0c1c0e-6f59-5c3c-9d37-0f7f5f3c7a02/redrive',
        ].map((path) => [service, path]),
      ),
    )('/%s%s to this service', async (service, path) => {
      expect(await send('GET', `/${service}${path}`)).toMatchObject({ status: 200, body: { service, url: path } });
    });

    test.each(['/console', '/console/', '/console/models/retail-2?view=try', '/console/assets/main-1.js'])(
      '%s to the console',
      async (path) =>
        expect(await send('GET', path)).toMatchObject({ status: 200, body: { service: 'console', url: path } }),
    );

    test('/openapi.json to the routes of all services', async () => {
      const answer = await fetch(`${gateway.url}/openapi.json`);
      expect(answer.headers.get('content-type')).toBe('application/json');
      expect(await answer.text()).toBe(readFileSync(openapi, 'utf8'));
    });

    test.each([
      '/',
      '/metrics',
      '//metrics',
      '/v1/../metrics',
      '/v1/%2e%2e/metrics',
      '/v1/..%2Fmetrics',
      '/profile/metrics',
      '/profile/api/v1/customers',
      '/v1x/track',
      '/api/v1/customersx',
      '/api/v1',
      '/api/v1/nothing',
      '/index.html',
      '/consoles',
    ])('%s to no service', async (path) => {
      expect(await send('GET', path)).toMatchObject({ status: 404, body: { code: 'not-found' } });
    });
  });

  describe('forwards', () => {
    test('a path, a query and a compressed body unchanged', async () => {
      const zipped = gzipSync('{"batch":[]}');
      const path = '/v1/batch?writeKey=a%2Fb%20c&x=%C3%A9';
      const headers = { 'content-encoding': 'gzip', authorization: 'Basic a2V5Og==', 'content-type': 'text/plain' };
      const { url, body, headers: forwarded } = await forwardedRequest(path, { method: 'POST', headers, body: zipped });
      expect([url, Buffer.from(body, 'base64')]).toEqual([path, zipped]);
      expect(forwarded).toMatchObject(headers);
    });

    test('the origin and the target of the request', async () => {
      const { headers } = await forwardedRequest('/v1/track', { headers: { 'x-forwarded-for': '203.0.113.7' } });
      expect(headers).toMatchObject({
        host: new URL(gateway.url).host,
        'x-forwarded-host': new URL(gateway.url).host,
        'x-forwarded-for': '203.0.113.7, 127.0.0.1',
        'x-forwarded-proto': 'http',
      });
      const behindTls = await forwardedRequest('/v1/track', { headers: { 'x-forwarded-proto': 'https' } });
      expect(behindTls.headers['x-forwarded-proto']).toBe('https');
    });

    test('the id of a request, or a new one, and returns it to the caller', async () => {
      const given = await fetch(`${gateway.url}/v1/track`, { headers: { 'x-request-id': 'mine-1' } });
      expect(given.headers.get('x-request-id')).toBe('mine-1');
      expect(((await given.json()) as ReceivedRequest).headers['x-request-id']).toBe('mine-1');
      const generated = await fetch(`${gateway.url}/v1/track`);
      const id = generated.headers.get('x-request-id');
      expect(id).toMatch(/^[0-9a-f]{32}$/);
      expect(((await generated.json()) as ReceivedRequest).headers['x-request-id']).toBe(id);
    });

    test('the response of a service: status, Retry-After, headers for other origins', async () => {
      const headers = {
        'retry-after': '7',
        'access-control-allow-origin': 'https://shop.example',
        'content-type': 'application/problem+json',
      };
      stubs.ingest.handleNext((request, response) => {
        request.resume();
        response.writeHead(429, headers).end('{"code":"rate-limited"}');
      });
      const response = await fetch(`${gateway.url}/v1/track`, { method: 'POST', body: '{}' });
      expect([response.status, await response.json()]).toEqual([429, { code: 'rate-limited' }]);
      expect(Object.fromEntries(response.headers)).toMatchObject(headers);
    });

    test('requests over persistent connections', async () => {
      const connections = new Set<number>();
      for (let count = 0; count < 5; count += 1)
        connections.add((await forwardedRequest('/api/v1/templates')).connection);
      // Each nginx worker has its own connections; there is one worker per processor.
      expect(connections.size).toBeLessThan(5);
    });
  });

  describe('does not buffer', () => {
    test.each([
      ['/api/v1/customers/me/offers/stream', 'offers', {}],
      ['/api/v1/sources/x/live', 'ingest', {}],
      ['/api/v1/incomplete', 'ingest', { 'x-accel-buffering': 'no' }],
    ] as const)('the events of %s', async (path, service, headers) => {
      let finish = () => {};
      stubs[service].handleNext((_, response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream', ...headers });
        response.write('event: offer\n\n');
        finish = () => response.end('event: last\n\n');
      });
      const { body } = await fetch(gateway.url + path);
      const events = body!.pipeThrough(new TextDecoderStream()).values();
      expect((await events.next()).value).toBe('event: offer\n\n');
      finish();
      expect((await events.next()).value).toBe('event: last\n\n');
    });

    test('a file that is still being uploaded, however large it is', async () => {
      let onFirstChunk = () => {};
      const firstChunk = new Promise<void>((resolve) => (onFirstChunk = resolve));
      let size = 0;
      stubs.ingest.handleNext((request, response) => {
        request.on('data', (chunk: Buffer) => {
          size += chunk.length;
          onFirstChunk();
        });
        request.on('end', () => response.end('{"lines":50000}'));
      });
      const upload = ask(`${gateway.url}/api/v1/imports?format=ndjson`, { method: 'POST' });
      const answered = once(upload, 'response') as Promise<[IncomingMessage]>;
      upload.write('{"type":"track"}\n');
      // The rest is sent only after ingest has received the beginning.
      await firstChunk;
      for (let count = 0; count < 40; count += 1) upload.write('x'.repeat(1024 ** 2));
      upload.end();
      const [answer] = await answered;
      expect([answer.statusCode, await json(answer), size]).toEqual([200, { lines: 50_000 }, 40 * 1024 ** 2 + 17]);
    });
  });

  describe('responds itself, with a problem document, to', () => {
    const maxBytes = 16 * 1024 ** 2;
    test.each([
      [maxBytes - 1, 200],
      [maxBytes, 200],
      [maxBytes + 1, 413],
    ])('a body of %d bytes: %d', async (bytes, status) => {
      const response = await fetch(`${gateway.url}/v1/batch`, { method: 'POST', body: 'x'.repeat(bytes) });
      const answer = (await response.json()) as { status?: number };
      expect([response.status, answer.status]).toEqual([status, status === 413 ? 413 : undefined]);
    });

    test('a request for an unavailable service', async () => {
      stubs.scoring.close();
      const response = await fetch(`${gateway.url}/api/v1/customers/x/scores`);
      expect([response.status, response.headers.get('retry-after'), response.headers.get('content-type')]).toEqual([
        503,
        '2',
        'application/problem+json',
      ]);
      expect(await response.json()).toMatchObject({ status: 503, code: 'unavailable' });
      expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f]{32}$/);
    });
  });

  test('logs neither queries nor keys', async () => {
    await forwardedRequest('/projects/a-key-of-a-page/settings');
    await forwardedRequest('/beacon/v1/batch?writeKey=a-key-in-a-query');
    await forwardedRequest('/v1/track', { headers: { 'x-request-id': 'the-last-one' } });
    expect(gateway.log()).toMatch(/ the-last-one GET \/v1\/track 200 /);
    expect(gateway.log()).toMatch(/ GET \/projects\/\*\*\* 200 /);
    expect(gateway.log()).not.toMatch(/a-key|access_token/);
  });
});
