import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { apiKey, basic, type Ingest, startIngest, writeKey } from '../driver.ts';
import { batchOf, fresh, outcomeOf, refused, accepted } from './outcome.ts';

jest.setTimeout(30_000);

let ingest: Ingest;
beforeAll(async () => {
  ingest = await startIngest();
});
afterAll(() => ingest.stop());

type Headers = Record<string, string>;
const track = (headers: Headers, over: object = {}) =>
  outcomeOf(ingest, () => ingest.post('/v1/track', JSON.stringify(fresh(over)), headers));
const raw = (authorization: string): Headers => ({ authorization });
const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('a write key', () => {
  test.each<[string, Headers, object]>([
    ['as Basic user name', basic(writeKey), {}],
    ['as Basic user name, with the scheme in small letters', raw(`basic ${base64(`${writeKey}:`)}`), {}],
    ['as Basic user name, with a password', raw(`Basic ${base64(`${writeKey}:secret`)}`), {}],
    ['as Basic user name, without a colon', raw(`Basic ${base64(writeKey)}`), {}],
    ['as Bearer', raw(`Bearer ${writeKey}`), {}],
    ['as X-Write-Key', { 'x-write-key': writeKey }, {}],
    ['as X-Write-Key with a secret', { 'x-write-key': `${writeKey}:secret` }, {}],
    ['in the body', {}, { writeKey }],
    ['in the body, with an empty Basic user name', basic(''), { writeKey }],
    ['in the body, with an empty X-Write-Key', { 'x-write-key': '' }, { writeKey }],
    ['in the body, with another authentication scheme', raw('Digest username="ada"'), { writeKey }],
    ['as Basic, before another one in the body', basic(writeKey), { writeKey: 'other' }],
    ['as Basic, before another one in X-Write-Key', { ...basic(writeKey), 'x-write-key': 'other' }, {}],
    ['in X-Write-Key, before another one in the body', { 'x-write-key': writeKey }, { writeKey: 'other' }],
  ])('is accepted %s', async (_, headers, over) => {
    expect(await track(headers, over)).toEqual(accepted);
  });

  test.each<[string, Headers, object]>([
    ['is missing', {}, {}],
    ['is empty', basic(''), { writeKey: '' }],
    ['has only a secret', { 'x-write-key': ':secret' }, {}],
    ['has another scheme', raw(`Digest ${writeKey}`), {}],
    ['has no scheme', raw(writeKey), {}],
    ['is invalid base64', raw('Basic ÿþ%'), {}],
    ['contains white space', raw(`Bearer ${writeKey} x`), {}],
    ['is a number', {}, { writeKey: 5 }],
    ['is a list', {}, { writeKey: [writeKey] }],
    ['is null', {}, { writeKey: null }],
  ])('that %s is missing: 401', async (_, headers, over) => {
    expect(await track(headers, over)).toEqual(refused(401, 'key-missing'));
  });

  test.each<[string, Headers, object]>([
    ['Basic', basic('an unknown key'), {}],
    ['Bearer', raw('Bearer wrong'), {}],
    ["Bearer with the administrator's", raw(`Bearer ${apiKey}`), {}],
    ['Bearer with a token', raw('Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZGEifQ.'), {}],
    ['X-Write-Key', { 'x-write-key': 'wrong' }, {}],
    ['the body', {}, { writeKey: 'wrong' }],
    ['the body, in capitals', {}, { writeKey: writeKey.toUpperCase() }],
    ['the body, with white space around it', {}, { writeKey: ` ${writeKey}` }],
    ['the body, full of what Postgres refuses', {}, { writeKey: '\u0000\ud800' }],
    ['the body, of 30,000 characters', {}, { writeKey: 'x'.repeat(30_000) }],
    ['Basic, though the body has a good one', basic('wrong'), { writeKey }],
    ['Basic, though X-Write-Key has a good one', { ...basic('wrong'), 'x-write-key': writeKey }, {}],
  ])('that is wrong as %s is unknown: 401', async (_, headers, over) => {
    expect(await track(headers, over)).toEqual(refused(401, 'key-unknown'));
  });

  test.each(['/v1/batch', '/v1/track', '/api/v1/cloudevents', '/api/v1/receipts'])(
    'in the query of %s is ignored: 401',
    async (path) => {
      const send = () => ingest.post(`${path}?writeKey=${writeKey}`, batchOf(), {});
      expect(await outcomeOf(ingest, send)).toEqual(refused(401, 'key-missing'));
    },
  );

  test('that is secret is rejected from any page: 403', async () => {
    const headers = { ...basic(writeKey), origin: 'https://shop.example' };
    expect(await track(headers)).toEqual(refused(403, 'secret-key-in-browser'));
  });

  test('is not read from a body that is not JSON: 400', async () => {
    expect(await outcomeOf(ingest, () => ingest.post('/v1/batch', '{', {}))).toEqual(refused(400, 'not-json'));
  });
});
