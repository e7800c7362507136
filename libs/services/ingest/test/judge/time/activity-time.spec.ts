import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  acceptedOf,
  activityOf,
  anEvent,
  day,
  fromNoon,
  hour,
  noon,
  rejectionOf,
  violationsOf,
  webShop,
} from '../../builders.ts';

const minute = 60_000;
const timestampOf = (fields: object, sentAt?: unknown) => activityOf(anEvent(fields), { sentAt }).timestamp;
const inFile = { isFromFile: true };
const codeOf = (timestamp: unknown) => rejectionOf(anEvent({ timestamp }))?.code;
const atReception = noon.toISOString();

describe('the time of an activity', () => {
  test('is its reception if the event has no time', () => {
    expect(timestampOf({})).toBe(atReception);
    expect(timestampOf({ timestamp: '' }, fromNoon(-5_000))).toBe(atReception);
  });

  test.each([
    ['time', 'track'],
    ['Timestamp', 'page'],
    ['event_time', 'identify'],
    ['occurredAt', 'track'],
  ])('is read from the field %s', (name, type) => {
    expect(timestampOf({ type, [name]: fromNoon(-hour) })).toBe(fromNoon(-hour));
  });

  test('is not read from another field with an invalid value', () => {
    expect(timestampOf({ day: 'Monday', time: 'noon' })).toBe(atReception);
    expect(timestampOf({ timestamp: fromNoon(-hour), time: fromNoon(-day) })).toBe(fromNoon(-hour));
  });

  test('is its reception if a file has none, with a violation', () => {
    expect(timestampOf({}, undefined)).toBe(atReception);
    expect(violationsOf(anEvent({}), inFile)).toEqual(['timestamp-missing timestamp']);
    expect(violationsOf(anEvent({ type: 'identify', event: undefined, properties: undefined }), inFile)).toEqual([]);
  });

  test('is the original timestamp, or else the timestamp', () => {
    expect(timestampOf({ timestamp: fromNoon(-hour) })).toBe(fromNoon(-hour));
    expect(timestampOf({ originalTimestamp: fromNoon(-hour), timestamp: fromNoon(-2 * hour) })).toBe(fromNoon(-hour));
  });

  test('is not changed by a delay, or by the time at which an SDK closed a batch', () => {
    const twoDaysAgo = fromNoon(-2 * day);
    expect(timestampOf({ timestamp: twoDaysAgo }, fromNoon(-2 * day + 30_000))).toBe(twoDaysAgo);
    expect(timestampOf({ timestamp: twoDaysAgo, sentAt: fromNoon(-2 * day + 30_000) })).toBe(twoDaysAgo);
  });

  test.each([
    ['an hour fast', hour],
    ['days fast', 3 * day],
    ['years ahead', 3_000 * day],
    ['at 1970, because its battery was empty', -noon.getTime()],
    ['at 2000, where clocks start after a reset', Date.UTC(2000, 0, 1, 5) - noon.getTime()],
  ])('is corrected if the clock of the device is %s', (_, skew) => {
    const happened = { timestamp: fromNoon(skew - minute) };
    expect(timestampOf({ ...happened, sentAt: fromNoon(skew) })).toBe(fromNoon(-minute));
    expect(timestampOf(happened, fromNoon(skew))).toBe(fromNoon(-minute));
    expect(violationsOf(anEvent(happened), { sentAt: fromNoon(skew) })).toEqual([]);
  });

  test('is corrected by the `sentAt` of the event, which takes precedence over that of the batch', () => {
    expect(timestampOf({ timestamp: fromNoon(hour), sentAt: fromNoon(2 * hour) }, fromNoon(day))).toBe(fromNoon(-hour));
  });

  test.each([['not an instant'], [5], [null], [{}]])('is not corrected by the `sentAt` %j', (sentAt) => {
    expect(timestampOf({ timestamp: fromNoon(-hour) }, sentAt)).toBe(fromNoon(-hour));
  });

  test('is never after its reception', () => {
    const skew = fc.integer({ min: -4_000 * day, max: 4_000 * day });
    fc.assert(
      fc.property(skew, skew, (happened, sent) => {
        const at = timestampOf({ timestamp: fromNoon(happened), sentAt: fromNoon(sent) });
        expect(Date.parse(at)).toBeLessThanOrEqual(noon.getTime());
      }),
    );
  });
});

