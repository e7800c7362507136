import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { basic, type Ingest, startIngest, writeKey } from '../driver.ts';
import { batchOf, fresh, type Outcome, outcomeOf, refused, accepted } from './outcome.ts';

jest.setTimeout(30_000);

let ingest: Ingest;
beforeAll(async () => {
  ingest = await startIngest();
});
afterAll(() => ingest.stop());

type Headers = Record<string, string>;
const send = (body: string | Uint8Array, headers: Headers = {}) =>
  outcomeOf(ingest, () => ingest.post('/v1/batch', body, { ...basic(writeKey), ...headers }));

const one = () => batchOf(fresh());
const ofBytes = (bytes: number) => one().padEnd(bytes);
const gzip = { 'content-encoding': 'gzip' };
/** A body of this many bytes: zeros may follow gzip data. */
const zippedTo = (bytes: number, text: string) => Buffer.concat([gzipSync(text)], bytes);

describe('a body of', () => {
  const [raw, unzipped] = [500 * 1024, 4 * 1024 * 1024];

  test.each<[string, () => string | Uint8Array, Outcome]>([
    ['500 KB less a byte', () => ofBytes(raw - 1), accepted],
    ['500 KB', () => ofBytes(raw), accepted],
    ['500 KB and a byte', () => ofBytes(raw + 1), refused(413, 'body-too-large')],
    ['12 MB, where the sender listens only after all of it', () => ofBytes(24 * raw), refused(413, 'body-too-large')],
    ['40 MB, of which the sender hears before its end', () => ofBytes(80 * raw), refused(413, 'body-too-large')],
    ['4 MB less a byte, unzipped', () => zippedTo(raw / 2, ofBytes(unzipped - 1)), accepted],
    ['4 MB, unzipped', () => zippedTo(raw / 2, ofBytes(unzipped)), accepted],
    ['4 MB and a byte, unzipped', () => zippedTo(raw / 2, ofBytes(unzipped + 1)), refused(413, 'body-too-large')],
    ['64 KB, unzipped from as little as it may be', () => gzipSync(ofBytes(65_536)), accepted],
    [
      '64 KB and a byte, unzipped from less than 655 bytes',
      () => gzipSync(ofBytes(65_537)),
      refused(413, 'body-too-large'),
    ],
    ['1 MB less a byte, unzipped from 10 KB', () => zippedTo(10_000, ofBytes(999_999)), accepted],
    ['1 MB, unzipped from 10 KB', () => zippedTo(10_000, ofBytes(1_000_000)), accepted],
    [
      '1 MB and a byte, unzipped from 10 KB',
      () => zippedTo(10_000, ofBytes(1_000_001)),
      refused(413, 'body-too-large'),
    ],
    ['100 MB, unzipped', () => gzipSync(' '.repeat(100 * 1024 * 1024)), refused(413, 'body-too-large')],
    [
      '4 MB of brackets, unzipped',
      () => zippedTo(raw / 2, '['.repeat(unzipped / 2) + ']'.repeat(unzipped / 2)),
      refused(400, 'not-an-object'),
    ],
  ])('%s', async (_, body, outcome) => {
    expect(await send(body())).toEqual(outcome);
  });
});

describe('a body in another encoding than UTF-8', () => {
  const named = (userId: string) => batchOf(fresh({ userId }));
  const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le');

  test.each<[string, () => string | Uint8Array, Outcome]>([
    ['Latin-1', () => Buffer.from(named('böhm'), 'latin1'), refused(400, 'not-utf8')],
    ['Latin-1, zipped', () => gzipSync(Buffer.from(named('böhm'), 'latin1')), refused(400, 'not-utf8')],
    ['UTF-16', () => utf16(named('böhm')), refused(400, 'not-utf8')],
    ['UTF-16, the other way round', () => utf16(named('böhm')).swap16(), refused(400, 'not-utf8')],
    ['UTF-8', () => named('böhm'), accepted],
    ['UTF-8 with a byte order mark', () => `\ufeff${named('bähm')}`, accepted],
    ['ASCII with escapes', () => named('böhm').replace('ö', '\\u00f6'), accepted],
  ])('%s', async (_, body, outcome) => {
    expect(await send(body(), { 'content-type': 'application/json; charset=iso-8859-1' })).toEqual(outcome);
  });
});

test.each([
  '/v1/track',
  '/v1/b',
  '/v1/m',
  '/api/s/s2s/track',
  '/beacon/v1/batch',
  '/api/v1/cloudevents',
  '/api/v1/receipts',
])('a body in Latin-1 is rejected by %s', async (path) => {
  const body = Buffer.from('{"userId":"böhm"}', 'latin1');
  expect(await outcomeOf(ingest, () => ingest.post(path, body))).toEqual(refused(400, 'not-utf8'));
});

/** The last bytes are the checksum and the length. */
const withWrongSum = (zipped: Buffer) => Buffer.concat([zipped.subarray(0, -8), Buffer.alloc(4), zipped.subarray(-4)]);

