import { describe, expect, test } from '@jest/globals';
import { dayAt, isTimeZone } from '../src/index.ts';

describe('a time zone', () => {
  test.each([
    ['Europe/Rome', true],
    ['America/Argentina/Buenos_Aires', true],
    ['Etc/GMT+5', true],
    ['UTC', true],
    ['Mars/Olympus', false],
    ['Rome', false],
    ['EST', false],
    ['+02:00', false],
    ['', false],
    [5, false],
    [undefined, false],
  ])('%j exists: %s', (name, exists) => {
    expect([isTimeZone(name), isTimeZone(name)]).toEqual([exists, exists]);
  });
});

describe('the day at an instant', () => {
  test.each([
    ['2026-03-28T22:59:59.999Z', 'Europe/Rome', '2026-03-28'],
    ['2026-03-28T23:00:00Z', 'Europe/Rome', '2026-03-29'],
    ['2026-03-29T21:59:59.999Z', 'Europe/Rome', '2026-03-29'],
    ['2026-03-29T22:00:00Z', 'Europe/Rome', '2026-03-30'],
    ['2026-10-25T22:59:59.999Z', 'Europe/Rome', '2026-10-25'],
    ['2026-12-31T18:30:00Z', 'Asia/Kolkata', '2027-01-01'],
    ['2026-12-31T23:59:59.999Z', 'UTC', '2026-12-31'],
  ])('%s in %s is %s', (instant, timeZone, day) => {
    expect(dayAt(Date.parse(instant), timeZone)).toBe(day);
  });

  test('in a zone that does not exist is an error', () => {
    expect(() => dayAt(0, 'Mars/Olympus')).toThrow(RangeError);
  });
});