describe('a time in the future', () => {
  test.each([
    [5 * minute - 1, []],
    [5 * minute, []],
    [5 * minute + 1, ['timestamp-implausible timestamp']],
    [3_000 * day, ['timestamp-implausible timestamp']],
  ])('by %d ms is replaced by the reception, with the violations %j', (ahead, violations) => {
    const event = anEvent({ timestamp: fromNoon(ahead) });
    expect([activityOf(event).timestamp, violationsOf(event)]).toEqual([atReception, violations]);
  });
});

describe('an implausible time', () => {
  test.each([
    '1970-01-01T00:00:07Z',
    '1448-06-05T10:00:00Z',
    '0030-11-20T10:00:00Z',
    '2569-11-20T10:00:00Z',
    '0000-12-31T23:59:59Z',
    '1989-12-31T23:59:59.999Z',
    '2000-01-01T00:00:00Z',
    '2000-01-01T23:59:59.999Z',
    '2001-01-01T00:00:09Z',
  ])('%s is a violation, and the activity is dated at its reception', (timestamp) => {
    expect([timestampOf({ timestamp }), violationsOf(anEvent({ timestamp }))]).toEqual([
      atReception,
      ['timestamp-implausible timestamp'],
    ]);
  });

  test.each(['1990-01-01T00:00:00.000Z', '1999-12-31T23:59:59.999Z', '2000-01-02T00:00:00.000Z'])(
    '%s is one',
    (timestamp) => {
      expect([timestampOf({ timestamp }), violationsOf(anEvent({ timestamp }))]).toEqual([timestamp, []]);
    },
  );

  test('is reported once if `sentAt` is implausible, too', () => {
    const nonsense = { timestamp: '0001-01-01T00:00:00Z', sentAt: '9999-01-01T00:00:00Z' };
    expect(timestampOf(nonsense)).toBe(atReception);
  });

  test('is rejected by a strict source', () => {
    const strict = { ...webShop, isStrict: true };
    expect(rejectionOf(anEvent({ timestamp: '1970-01-01T00:00:07Z' }), {}, strict)?.code).toBe('timestamp-implausible');
  });
});

describe('a time in a file', () => {
  test.each([
    ['1989-12-31T23:59:59.999Z', 'timestamp-implausible'],
    ['1990-01-01T00:00:00.000Z', undefined],
    ['2000-01-01T00:00:00.000Z', undefined],
    [fromNoon(day), undefined],
    [fromNoon(day + 1), 'timestamp-in-future'],
    ['2026-02-30', 'timestamp-invalid'],
  ])('%s is rejected as %s', (timestamp, code) => {
    expect(rejectionOf(anEvent({ timestamp }), inFile)?.code).toBe(code);
  });
});

describe('a local time', () => {
  const inRome = { ...webShop, timeZone: 'Europe/Rome' };
  const read = (timestamp: string, source = webShop) => {
    const { activity, violations } = acceptedOf(anEvent({ timestamp }), inFile, source);
    return [activity.timestamp, ...violations.map(({ code }) => code)];
  };

  test.each([
    ['2026-07-15T21:30:00', '2026-07-15T19:30:00.000Z'],
    ['2026-01-15 21:30', '2026-01-15T20:30:00.000Z'],
    ['2026-01-15', '2026-01-14T23:00:00.000Z'],
    ['2026-07-15T21:30:00Z', '2026-07-15T21:30:00.000Z'],
  ])('%s is in the time zone of its source', (timestamp, at) => {
    expect(read(timestamp, inRome)).toEqual([at]);
  });

  test('is read as UTC if its source has no zone, with a violation', () => {
    expect(read('2026-11-19T10:00:00')).toEqual(['2026-11-19T10:00:00.000Z', 'time-zone-missing']);
  });

  test.each([
    ['before the hour that is skipped', '2026-03-29T01:59:59.999', '2026-03-29T00:59:59.999Z'],
    ['in the hour that is skipped', '2026-03-29T02:30:00', '2026-03-29T01:30:00.000Z', 'local-time-unclear'],
    ['after the hour that is skipped', '2026-03-29T03:00:00', '2026-03-29T01:00:00.000Z'],
    ['before the hour that occurs twice', '2026-10-25T01:59:59.999', '2026-10-24T23:59:59.999Z'],
    ['in the hour that occurs twice', '2026-10-25T02:00:00', '2026-10-25T00:00:00.000Z', 'local-time-unclear'],
    [
      'at the end of the hour that comes twice',
      '2026-10-25T02:59:59',
      '2026-10-25T00:59:59.000Z',
      'local-time-unclear',
    ],
    ['after the hour that occurs twice', '2026-10-25T03:00:00', '2026-10-25T02:00:00.000Z'],
  ])('%s', (_, timestamp, ...expected) => {
    expect(read(timestamp, inRome)).toEqual(expected);
  });
});

