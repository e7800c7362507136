import { describe, expect, test } from '@jest/globals';
import { addMonths, canonicalMonth, endOf, InvalidInstant, monthsOf, startOf } from '../../src/monthly/month.ts';

describe('the month of a text', () => {
  test.each([
    ['2026-11-27T17:03:39.123Z', '2026-11'],
    ['2026-01-01T00:00:00.000Z', '2026-01'],
    ['2026-12-31T23:58:59.999Z', '2026-12'],
    ['0001-01-01T00:00:00.000Z', '0001-01'],
  ])('is read without a parser if it is canonical: %s', (text, month) => {
    expect(canonicalMonth(text)).toBe(month);
    expect(monthsOf(text)).toEqual([month]);
  });

  test.each([
    ['2026-11-27T17:03:39Z', ['2026-11']],
    ['2026-11-30T23:30:00.000-01:00', ['2026-12']],
    ['2026-12-01T00:30:00.000+01:00', ['2026-11']],
    ['2026-11-30T23:59:59.998Z', ['2026-11']],
    ['2026-11-30T23:59:59.999Z', ['2026-11', '2026-12']],
    ['2026-11-30T23:59:59.9999999Z', ['2026-11', '2026-12']],
    ['2026-11-30T24:00:00.000Z', ['2026-12']],
    ['2026-12-01T00:00:00.0Z', ['2026-12']],
    [Date.parse('2026-12-01T00:00:00Z') - 2, ['2026-11']],
    [Date.parse('2026-12-01T00:00:00Z') - 1, ['2026-11', '2026-12']],
    [Date.parse('2026-12-01T00:00:00Z'), ['2026-12']],
    [0, ['1970-01']],
  ])('is parsed for any other instant: %s', (instant, months) => {
    expect(canonicalMonth(instant)).toBeUndefined();
    expect(monthsOf(instant)).toEqual(months);
  });

  test.each([
    'yesterday',
    '',
    '2026-13-01T00:00:00.000Z',
    '2026-11-27T17:03:60.000Z',
    '0000-12-31T23:59:59.998Z',
    '+010000-01-01T00:00:00.000Z',
    '9999-12-31T23:59:59.999Z',
    NaN,
    Infinity,
    8.64e15,
  ])('is a fault of the data if there is none: %p', (instant) => {
    expect(() => monthsOf(instant)).toThrow(InvalidInstant);
    expect(new InvalidInstant(instant)).toMatchObject({ retriable: false });
  });
});

test('a month ends where the next one starts', () => {
  expect([endOf('2026-11'), endOf('2026-12'), endOf('2024-02')]).toEqual([
    startOf('2026-12'),
    startOf('2027-01'),
    Date.parse('2024-03-01T00:00:00Z'),
  ]);
});

test('months can be added over years', () => {
  expect(new Date(addMonths(startOf('2024-10'), 25)).toISOString()).toBe('2026-11-01T00:00:00.000Z');
});