describe('a compressed body', () => {
  test.each<[string, (json: string) => Uint8Array, Headers, Outcome]>([
    ['with its content encoding', gzipSync, gzip, accepted],
    ['with its content encoding in capitals', gzipSync, { 'content-encoding': 'GZIP' }, accepted],
    ['without a content encoding', gzipSync, {}, accepted],
    ['with the content type of a form', gzipSync, { 'content-type': 'application/x-www-form-urlencoded' }, accepted],
    ['in two parts', (json) => Buffer.concat([gzipSync(json.slice(0, 9)), gzipSync(json.slice(9))]), gzip, accepted],
    ['with zeros after it', (json) => Buffer.concat([gzipSync(json), Buffer.alloc(9)]), gzip, accepted],
    [
      'with trailing garbage',
      (json) => Buffer.concat([gzipSync(json), Buffer.from('garbage')]),
      gzip,
      refused(400, 'not-gzip'),
    ],
    ['that is truncated', (json) => gzipSync(json).subarray(0, -9), gzip, refused(400, 'not-gzip')],
    ['that ends after its header', (json) => gzipSync(json).subarray(0, 10), {}, refused(400, 'not-gzip')],
    ['that ends after two bytes', (json) => gzipSync(json).subarray(0, 2), {}, refused(400, 'not-gzip')],
    ['with corrupted data', (json) => gzipSync(json).fill(0xff, 12, 20), gzip, refused(400, 'not-gzip')],
    ['with a wrong checksum', (json) => withWrongSum(gzipSync(json)), gzip, refused(400, 'not-gzip')],
    ['twice', (json) => gzipSync(gzipSync(json)), gzip, refused(400, 'not-utf8')],
    ['with the content encoding gzip, gzip', gzipSync, { 'content-encoding': 'gzip, gzip' }, accepted],
    ['without compression', (json) => Buffer.from(json), gzip, refused(400, 'not-gzip')],
    ['that is empty', () => Buffer.alloc(0), gzip, refused(400, 'not-an-object')],
    ['of nothing', () => gzipSync(''), gzip, refused(400, 'not-an-object')],
    ['of other data than JSON', () => gzipSync('Order Completed'), gzip, refused(400, 'not-json')],
    ['as deflate', deflateSync, { 'content-encoding': 'deflate' }, refused(400, 'not-utf8')],
    ['as raw deflate', deflateRawSync, { 'content-encoding': 'deflate' }, refused(400, 'not-utf8')],
    ['as Brotli', brotliCompressSync, { 'content-encoding': 'br' }, refused(400, 'not-utf8')],
    ['as Brotli in name only', (json) => Buffer.from(json), { 'content-encoding': 'br' }, accepted],
    ['with an unknown encoding', (json) => Buffer.from(json), { 'content-encoding': 'rot13' }, accepted],
  ])('%s', async (_, zip, headers, outcome) => {
    expect(await send(zip(one()), headers)).toEqual(outcome);
  });
});

describe('a body written', () => {
  const bytes = (text: string, encoding: BufferEncoding) => Buffer.from(text, encoding);

  test.each<[string, (json: string) => Uint8Array | string, Outcome]>([
    ['with a byte order mark', (json) => `\ufeff${json}`, accepted],
    ['with two byte order marks', (json) => `\ufeff\ufeff${json}`, refused(400, 'not-json')],
    ['with white space around it', (json) => ` \r\n\t${json}\n `, accepted],
    ['with white space that is invalid in JSON', (json) => `\u00a0${json}`, refused(400, 'not-json')],
    ['in UTF-16', (json) => bytes(json, 'utf16le'), refused(400, 'not-json')],
    ['in UTF-16, the other way round', (json) => bytes(json, 'utf16le').swap16(), refused(400, 'not-json')],
    [
      'in UTF-32',
      (json) => Buffer.concat([...json].map((letter) => Buffer.from([letter.charCodeAt(0), 0, 0, 0]))),
      refused(400, 'not-json'),
    ],
    ['in UTF-7', (json) => json.replace('{', '+AHs-'), refused(400, 'not-json')],
    ['in base64', (json) => bytes(json, 'utf8').toString('base64'), refused(400, 'not-json')],
    [
      'in base64url with its quotes',
      (json) => JSON.stringify(bytes(json, 'utf8').toString('base64url')),
      refused(400, 'not-an-object'),
    ],
  ])('%s', async (_, write, outcome) => {
    expect(await send(write(one()))).toEqual(outcome);
  });

  test.each<[string, number[]]>([
    ['a letter of Latin-1', [0xfc]],
    ['half a character', [0xc3]],
    ['an overlong slash', [0xc0, 0xaf]],
    ['half a surrogate pair', [0xed, 0xa0, 0x80]],
    ['bytes that are invalid in UTF-8', [0xff, 0xfe]],
  ])('in UTF-8 with %s is rejected', async (_, odd) => {
    const [before, after] = batchOf(fresh({ event: 'Gift Wrapped', properties: { note: '@' } })).split('@');
    const body = Buffer.concat([Buffer.from(before!), Buffer.from(odd), Buffer.from(after!)]);
    expect(await send(body)).toEqual(refused(400, 'not-utf8'));
  });

  test.each([
    'application/json; charset=utf-16',
    'application/json; charset=windows-1252',
    'application/json; charset=none',
    'text/plain;charset=UTF-8',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    'application/octet-stream',
    'application/gzip',
    'json',
    '@@@',
    ';',
  ])('as JSON is accepted with the content type %s', async (type) => {
    expect(await send(one(), { 'content-type': type })).toEqual(accepted);
  });

  test('as JSON is accepted without a content type', async () => {
    expect(await send(Buffer.from(one()))).toEqual(accepted);
  });
});

describe('a batch', () => {
  test.each<[string, string, string]>([
    ['that is missing', '{"events":[]}', 'batch-missing'],
    ['that is null', '{"batch":null}', 'batch-missing'],
    ['that is an object', '{"batch":{"0":{}}}', 'batch-missing'],
    ['that is a text', '{"batch":"[]"}', 'batch-missing'],
    ['in capitals', '{"Batch":[]}', 'batch-missing'],
    ['in a list', '[{"batch":[]}]', 'not-an-object'],
  ])('%s has the status 400', async (_, body, code) => {
    expect(await send(body)).toEqual(refused(400, code));
  });

  test('without events is valid', async () => {
    expect(await send(batchOf())).toEqual({ status: 200, accepted: 0, rejected: [] });
  });
});
