import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { activityOf, anEvent, day, fromNoon, hour, noon, rejectionOf } from '../builders.ts';

const timestampOf = (fields: object, sentAt?: unknown) => activityOf(anEvent(fields), { sentAt }).timestamp;
const codeOf = (fields: object) => rejectionOf(anEvent(fields))?.code;

describe('when an activity happened', () => {
  test('is when it was received, where nothing else is said', () => {
    expect(timestampOf({})).toBe(noon.toISOString());
    expect(timestampOf({}, fromNoon(-5_000))).toBe(noon.toISOString());
  });

  test('is what the event says, where nobody says when it was sent', () => {
    expect(timestampOf({ timestamp: fromNoon(-hour) })).toBe(fromNoon(-hour));
  });

  test('is what the original timestamp says, before the timestamp', () => {
    expect(timestampOf({ originalTimestamp: fromNoon(-hour), timestamp: fromNoon(-2 * hour) })).toBe(fromNoon(-hour));
  });

  test.each([
    ['right', 0],
    ['an hour fast', hour],
    ['an hour slow', -hour],
    ['at 1970, because its battery was empty', -noon.getTime()],
    ['years ahead', 3_000 * day],
  ])('is right by our clock when the clock of the device is %s', (_, skew) => {
    const happened = { timestamp: fromNoon(skew - 60_000) };
    expect(timestampOf({ ...happened, sentAt: fromNoon(skew) })).toBe(fromNoon(-60_000));
    expect(timestampOf(happened, fromNoon(skew))).toBe(fromNoon(-60_000));
  });

  test('is corrected by the sending of the event itself, before that of its batch', () => {
    const event = { timestamp: fromNoon(-60_000), sentAt: fromNoon(0) };
    expect(timestampOf(event, fromNoon(hour))).toBe(fromNoon(-60_000));
  });

  test.each([['not an instant'], [5], [null], [{}]])('is not corrected by a sending at %j', (sentAt) => {
    expect(timestampOf({ timestamp: fromNoon(-hour) }, sentAt)).toBe(fromNoon(-hour));
  });

  test('does not depend on the clock of the device: what it is wrong by cancels out', () => {
    const fourYears = 4 * 365 * day;
    const [skews, ages] = [fc.integer({ min: -fourYears, max: fourYears }), fc.integer({ min: -day, max: fourYears })];
    fc.assert(
      fc.property(skews, ages, (skew, age) => {
        expect(timestampOf({ originalTimestamp: fromNoon(skew - age), sentAt: fromNoon(skew) })).toBe(fromNoon(-age));
      }),
    );
  });
});

describe('how far ahead an activity may lie', () => {
  test.each([
    [day - 1, undefined],
    [day, undefined],
    [day + 1, 'timestamp-in-future'],
  ])('%d ms: rejected as %s', (ahead, code) => {
    expect(codeOf({ timestamp: fromNoon(ahead) })).toBe(code);
  });

  test('is measured after the correction', () => {
    expect(codeOf({ timestamp: fromNoon(30 * day), sentAt: fromNoon(30 * day) })).toBeUndefined();
    expect(codeOf({ timestamp: fromNoon(day + 1), sentAt: fromNoon(0) })).toBe('timestamp-in-future');
  });
});

describe('how far back an activity may lie', () => {
  test.each([
    ['0000-12-31T23:59:59.999Z', 'timestamp-invalid'],
    ['0001-01-01T00:00:00.000Z', undefined],
    ['0001-01-01T00:00:00.001Z', undefined],
    ['1969-12-31T23:59:59.999Z', undefined],
  ])('%s: rejected as %s', (timestamp, code) => {
    expect(codeOf({ timestamp })).toBe(code);
  });

  test.each(['2026-02-30T10:00:00Z', '2026-02-29', '2026-04-31T00:00:00+02:00'])('%s is no instant', (timestamp) => {
    expect(codeOf({ timestamp })).toBe('timestamp-invalid');
  });

  test('before the year 1 is told so', () => {
    const rejection = rejectionOf(anEvent({ timestamp: '0000-06-01T00:00:00Z' }));
    expect(rejection?.reason).toBe('timestamp lies before the year 1');
  });

  test('is told so also where a nonsense of clocks leads there', () => {
    const nonsense = { timestamp: '0001-01-01T00:00:00Z', sentAt: '9999-01-01T00:00:00Z' };
    expect(codeOf(nonsense)).toBe('timestamp-invalid');
  });
});

describe('an instant', () => {
  test.each([
    ['as JavaScript writes it', '2026-11-20T10:00:00.123Z', '2026-11-20T10:00:00.123Z'],
    ['without fractions', '2026-11-20T10:00:00Z', '2026-11-20T10:00:00.000Z'],
    ['with microseconds, as Python writes it', '2026-11-20T10:00:00.123456+00:00', '2026-11-20T10:00:00.123Z'],
    ['with nanoseconds, as Go writes it', '2026-11-20T11:00:00.123456789+01:00', '2026-11-20T10:00:00.123Z'],
    ['without a colon in its offset', '2026-11-20T11:00:00+0100', '2026-11-20T10:00:00.000Z'],
    ['with a space', '2026-11-20 10:00:00Z', '2026-11-20T10:00:00.000Z'],
    [
      'without an offset, which means UTC wherever the server stands',
      '2026-11-20T10:00:00',
      '2026-11-20T10:00:00.000Z',
    ],
    ['without seconds', '2026-11-20T10:00Z', '2026-11-20T10:00:00.000Z'],
    ['that is a day', '2026-11-19', '2026-11-19T00:00:00.000Z'],
  ])('%s is understood', (_, timestamp, at) => {
    expect(timestampOf({ timestamp })).toBe(at);
  });

  test.each([
    'yesterday',
    '',
    'Order 12',
    '12',
    '20/11/2026',
    'Fri Nov 20 2026',
    '2026-13-01',
    '2026-11-20T25:00:00Z',
    '2026-11-20T10:00:00Z ',
    '+275760-09-13T00:00:00.001Z',
  ])('%j is none', (timestamp) => {
    expect(codeOf({ timestamp })).toBe('timestamp-invalid');
  });

  test.each([[1_795_000_000_000], [true], [{}], [[]]])('%j is none', (timestamp) => {
    expect(codeOf({ timestamp })).toBe('timestamp-invalid');
  });
});
