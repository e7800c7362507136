import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { anEventOfBytes, anEventOfDepth } from '../builders.ts';
import { type Ingest, startIngest } from '../driver.ts';
import {
  batchOf,
  acceptedWith,
  fresh,
  freshWith,
  type Outcome,
  outcomeOf,
  rejectedAs,
  refused,
  accepted,
} from './outcome.ts';

jest.setTimeout(30_000);

let ingest: Ingest;
beforeAll(async () => {
  ingest = await startIngest();
});
afterAll(() => ingest.stop());

/** A text is already JSON. */
const track = (event: unknown) =>
  outcomeOf(ingest, () =>
    ingest.post('/v1/batch', typeof event === 'string' ? `{"batch":[${event}]}` : batchOf(event)),
  );

const { messageId: _, ...nameless } = fresh({ event: 'Thanks Received', properties: {} });
/** The id of a new event is longer than that of the event of a given size. */
const longer = randomUUID().length - 'message-1'.length;
const ofBytes = (bytes: number) => ({ ...anEventOfBytes(bytes - longer), messageId: randomUUID() });
const ofDepth = (levels: number) => ({ ...anEventOfDepth(levels), messageId: randomUUID() });
const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, nth) => [`p${nth}`, 0]));

describe('an event at a limit', () => {
  test.each<[string, unknown, Outcome]>([
    ['32 KB less a byte', ofBytes(32 * 1024 - 1), accepted],
    ['32 KB', ofBytes(32 * 1024), accepted],
    ['32 KB and a byte', ofBytes(32 * 1024 + 1), rejectedAs('too-large')],
    [
      '32 KB in bytes, not in characters',
      fresh({ event: 'Gift Wrapped', properties: { a: '€'.repeat(11_000) } }),
      rejectedAs('too-large'),
    ],
    ['31 levels', ofDepth(31), accepted],
    ['32 levels', ofDepth(32), accepted],
    ['33 levels', ofDepth(33), rejectedAs('too-deep')],
    ['50,000 levels', freshWith('properties', `${'['.repeat(50_000)}${']'.repeat(50_000)}`), rejectedAs('too-deep')],
    ['a message id of 255', fresh({ messageId: 'm'.repeat(255) }), accepted],
    ['a message id of 256', fresh({ messageId: 'm'.repeat(256) }), accepted],
    ['a message id of 257', fresh({ messageId: 'm'.repeat(257) }), rejectedAs('invalid-shape')],
    ['a message id of 256 emoji', fresh({ messageId: '👩'.repeat(256) }), accepted],
    ['a message id of 257 emoji', fresh({ messageId: '👩'.repeat(257) }), rejectedAs('invalid-shape')],
    ['an identifier of 255', fresh({ userId: 'u'.repeat(255) }), accepted],
    ['an identifier of 256', fresh({ userId: 'u'.repeat(256) }), accepted],
    ['an identifier of 257', fresh({ userId: 'u'.repeat(257) }), rejectedAs('identifier-missing')],
    ['an identifier of 257 with a valid one', fresh({ userId: 'u'.repeat(257), anonymousId: 'visit' }), accepted],
    ['a name of 127', fresh({ event: 'n'.repeat(127) }), accepted],
    ['a name of 128', fresh({ event: 'n'.repeat(128) }), accepted],
    ['a name of 129', fresh({ event: 'n'.repeat(129) }), rejectedAs('name-too-long')],
    ['an hour ahead', fresh({ timestamp: new Date(Date.now() + 3_600_000) }), acceptedWith('timestamp-implausible')],
    ['the year 1990', fresh({ timestamp: '1990-01-01T00:00:00Z' }), accepted],
    ['the year 1989', fresh({ timestamp: '1989-12-31T23:59:59Z' }), acceptedWith('timestamp-implausible')],
    ['the year 0', fresh({ timestamp: '0000-12-31T23:59:59Z' }), acceptedWith('timestamp-implausible')],
    ['3,000 properties', fresh({ event: 'Gift Wrapped', properties: many(3_000) }), accepted],
    ['10,000 properties', fresh({ event: 'Gift Wrapped', properties: many(10_000) }), rejectedAs('too-large')],
  ])('%s', async (_, event, outcome) => {
    expect(await track(event)).toEqual(outcome);
  });

  test.each<[number, Outcome]>([
    [4_999, { status: 200, accepted: 4_999, rejected: [] }],
    [5_000, { status: 200, accepted: 5_000, rejected: [] }],
    [5_001, refused(413, 'batch-too-long')],
  ])('one of %d', async (count, outcome) => {
    const body = batchOf(...Array<object>(count).fill({ type: 'page', userId: 'ada' }));
    expect(await outcomeOf(ingest, () => ingest.post('/v1/batch', body))).toEqual(outcome);
  });
});

