import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { anEvent, anEventOfBytes } from '../builders.ts';
import { basic, type Ingest, problemOf, startIngest, writeKey } from '../driver.ts';

jest.setTimeout(30_000);

let ingest: Ingest;
beforeAll(async () => {
  ingest = await startIngest();
});
afterAll(() => ingest.stop());

/** An event with a message id that no other test uses. */
const anotherEvent = (over: object = {}) => anEvent({ messageId: randomUUID(), ...over });
const batchOf = (...events: unknown[]) => JSON.stringify({ batch: events });

/** The activities that were kept of these events, in the order of the events. */
async function keptOf(...events: readonly { messageId?: unknown }[]) {
  const ids = events.map(({ messageId }) => messageId);
  const found = await ingest.until((activities) => ids.every((id) => activities.some((one) => one.messageId === id)));
  return ids.map((id) => found.find(({ messageId }) => messageId === id)!);
}

const success = { success: true };

describe('a batch', () => {
  test('is answered 200 when all its events are in the stream', async () => {
    const events = [anotherEvent(), anotherEvent({ userId: 'bob', event: 'promise.broken' })];
    const response = await ingest.post('/v1/batch', batchOf(...events));
    expect([response.status, await response.json()]).toEqual([200, success]);
    expect(await keptOf(...events)).toMatchObject([
      { name: 'order.completed', identifiers: [{ kind: 'user_id', value: 'ada' }], channel: 'web' },
      { name: 'promise.broken', identifiers: [{ kind: 'user_id', value: 'bob' }] },
    ]);
  });

  test('without events is fine', async () => {
    const response = await ingest.post('/v1/batch', batchOf());
    expect([response.status, await response.json()]).toEqual([200, success]);
  });

  test.each([
    [4_999, 200],
    [5_000, 200],
    [5_001, 413],
  ])('of %d events is answered %d: zipped, a few kilobytes could hold millions', async (events, status) => {
    const response = await ingest.post(
      '/v1/batch',
      batchOf(...Array<object>(events).fill({ type: 'page', userId: 'ada' })),
    );
    expect(response.status).toBe(status);
    if (status === 413) expect(await problemOf(response)).toMatchObject({ code: 'batch-too-long' });
  });

  test('has its sending in common: the clock of the device is corrected by it', async () => {
    const event = anotherEvent({ originalTimestamp: '2020-01-01T00:00:00.000Z' });
    await ingest.post('/v1/batch', JSON.stringify({ batch: [event], sentAt: '2020-01-01T00:01:00.000Z' }));
    const [activity] = await keptOf(event);
    expect(Date.parse(activity!.receivedAt) - Date.parse(activity!.timestamp)).toBe(60_000);
  });

  test('of good and bad events keeps the good ones, and names the bad ones by index, code and reason', async () => {
    const good = [anotherEvent(), anotherEvent()];
    const bad = [
      anotherEvent({ type: 'delete' }),
      5,
      anotherEvent({ userId: undefined }),
      anotherEvent({ messageId: undefined, event: 7 }),
    ];
    const response = await ingest.post('/v1/batch', batchOf(bad[0], good[0], bad[1], bad[2], good[1], bad[3]));
    expect([response.status, await response.json()]).toEqual([
      200,
      {
        success: true,
        rejected: [
          {
            index: 0,
            messageId: (bad[0] as { messageId: string }).messageId,
            code: 'invalid-shape',
            reason: expect.stringMatching(/type/),
          },
          { index: 2, code: 'invalid-shape', reason: 'event must be object' },
          {
            index: 3,
            messageId: (bad[2] as { messageId: string }).messageId,
            code: 'identifier-missing',
            reason: expect.stringMatching(/userId/),
          },
          { index: 5, code: 'name-missing', reason: expect.stringMatching(/event/) },
        ],
      },
    ]);
    expect(await keptOf(...good)).toHaveLength(2);
  });

  test('may hold everything that others choke on: each is kept, or rejected with its code', async () => {
    const brackets = `{"type":"track","userId":"ada","event":"x","properties":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    const poisoned =
      '{"type":"track","messageId":"poisoned","userId":"ada","event":"x","__proto__":{"a":1},"properties":{"constructor":{"prototype":{"a":1}},"b":2}}';
    const unstorable =
      '{"type":"track","messageId":"unstorable","userId":"ada","event":"x","properties":{"nul":"a\\u0000b","half":"a\\ud800b"}}';
    const unstorableAndBad = '{"type":"track","messageId":"nul \\u0000 half \\ud800","event":"\\u0000"}';
    const others = [
      anEventOfBytes(33 * 1024),
      anotherEvent({ timestamp: '0001-01-01T00:00:00Z' }),
      anotherEvent({ timestamp: '3000-01-01T00:00:00Z' }),
      anotherEvent({ userId: 4711 }),
    ].map((event) => JSON.stringify(event));
    const response = await ingest.post(
      '/v1/batch',
      `{"batch":[${[brackets, poisoned, unstorable, unstorableAndBad, ...others].join()}]}`,
    );
    expect(response.status).toBe(200);
    const { rejected } = (await response.json()) as { rejected: { index: number; code: string }[] };
    expect(rejected.map(({ index, code }) => [index, code])).toEqual([
      [0, 'too-deep'],
      [3, 'identifier-unclear'],
      [4, 'too-large'],
      [6, 'timestamp-in-future'],
    ]);
    expect(
      (await keptOf({ messageId: 'poisoned' }, { messageId: 'unstorable' })).map(({ properties }) => properties),
    ).toEqual([{ b: 2 }, { nul: 'ab', half: 'a\ufffdb' }]);
  });
});

describe('a single event', () => {
  test.each([
    ['track', 'order.completed'],
    ['identify', 'customer.identified'],
    ['page', 'page.viewed'],
    ['screen', 'screen.viewed'],
    ['group', 'group.joined'],
    ['alias', 'customer.aliased'],
  ])('of type %s is taken, whatever its own type says', async (type, name) => {
    const event = anotherEvent({ type: 'something' });
    const response = await ingest.post(`/v1/${type}`, JSON.stringify(event));
    expect([response.status, await response.json()]).toEqual([200, success]);
    expect(await keptOf(event)).toMatchObject([{ type, name }]);
  });

  test('that cannot be used is answered 200 with the reason: it is kept, and sending it again would not help', async () => {
    const response = await ingest.post(
      '/v1/track',
      JSON.stringify(anotherEvent({ messageId: 'nameless', event: undefined })),
    );
    expect([response.status, await response.json()]).toEqual([
      200,
      {
        success: true,
        rejected: [{ index: 0, messageId: 'nameless', code: 'name-missing', reason: expect.any(String) }],
      },
    ]);
  });
});

describe('the write key', () => {
  const wrong = basic('a key that nobody has');
  const event = () => JSON.stringify(anotherEvent());

  test.each([
    ['as Basic user name', () => ingest.post('/v1/track', event(), basic(writeKey))],
    ['in the body', () => ingest.post('/v1/track', JSON.stringify(anotherEvent({ writeKey })), {})],
    ['in the body of a batch', () => ingest.post('/v1/batch', JSON.stringify({ writeKey, batch: [] }), {})],
    [
      'in the body, where the Basic user name is empty',
      () => ingest.post('/v1/track', JSON.stringify(anotherEvent({ writeKey })), basic('')),
    ],
    [
      'as Basic user name, before another one in the body',
      () => ingest.post('/v1/track', JSON.stringify(anotherEvent({ writeKey: 'other' }))),
    ],
    ['as X-Write-Key', () => ingest.post('/v1/track', event(), { 'x-write-key': writeKey })],
    ['as X-Write-Key with a secret', () => ingest.post('/v1/track', event(), { 'x-write-key': `${writeKey}:secret` })],
    [
      'with the scheme in small letters',
      () =>
        ingest.post('/v1/track', event(), {
          authorization: basic(writeKey)['authorization']!.replace('Basic', 'basic'),
        }),
    ],
  ])('is taken %s', async (_, send) => {
    expect((await send()).status).toBe(200);
  });

  test.each([
    ['missing', 'key-missing', () => ingest.post('/v1/track', event(), {})],
    ['missing from an empty body', 'key-missing', () => ingest.post('/v1/batch', '', {})],
    ['no text', 'key-missing', () => ingest.post('/v1/track', JSON.stringify(anotherEvent({ writeKey: 5 })), {})],
    [
      'sent in another scheme',
      'key-missing',
      () => ingest.post('/v1/track', event(), { authorization: `Digest ${writeKey}` }),
    ],
    [
      'in the address, where a page that closes alone may have it',
      'key-missing',
      () => ingest.post(`/v1/batch?writeKey=${writeKey}`, batchOf(), {}),
    ],
    ['empty before its secret', 'key-missing', () => ingest.post('/v1/track', event(), { 'x-write-key': ':secret' })],
    ['wrong', 'key-unknown', () => ingest.post('/v1/track', event(), wrong)],
    ['wrong as X-Write-Key', 'key-unknown', () => ingest.post('/v1/track', event(), { 'x-write-key': 'wrong' })],
    [
      'wrong in the body',
      'key-unknown',
      () => ingest.post('/v1/track', JSON.stringify(anotherEvent({ writeKey: 'wrong' })), {}),
    ],
    [
      'wrong, and full of what Postgres refuses',
      'key-unknown',
      () => ingest.post('/v1/track', '{"writeKey":"\\u0000\\ud800"}', {}),
    ],
  ])('is told to be %s: 401 %s', async (_, code, send) => {
    expect(await problemOf(await send())).toMatchObject({ status: 401, code });
  });
});

describe('a body', () => {
  test.each([
    ['not JSON', 'Order Completed', 'not-json'],
    ['half JSON', '{"batch":[', 'not-json'],
    ['nothing but zeros', '\u0000\u0000', 'not-json'],
    ['empty', '', 'not-an-object'],
    ['null', 'null', 'not-an-object'],
    ['a number', '5', 'not-an-object'],
    ['a text', '"batch"', 'not-an-object'],
    ['a list', '[{"type":"track"}]', 'not-an-object'],
    ['without a batch', '{"events":[]}', 'batch-missing'],
    ['with a batch that is an object', '{"batch":{}}', 'batch-missing'],
    ['with a batch that is null', '{"batch":null}', 'batch-missing'],
  ])('that is %s is answered 400', async (_, body, code) => {
    expect(await problemOf(await ingest.post('/v1/batch', body))).toMatchObject({ status: 400, code });
  });

  test('that is not JSON is told so before its key is looked for', async () => {
    expect(await problemOf(await ingest.post('/v1/batch', '{', {}))).toMatchObject({ status: 400, code: 'not-json' });
  });

  test.each([
    ['application/json'],
    ['application/json; charset=utf-8'],
    ['text/plain;charset=UTF-8'],
    ['application/x-www-form-urlencoded'],
    ['multipart/form-data'],
    ['application/octet-stream'],
    ['json'],
    ['@@@'],
  ])('is JSON, also when its content type is %s', async (contentType) => {
    const response = await ingest.post('/v1/batch', batchOf(), { ...basic(writeKey), 'content-type': contentType });
    expect([response.status, await response.json()]).toEqual([200, success]);
  });

  test('may have no content type at all', async () => {
    const response = await ingest.post('/v1/batch', Buffer.from(batchOf()));
    expect([response.status, await response.json()]).toEqual([200, success]);
  });

  test('may begin with a byte order mark', async () => {
    expect((await ingest.post('/v1/batch', `\ufeff${batchOf()}`)).status).toBe(200);
  });

  const largest = 500 * 1024;
  test.each([
    [largest - 1, 200],
    [largest, 200],
    [largest + 1, 413],
  ])('of %d bytes is answered %d', async (bytes, status) => {
    const body = batchOf().padEnd(bytes);
    const response = await ingest.post('/v1/batch', body);
    expect(response.status).toBe(status);
    if (status === 413) expect(await problemOf(response)).toMatchObject({ code: 'body-too-large' });
  });

  test('of many megabytes is answered 413, and not by a broken connection', async () => {
    const response = await ingest.post('/v1/batch', batchOf().padEnd(12 * 1024 * 1024));
    expect(await problemOf(response)).toMatchObject({ status: 413, code: 'body-too-large' });
  });
});

describe('a zipped body', () => {
  const zipped = (headers: Record<string, string> = {}, body = batchOf()) =>
    ingest.post('/v1/batch', gzipSync(body), { ...basic(writeKey), ...headers });

  test.each([
    ['with its header', { 'content-encoding': 'gzip' }],
    ['without its header', {}],
    ['under the header of a form, as RudderStack sends it', { 'content-type': 'application/x-www-form-urlencoded' }],
  ])('%s is unzipped', async (_, headers) => {
    const response = await zipped(headers);
    expect([response.status, await response.json()]).toEqual([200, success]);
  });

  test.each([
    ['no gzip at all', Buffer.from(batchOf())],
    ['gzip that ends too early', gzipSync(batchOf()).subarray(0, -9)],
    ['gzip with a broken middle', gzipSync(batchOf()).fill(0xff, 12, 20)],
  ])('that is %s is answered 400', async (_, body) => {
    const response = await ingest.post('/v1/batch', body, { ...basic(writeKey), 'content-encoding': 'gzip' });
    expect(await problemOf(response)).toMatchObject({ status: 400, code: 'not-gzip' });
  });

  const largestUnzipped = 4 * 1024 * 1024;
  test.each([
    [largestUnzipped - 1, 200],
    [largestUnzipped, 200],
    [largestUnzipped + 1, 413],
  ])('of %d bytes, unzipped, is answered %d', async (bytes, status) => {
    expect((await zipped({}, batchOf().padEnd(bytes))).status).toBe(status);
  });

  test('that would grow to a hundred megabytes is answered 413', async () => {
    const response = await zipped({}, ' '.repeat(100 * 1024 * 1024));
    expect(await problemOf(response)).toMatchObject({ status: 413, code: 'body-too-large' });
  });
});

describe('what is not there', () => {
  test.each([
    ['POST', '/v1/delete'],
    ['POST', '/v1/constructor'],
    ['POST', '/v1/toString'],
    ['POST', '/v1'],
    ['POST', '/v1/track/more'],
    ['GET', '/v1/batch'],
    ['PUT', '/v1/track'],
    ['GET', '/'],
    ['GET', '/wp-login.php'],
    ['POST', `/v1/${'x'.repeat(400)}`],
  ])('%s %s is answered 404', async (method, path) => {
    const response = await fetch(`${ingest.url}${path}`, { method, headers: basic(writeKey) });
    expect(await problemOf(response)).toMatchObject({ status: 404, code: 'not-found' });
  });

  test('an address that is none is answered 400', async () => {
    const response = await fetch(`${ingest.url}/v1/%E0%A4%A`, { method: 'POST' });
    expect(await problemOf(response)).toMatchObject({ status: 400, code: 'bad-url' });
  });

  test('an address that is too long is answered 4xx', async () => {
    expect((await problemOf(await fetch(`${ingest.url}/v1/${'x'.repeat(1_000)}`, { method: 'POST' }))).status).toBe(
      414,
    );
    expect((await problemOf(await fetch(`${ingest.url}/v1/${'x'.repeat(20_000)}`, { method: 'POST' }))).status).toBe(
      431,
    );
  });
});
