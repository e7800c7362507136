import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { type Ingest, startIngest } from '../driver.ts';
import { batchOf, acceptedWith, fresh, type Outcome, outcomeOf, rejectedAs, accepted } from './outcome.ts';

jest.setTimeout(30_000);

let ingest: Ingest;
beforeAll(async () => {
  ingest = await startIngest();
});
afterAll(() => ingest.stop());

const track = (event: object, sentAt?: string) =>
  outcomeOf(ingest, () =>
    ingest.post('/v1/batch', sentAt ? JSON.stringify({ batch: [event], sentAt }) : batchOf(event)),
  );
const fromNow = (ms: number) => new Date(Date.now() + ms).toISOString();
const [second, minute, hour] = [1_000, 60_000, 3_600_000];
const at = (timestamp: unknown) => fresh({ event: 'Thanks Received', properties: {}, timestamp });
const ofOrder = (properties: object) => fresh({ properties: { order_id: randomUUID(), ...properties } });
const consent = (properties: object) => fresh({ event: 'Consent Updated', properties });

/** An event with an uncertain field, and its outcome. */
type Row = [string, () => object, Outcome];
const rows = (all: readonly Row[]) => test.each<Row>(all as Row[]);

describe('a clock', () => {
  rows([
    ['4 minutes ahead', () => at(fromNow(4 * minute)), accepted],
    ['6 minutes ahead', () => at(fromNow(6 * minute)), acceptedWith('timestamp-implausible')],
    ['years ahead', () => at('2569-11-20T10:00:00Z'), acceptedWith('timestamp-implausible')],
    ['of the year 1448', () => at('1448-06-05T10:00:00Z'), acceptedWith('timestamp-implausible')],
    ['of the year 30', () => at('0030-11-20T10:00:00Z'), acceptedWith('timestamp-implausible')],
    ['at 1970', () => at('1970-01-01T00:00:07Z'), acceptedWith('timestamp-implausible')],
    ['at the end of 1989', () => at('1989-12-31T23:59:59.999Z'), acceptedWith('timestamp-implausible')],
    ['at the start of 1990', () => at('1990-01-01T00:00:00Z'), accepted],
    ['behind by days', () => at(fromNow(-72 * hour)), accepted],
    ['without an offset', () => at('2026-11-20T10:00:00'), acceptedWith('time-zone-missing')],
    ['of a date only', () => at('2026-11-20'), acceptedWith('time-zone-missing')],
    ['in a leap second', () => at('2016-12-31T23:59:60Z'), accepted],
    ['in the second after it', () => at('2016-12-31T23:59:61Z'), rejectedAs('timestamp-invalid')],
    ['in words', () => at('yesterday'), rejectedAs('timestamp-invalid')],
    ['of a date that does not exist', () => at('2026-02-30T10:00:00Z'), rejectedAs('timestamp-invalid')],
  ])('%s', async (_, event, outcome) => {
    expect(await track(event())).toEqual(outcome);
  });

  test('that is ahead in `sentAt`, too, is corrected without a violation', async () => {
    expect(await track(at(fromNow(3 * hour)), fromNow(3 * hour + second))).toEqual(accepted);
  });

  rows([
    ['before the hour that is skipped', () => at('2026-03-29T01:59:59'), accepted],
    ['in the hour that is skipped', () => at('2026-03-29T02:00:00'), acceptedWith('local-time-unclear')],
    ['at the end of the hour that is skipped', () => at('2026-03-29T02:59:59'), acceptedWith('local-time-unclear')],
    ['after the hour that is skipped', () => at('2026-03-29T03:00:00'), accepted],
    ['before the hour that occurs twice', () => at('2026-10-25T01:59:59'), accepted],
    ['in the hour that occurs twice', () => at('2026-10-25T02:00:00'), acceptedWith('local-time-unclear')],
    ['at the end of the hour that occurs twice', () => at('2026-10-25T02:59:59'), acceptedWith('local-time-unclear')],
    ['after the hour that occurs twice', () => at('2026-10-25T03:00:00'), accepted],
  ])('of a source in Rome, %s', async (_, event, outcome) => {
    const { writeKey } = await ingest.aSource({ timeZone: 'Europe/Rome' });
    const headers = { authorization: `Bearer ${writeKey}` };
    expect(await outcomeOf(ingest, () => ingest.post('/v1/batch', batchOf(event()), headers))).toEqual(outcome);
  });
});