describe('an event of a wrong type', () => {
  test.each<[string, unknown, Outcome]>([
    ['null', null, rejectedAs('invalid-shape')],
    ['a number', 5, rejectedAs('invalid-shape')],
    ['a text that is JSON', JSON.stringify(JSON.stringify(fresh())), rejectedAs('invalid-shape')],
    ['a list', [fresh()], rejectedAs('invalid-shape')],
    ['empty', {}, rejectedAs('invalid-shape')],
    ['without a type', fresh({ type: undefined }), rejectedAs('invalid-shape')],
    ['of an unknown type', fresh({ type: 'delete' }), rejectedAs('invalid-shape')],
    ['with a type in capitals', fresh({ type: 'TRACK' }), rejectedAs('invalid-shape')],
    ['with a list of properties', fresh({ properties: [1] }), rejectedAs('invalid-shape')],
    ['with properties that are a text', fresh({ properties: '{}' }), rejectedAs('invalid-shape')],
    ['with traits that are a number', fresh({ traits: 5 }), rejectedAs('invalid-shape')],
    ['with a context that is a list', fresh({ context: [1] }), rejectedAs('invalid-shape')],
    ['with a context that is null', fresh({ context: null }), accepted],
    ['with a message id that is an object', fresh({ messageId: {} }), rejectedAs('invalid-shape')],
    ['with a message id that is null', { ...nameless, messageId: null }, accepted],
    ['with an empty message id', { ...nameless, messageId: '' }, accepted],
    ['with an identifier that is true', fresh({ userId: true }), rejectedAs('invalid-shape')],
    ['with an identifier that is an object', fresh({ userId: { id: 'ada' } }), rejectedAs('invalid-shape')],
    ['with identifiers that are null', fresh({ userId: null, anonymousId: null }), rejectedAs('identifier-missing')],
    ['with an identifier of white space', fresh({ userId: ' \t\n' }), rejectedAs('identifier-missing')],
    ['with a name that is a number', fresh({ event: 7 }), rejectedAs('name-missing')],
    ['with a name without letters', fresh({ event: '?!' }), rejectedAs('name-missing')],
    ['without a required field', fresh({ properties: {} }), acceptedWith('field-missing')],
    ['with an invalid required field', fresh({ properties: { order_id: [] } }), acceptedWith('field-invalid')],
    ['with a timestamp that is not an instant', fresh({ timestamp: 17 }), rejectedAs('timestamp-invalid')],
    ['with seconds since 1970', fresh({ timestamp: 1_700_000_000 }), accepted],
    ['with a timestamp in words', fresh({ timestamp: 'yesterday' }), rejectedAs('timestamp-invalid')],
    ['with a date that does not exist', fresh({ timestamp: '2026-02-30T10:00:00Z' }), rejectedAs('timestamp-invalid')],
    ['with an hour that does not exist', fresh({ timestamp: '2026-02-03T25:00:00Z' }), rejectedAs('timestamp-invalid')],
  ])('%s', async (_, event, outcome) => {
    expect(await track(event)).toEqual(outcome);
  });
});

describe('a number', () => {
  test.each<[string, string, string, Outcome]>([
    ['userId', '2^53 − 1', '9007199254740991', accepted],
    ['userId', '2^53', '9007199254740992', rejectedAs('identifier-unclear')],
    ['userId', '2^53 + 1', '9007199254740993', rejectedAs('identifier-unclear')],
    ['userId', '−2^53', '-9007199254740992', rejectedAs('identifier-unclear')],
    ['userId', '1e999', '1e999', rejectedAs('invalid-shape')],
    ['userId', '0', '0', rejectedAs('identifier-missing')],
    ['userId', '-0', '-0', rejectedAs('identifier-missing')],
    ['userId', '1', '1', accepted],
    ['userId', '-1', '-1', rejectedAs('identifier-missing')],
    ['userId', '-2', '-2', accepted],
    ['messageId', '2^53', '9007199254740992', rejectedAs('identifier-unclear')],
    ['messageId', '1e999', '1e999', rejectedAs('invalid-shape')],
    [
      'properties',
      '1e999 for a number of 0 or more',
      '{"order_id":"p","revenue":1e999}',
      acceptedWith('field-invalid'),
    ],
    ['properties', '-0 for a number of 0 or more', '{"order_id":"q","revenue":-0}', accepted],
    ['properties', '2^53 for an id', '{"order_id":9007199254740992}', acceptedWith('field-invalid')],
    ['properties', 'of 400 digits where anything may be', `{"order_id":"o","other":${'9'.repeat(400)}}`, accepted],
  ])('for %s that is %s', async (name, _, json, outcome) => {
    // The table has few ids, and an event that was sent before would be a repeat.
    const { writeKey } = await ingest.aSource();
    const headers = { authorization: `Bearer ${writeKey}` };
    expect(await outcomeOf(ingest, () => ingest.post('/v1/track', freshWith(name, json), headers))).toEqual(outcome);
  });
});

describe('many events', () => {
  const good = [fresh(), fresh({ userId: 'bob', event: 'promise.broken' }), fresh({ userId: 4711 })];

  test('that are all invalid are all rejected', async () => {
    const body = batchOf(...Array<null>(100).fill(null));
    expect(await outcomeOf(ingest, () => ingest.post('/v1/batch', body))).toEqual(
      rejectedAs(...Array<string>(100).fill('invalid-shape')),
    );
  });

  test('valid and invalid: the valid ones are accepted, and the invalid ones listed in order', async () => {
    const body = batchOf(5, good[0], fresh({ type: 'delete' }), good[1], good[2], fresh({ event: 7 }));
    expect(await outcomeOf(ingest, () => ingest.post('/v1/batch', body))).toEqual({
      status: 200,
      accepted: 3,
      rejected: ['invalid-shape', 'invalid-shape', 'name-missing'],
    });
  });

  test('that were sent before are accepted again, without duplicates', async () => {
    expect(await outcomeOf(ingest, () => ingest.post('/v1/batch', batchOf(...good, ...good)))).toEqual({
      status: 200,
      accepted: 0,
      rejected: [],
    });
  });

  test('of one id: one is accepted, and a different one is rejected', async () => {
    const event = fresh();
    const body = batchOf(event, event, { ...event, event: 'Promise Broken' });
    expect(await outcomeOf(ingest, () => ingest.post('/v1/batch', body))).toEqual({
      ...accepted,
      rejected: ['id-reused'],
    });
  });
});
