import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { connect } from 'node:net';
import { once } from 'node:events';
import { apiKey, basic, type Ingest, problemOf, startIngest, writeKey } from '../driver.ts';
import { batchOf, fresh, outcomeOf, accepted } from './outcome.ts';
import { bytesOf, codesIn, statusesIn } from './wire.ts';

jest.setTimeout(30_000);

let ingest: Ingest;
beforeAll(async () => {
  ingest = await startIngest();
});
afterAll(() => ingest.stop());

const stored = async () =>
  (await (await ingest.get('/api/v1/stats')).json()) as { readonly accepted: number; readonly rejected: number };

/** The bytes of a request in HTTP/1.1, with a key; `headers` are lines. */
function aRequest(line: string, body: string, ...headers: readonly string[]): string {
  const lines = [`${line} HTTP/1.1`, 'host: x', `x-write-key: ${writeKey}`, ...headers];
  return `${lines.join('\r\n')}\r\n\r\n${body}`;
}
const event = () => JSON.stringify(fresh());
const length = (body: string) => `content-length: ${body.length}`;
const close = 'connection: close';

/** The statuses and codes of the responses, and the number of stored events. */
async function exchange(...parts: readonly string[]) {
  const before = await stored();
  const bytes = await bytesOf(ingest.url, ...parts);
  const { accepted } = await stored();
  return { statuses: statusesIn(bytes), codes: codesIn(bytes), accepted: accepted - before.accepted };
}

describe('an unknown address', () => {
  test.each([
    ['POST', '/v1/delete'],
    ['POST', '/v1/constructor'],
    ['POST', '/v1/toString'],
    ['POST', '/v1/__proto__'],
    ['POST', '/v1'],
    ['POST', '/v1/track/more'],
    ['POST', '/V1/TRACK'],
    ['POST', '/v1/Track'],
    ['POST', '/v1//track'],
    ['POST', '//v1/track'],
    ['POST', '/v1/track;a=1'],
    ['POST', '/v1/track%20'],
    ['POST', '/v1/track%2F'],
    ['GET', '/v1/batch'],
    ['HEAD', '/v1/track'],
    ['PUT', '/v1/track'],
    ['PATCH', '/v1/track'],
    ['DELETE', '/v1/track'],
    ['OPTIONS', '/v1/track'],
    ['PROPFIND', '/v1/track'],
    ['GET', '/'],
    ['GET', '/wp-login.php'],
    ['POST', `/v1/${'x'.repeat(512)}`],
  ])('%s %s has the status 404', async (method, path) => {
    const response = await fetch(`${ingest.url}${path}`, { method, headers: basic(writeKey) });
    if (method === 'HEAD') expect(response.status).toBe(404);
    else expect(await problemOf(response)).toMatchObject({ status: 404, code: 'not-found' });
  });

  test.each([
    ['that is invalid', '/v1/%E0%A4%A', 400, 'bad-url'],
    ['of bytes that are not UTF-8', '/v1/%c3%28', 400, 'bad-url'],
    ['with a part of 513 characters', `/v1/${'x'.repeat(513)}`, 414, 'max-param-length'],
    ['of 20,000 characters', `/v1/${'x'.repeat(20_000)}`, 431, 'request-header-fields-too-large'],
  ])('an address %s has the right error', async (_, path, status, code) => {
    const response = await fetch(`${ingest.url}${path}`, { method: 'POST' });
    expect(await problemOf(response)).toMatchObject({ status, code });
  });
});