describe('an id', () => {
  const nobody = [
    '\\N',
    'N/A',
    '#REF!',
    '(not set)',
    'null',
    'Gast',
    'ospite',
    'inconnu',
    'desconocido',
    '0',
    '{{user.id}}',
  ];
  rows([
    ...nobody.map((userId): Row => [userId, () => fresh({ userId }), rejectedAs('identifier-missing')]),
    ['with an invisible character', () => fresh({ userId: 'an\u200bna' }), accepted],
    ['in decomposed letters', () => fresh({ userId: 'mu\u0308ller' }), accepted],
    ['2^53 − 1', () => fresh({ userId: 2 ** 53 - 1 }), accepted],
    ['2^53', () => fresh({ userId: 2 ** 53 }), rejectedAs('identifier-unclear')],
    ['2^53 + 2', () => fresh({ userId: 2 ** 53 + 2 }), rejectedAs('identifier-unclear')],
    ['of a spreadsheet', () => fresh({ userId: '4,00638E+12' }), rejectedAs('identifier-unclear')],
    ['with U+FFFD', () => fresh({ userId: 'b\ufffdhm' }), rejectedAs('identifier-unclear')],
    [
      'of a spreadsheet, with a stronger one',
      () => fresh({ traits: { phone: '3,93471E+11' } }),
      acceptedWith('identifier-unclear'),
    ],
    ['of an order, of a spreadsheet', () => ofOrder({ order_id: '4.0128e+10' }), acceptedWith('field-invalid')],
  ])('%s', async (_, event, outcome) => {
    expect(await track(event())).toEqual(outcome);
  });
});

describe('a spelling', () => {
  rows([
    ['of a title in capitals', () => fresh({ event: 'ORDER COMPLETED' }), accepted],
    ['of a title with spaces around it', () => fresh({ event: '  order_completed ' }), accepted],
    ['of an older title', () => fresh({ event: 'Completed Order' }), accepted],
    [
      'of another analytics system',
      () => fresh({ event: 'purchase', properties: { transaction_id: randomUUID() } }),
      accepted,
    ],
    ['of a field', () => ofOrder({ Revenue: 5, Shipping: '4,90' }), accepted],
    ['of a channel', () => fresh({ context: { channel: 'Filiale' } }), accepted],
    ['of an unknown channel', () => fresh({ context: { channel: 'pigeon' } }), acceptedWith('channel-unknown')],
    ['of a refusal', () => consent({ offers: 'withdrawn' }), accepted],
    ['of a refusal under another name', () => consent({ marketing: false }), acceptedWith('consent-unclear')],
    ['of an unknown consent', () => consent({ offers: 'perhaps' }), acceptedWith('field-invalid')],
    ['of an opt-out', () => fresh({ event: 'Unsubscribed', properties: {} }), accepted],
    [
      'of a custom opt-out',
      () => fresh({ event: 'User Opted Out By SMS', properties: {} }),
      acceptedWith('name-unclear'),
    ],
    ['of a code', () => fresh({ event: 'Offer Redeemed', properties: { code: 'hyv61 vyab2' } }), accepted],
    [
      'of a code with nine characters',
      () => fresh({ event: 'Offer Redeemed', properties: { code: 'HYV61VYAB' } }),
      rejectedAs('offer-unclear'),
    ],
    [
      'of a code with eleven characters',
      () => fresh({ event: 'Offer Redeemed', properties: { code: 'HYV61VYAB22' } }),
      rejectedAs('offer-unclear'),
    ],
  ])('%s', async (_, event, outcome) => {
    expect(await track(event())).toEqual(outcome);
  });
});

describe('an amount', () => {
  const clear = ['41.50', '41,50 €', '1.234,50', '1,234.50', "1'234.50", '1 234,50', 'CHF 12.00', '0'];
  const unclear = ['1,234', '1.2.3', 'much', '4,1E+02', '12%'];
  rows([
    ...clear.map((revenue): Row => [revenue, () => ofOrder({ revenue }), accepted]),
    ...unclear.map((revenue): Row => [revenue, () => ofOrder({ revenue }), acceptedWith('field-invalid')]),
    ...['12.00-', '-1', '−0.01'].map((revenue): Row => [
      revenue,
      () => ofOrder({ revenue }),
      acceptedWith('name-unclear'),
    ]),
    ['0', () => ofOrder({ revenue: 0 }), accepted],
    ['0.01', () => ofOrder({ revenue: 0.01 }), accepted],
  ])('of %s', async (_, event, outcome) => {
    expect(await track(event())).toEqual(outcome);
  });
});

describe('another event under a used id', () => {
  test('is rejected, and the same event again is not', async () => {
    const event = fresh();
    expect(await track(event)).toEqual(accepted);
    expect(await track(event)).toEqual({ ...accepted, accepted: 0 });
    expect(await track({ ...event, userId: 'bea' })).toEqual(rejectedAs('id-reused'));
  });
});