describe('an instant', () => {
  test.each([
    ['as JavaScript writes it', '2026-11-20T10:00:00.123Z', '2026-11-20T10:00:00.123Z'],
    ['without fractions', '2026-11-20T10:00:00Z', '2026-11-20T10:00:00.000Z'],
    ['with a comma before the fraction', '2026-11-20T10:00:00,5Z', '2026-11-20T10:00:00.500Z'],
    ['with microseconds, as Python writes it', '2026-11-20T10:00:00.123456+00:00', '2026-11-20T10:00:00.123Z'],
    ['with nanoseconds, as Go writes it', '2026-11-20T11:00:00.123456789+01:00', '2026-11-20T10:00:00.123Z'],
    ['without a colon in its offset', '2026-11-20T11:00:00+0100', '2026-11-20T10:00:00.000Z'],
    ['with an offset of hours alone', '2026-11-20T11:00:00+01', '2026-11-20T10:00:00.000Z'],
    ['with a space, as Ruby writes it', '2026-11-20 10:00:00 UTC', '2026-11-20T10:00:00.000Z'],
    ['without seconds', '2026-11-20T10:00Z', '2026-11-20T10:00:00.000Z'],
    ['in the basic form', '20261120T100000Z', '2026-11-20T10:00:00.000Z'],
    ['with slashes', '2026/11/20 10:00:00Z', '2026-11-20T10:00:00.000Z'],
    ['with white space around it', ' 2026-11-20T10:00:00Z\n', '2026-11-20T10:00:00.000Z'],
    ['as in mails', 'Fri, 20 Nov 2026 11:00:00 +0100', '2026-11-20T10:00:00.000Z'],
    ['as in HTTP', 'Fri, 20 Nov 2026 10:00:00 GMT', '2026-11-20T10:00:00.000Z'],
    ['in a leap second', '2016-12-31T23:59:60Z', '2017-01-01T00:00:00.000Z'],
    ['at the end of a day', '2026-11-19T24:00:00Z', '2026-11-20T00:00:00.000Z'],
    ['in milliseconds since 1970', 1_763_632_800_000, '2025-11-20T10:00:00.000Z'],
    ['in seconds since 1970, as a text', '1763632800', '2025-11-20T10:00:00.000Z'],
    ['in seconds with a fraction', 1763632800.123, '2025-11-20T10:00:00.123Z'],
    ['in milliseconds with a fraction', '1763632800123.45', '2025-11-20T10:00:00.123Z'],
    ['in microseconds', 1763632800123456, '2025-11-20T10:00:00.123Z'],
    ['as Java writes it', '2025-11-20T11:00:00+01:00[Europe/Rome]', '2025-11-20T10:00:00.000Z'],
  ])('%s is valid', (_, timestamp, at) => {
    expect([timestampOf({ timestamp }), violationsOf(anEvent({ timestamp }))]).toEqual([at, []]);
  });

  test.each([
    'yesterday',
    'Order 12',
    '12',
    '20/11/2026',
    '11/20/2026 10:00',
    'Fri Nov 20 2026',
    '2026-13-01',
    '2026-02-30T10:00:00Z',
    '2026-02-29',
    '2026-04-31T00:00:00+02:00',
    '2026-11-20T25:00:00Z',
    '2026-11-20T10:60:00Z',
    '2026-11-20T10:00:61Z',
    '2026-11-20T10:00:00+25:00',
    '+275760-09-13T00:00:00.001Z',
    'Fri, 20 Nov 2026 10:00:00 EST',
  ])('%j is not valid', (timestamp) => {
    expect(codeOf(timestamp)).toBe('timestamp-invalid');
  });

  test.each([[5], [1e16], [true], [{}], [[]]])('%j is not valid', (timestamp) => {
    expect(codeOf(timestamp)).toBe('timestamp-invalid');
  });
});