describe('an event is accepted', () => {
  test.each([
    ['with a slash after the path', '/v1/track/'],
    ['with an unknown query', '/v1/track?limit=0&__proto__=1&a[]=1'],
    ['with a broken query', '/v1/track?%zz'],
    ['with percent-encoded letters in the path', '/v1/%74rack'],
    ['with a full URL as path', 'http://elsewhere/v1/track'],
    ['with a fragment', '/v1/track#top'],
  ])('%s', async (_, path) => {
    const body = event();
    expect(await exchange(aRequest(`POST ${path}`, body, length(body), close))).toEqual({
      statuses: [200],
      codes: [],
      accepted: 1,
    });
  });

  test('by HTTP/1.0, which needs no host', async () => {
    const body = event();
    const head = `POST /v1/track HTTP/1.0\r\nx-write-key: ${writeKey}\r\n${length(body)}\r\n\r\n`;
    expect(await exchange(head, body)).toMatchObject({ statuses: [200], accepted: 1 });
  });

  test('in chunks of any size', async () => {
    const [first, rest] = [event().slice(0, 7), event().slice(7)];
    const chunks = [first, rest].map((part) => `${part.length.toString(16)};name=value\r\n${part}\r\n`).join('');
    const request = aRequest('POST /v1/track', `${chunks}0\r\ntrailer: 1\r\n\r\n`, 'transfer-encoding: chunked', close);
    expect(await exchange(...request.match(/[^]{1,40}/g)!)).toMatchObject({ statuses: [200], accepted: 1 });
  });

  test('after `expect: 100-continue`', async () => {
    const body = event();
    const request = aRequest('POST /v1/track', body, 'expect: 100-continue', length(body), close);
    expect(await exchange(request)).toMatchObject({ statuses: [100, 200], accepted: 1 });
  });

  test('from each of several pipelined requests', async () => {
    const bodies = [event(), event(), event()];
    const requests = bodies.map((body, nth) =>
      aRequest('POST /v1/track', body, length(body), ...(nth === 2 ? [close] : [])),
    );
    expect(await exchange(requests.join(''))).toEqual({ statuses: [200, 200, 200], codes: [], accepted: 3 });
  });

  test('with a header of 15,000 characters', async () => {
    const headers = { ...basic(writeKey), long: 'x'.repeat(15_000) };
    expect(await outcomeOf(ingest, () => ingest.post('/v1/track', event(), headers))).toEqual(accepted);
  });
});

describe('a request without a body', () => {
  const json = 'content-type: application/json';
  const chunks = 'transfer-encoding: chunked';
  const asAdmin = `authorization: Bearer ${apiKey}`;
  const none = '00000000-0000-4000-8000-00000000abcd';
  const framings: readonly (readonly [string, string, readonly string[]])[] = [
    ['with a content type', '', [json]],
    ['with an unknown content type', '', ['content-type: x']],
    ['with two content types', '', [json, 'content-type: text/plain']],
    ['of a length of 0', '', [json, 'content-length: 0']],
    ['in no chunks', '0\r\n\r\n', [json, chunks]],
    ['with `expect: 100-continue`', '', [json, 'expect: 100-continue', 'content-length: 0']],
  ];
  const routes: readonly (readonly [string, readonly string[], number, string])[] = [
    ['POST /v1/track', [], 400, 'not-an-object'],
    ['POST /v1/batch', [], 400, 'not-an-object'],
    ['POST /api/s/s2s/track', [], 400, 'not-an-object'],
    ['POST /api/v1/cloudevents', [], 400, 'event-missing'],
    ['POST /api/v1/receipts', [], 400, 'receipt-missing'],
    ['POST /api/v1/imports?format=csv', [], 400, 'file-empty'],
    [`DELETE /api/v1/sources/${none}/keys/${none}`, [asAdmin], 404, 'not-found'],
    [`PATCH /api/v1/sources/${none}`, [asAdmin], 404, 'not-found'],
    ['POST /api/v1/sources', [asAdmin], 400, 'bad-request'],
    ['POST /api/v1/rejected/1/redrive', [asAdmin], 404, 'not-found'],
    ['DELETE /api/v1/rejected/1', [asAdmin], 404, 'not-found'],
    ['POST /nowhere', [], 404, 'not-found'],
    ['BREW /v1/track', [], 404, 'not-found'],
  ];

  test.each(
    framings.flatMap(([how, body, headers]) =>
      routes.map(
        ([route, proof, status, code]) =>
          [how, route, { body, headers: [...proof, ...headers], status, code }] as const,
      ),
    ),
  )('%s: %s has the right status', async (_, route, { body, headers, status, code }) => {
    const { statuses, codes, accepted } = await exchange(aRequest(route, body, ...headers, close));
    expect([statuses.filter((one) => one !== 100), codes, accepted]).toEqual(
      // Node rejects it as invalid.
      route.startsWith('BREW') ? [[400], ['bad-request'], 0] : [[status], [code], 0],
    );
  });

  test.each(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE', 'PROPFIND', 'TRACE', 'get', 'QUERY'])(
    'with the method %s has a response, and its connection stays open',
    async (method) => {
      const body = event();
      const [first, next] = [
        aRequest(`${method} /v1/track`, '', json),
        aRequest('POST /v1/track', body, length(body), close),
      ];
      const { statuses } = await exchange(first + next);
      expect(statuses[0]).toBeLessThan(500);
      // Node closes the connection after an invalid request.
      expect(statuses.slice(1)).toEqual(statuses[0] === 400 ? [] : [200]);
    },
  );
});

describe('nothing is stored of a request', () => {
  const body = () => batchOf(fresh());
  const post = 'POST /v1/batch';

  test.each<[string, () => string, number, string]>([
    ['without a host', () => aRequest(post, body(), length(body()), close).replace('host: x\r\n', ''), 400, 'bad-host'],
    [
      'with an unknown expectation',
      () => aRequest(post, body(), 'expect: more', length(body()), close),
      417,
      'expectation-failed',
    ],
    ['with two lengths', () => aRequest(post, body(), length(body()), 'content-length: 1'), 400, 'bad-request'],
    [
      'with a length and chunks',
      () => aRequest(post, body(), length(body()), 'transfer-encoding: chunked'),
      400,
      'bad-request',
    ],
    ['with a length below 0', () => aRequest(post, body(), 'content-length: -1'), 400, 'bad-request'],
    ['with a length that is a word', () => aRequest(post, body(), 'content-length: ten'), 400, 'bad-request'],
    [
      'that is shorter than its length',
      () => aRequest(post, body().slice(0, -1), `content-length: ${body().length - 1}`, close),
      400,
      'not-json',
    ],
    [
      'with a chunk without a size',
      () => aRequest(post, `x\r\n${body()}\r\n0\r\n\r\n`, 'transfer-encoding: chunked'),
      400,
      'bad-request',
    ],
    ['in an unknown transfer encoding', () => aRequest(post, body(), 'transfer-encoding: pigeon'), 400, 'bad-request'],
    ['with a broken header', () => aRequest(post, body(), 'bro ken: 1', length(body())), 400, 'bad-request'],
    ['with a NUL in a header', () => aRequest(post, body(), 'odd: a\0b', length(body())), 400, 'bad-request'],
    [
      'with headers of 20,000 characters',
      () => aRequest(post, body(), `long: ${'x'.repeat(20_000)}`),
      431,
      'request-header-fields-too-large',
    ],
    [
      'with a letter in its path that must be escaped',
      () => aRequest('POST /v1/é', body(), length(body())),
      400,
      'bad-request',
    ],
    [
      'of an unknown version',
      () => aRequest(post, body(), length(body())).replace('HTTP/1.1', 'HTTP/9.9'),
      400,
      'bad-request',
    ],
    ['of HTTP/2', () => 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400, 'bad-request'],
    ['of TLS', () => '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003', 400, 'bad-request'],
    ['of another protocol', () => 'EHLO shop.example\r\n', 400, 'bad-request'],
  ])('%s', async (_, request, status, code) => {
    expect(await exchange(request())).toEqual({ statuses: [status], codes: [code], accepted: 0 });
  });

  test('that breaks off', async () => {
    const before = await stored();
    const { hostname, port } = new URL(ingest.url);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    const text = body();
    socket.write(aRequest(post, text.slice(0, -5), length(text)));
    await new Promise((resolve) => setTimeout(resolve, 100));
    socket.destroy();
    await once(socket, 'close');
    expect((await fetch(`${ingest.url}/health/live`)).status).toBe(200);
    expect(await stored()).toEqual(before);
  });
});
