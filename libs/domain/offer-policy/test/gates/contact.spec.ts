import { describe, expect, it } from '@jest/globals';
import type { QuietHours } from '../../src/index.ts';
import { aCustomer, aSituation, aTemplate, day, hour, noon } from '../builders.ts';
import { verdictOf } from './verdict-of.ts';

const midnight = noon - 12 * hour;

describe('quiet hours', () => {
  const passesAt = (now: number, quiet: Partial<QuietHours>) => {
    const quietHours = { from: 22, to: 8, timeZone: 'UTC', ...quiet };
    const policy = { ...aSituation().policy, quietHours };
    return verdictOf('quiet hours', aSituation({ policy, now })).passed;
  };

  it.each([
    [13 * hour - 1, true],
    [13 * hour, false],
    [13 * hour + 1, false],
    [15 * hour - 1, false],
    [15 * hour, true],
    [15 * hour + 1, true],
  ])('from 13 to 15, at %d ms of the day, passes: %s', (ofDay, passed) => {
    expect(passesAt(midnight + ofDay, { from: 13, to: 15 })).toBe(passed);
  });

  it.each([
    [22 * hour - 1, true],
    [22 * hour, false],
    [24 * hour - 1, false],
    [24 * hour, false],
    [32 * hour - 1, false],
    [32 * hour, true],
  ])('from 22 over midnight to 8, at %d ms, passes: %s', (ofDay, passed) => {
    expect(passesAt(midnight + ofDay, {})).toBe(passed);
  });

  it('follow the time zone of the policy, east and west of Greenwich', () => {
    expect(passesAt(midnight + 21 * hour, { timeZone: 'Africa/Lagos' })).toBe(false);
    expect(passesAt(midnight + 16.5 * hour, { timeZone: 'Asia/Kolkata' })).toBe(false);
    expect(passesAt(midnight + 16.5 * hour - 1, { timeZone: 'Asia/Kolkata' })).toBe(true);
    expect(passesAt(midnight + 23 * hour, { timeZone: 'America/Sao_Paulo' })).toBe(true);
    expect(passesAt(midnight + 1.5 * hour, { timeZone: 'America/Sao_Paulo' })).toBe(false);
  });

  it.each([
    ['in summer', '2026-07-15T18:59:59.999Z', true],
    ['in summer', '2026-07-15T19:00:00Z', false],
    ['in summer', '2026-07-15T19:30:00Z', false],
    ['in winter', '2026-01-15T19:59:59.999Z', true],
    ['in winter', '2026-01-15T20:00:00Z', false],
    ['in the morning after the skipped hour', '2026-03-29T05:59:59.999Z', false],
    ['in the morning after the skipped hour', '2026-03-29T06:00:00Z', true],
    ['in the morning after the repeated hour', '2026-10-25T06:59:59.999Z', false],
    ['in the morning after the repeated hour', '2026-10-25T07:00:00Z', true],
  ])('in Rome, from 21 to 8, %s, at %s pass: %s', (_, now, passed) => {
    expect(passesAt(Date.parse(now), { from: 21, timeZone: 'Europe/Rome' })).toBe(passed);
  });

  it.each([
    ['a minute before them', '2026-07-15T15:29:00Z', true],
    ['as they begin', '2026-07-15T15:30:00Z', false],
    ['a minute after that', '2026-07-15T15:31:00Z', false],
    ['a minute before their end', '2026-07-16T02:29:00Z', false],
    ['as they end', '2026-07-16T02:30:00Z', true],
    ['a minute after that', '2026-07-16T02:31:00Z', true],
  ])('in Kolkata, with an offset of half an hour, from 21 to 8, %s, at %s pass: %s', (_, now, passed) => {
    expect(passesAt(Date.parse(now), { from: 21, timeZone: 'Asia/Kolkata' })).toBe(passed);
  });

  it.each([
    ['2026-03-29T00:59:00Z', true],
    ['2026-03-29T01:00:00Z', true],
    ['2026-03-29T01:01:00Z', true],
  ])('from 2 to 3 do not exist on the day on which Rome skips that hour, at %s', (now, passed) => {
    expect(passesAt(Date.parse(now), { from: 2, to: 3, timeZone: 'Europe/Rome' })).toBe(passed);
  });

  it.each([
    ['2026-10-24T23:59:00Z', true],
    ['2026-10-25T00:00:00Z', false],
    ['2026-10-25T00:59:00Z', false],
    ['2026-10-25T01:00:00Z', false],
    ['2026-10-25T01:59:00Z', false],
    ['2026-10-25T02:00:00Z', true],
  ])('from 2 to 3 last two hours on the day on which Rome repeats that hour, at %s pass: %s', (now, passed) => {
    expect(passesAt(Date.parse(now), { from: 2, to: 3, timeZone: 'Europe/Rome' })).toBe(passed);
  });

  it('throw for an unknown time zone', () => {
    expect(() => passesAt(midnight, { timeZone: 'Europe/Nowhere' })).toThrow('Europe/Nowhere');
  });

  it('work before 1970', () => {
    expect(passesAt(-1, {})).toBe(false);
    expect(passesAt(-12 * hour, {})).toBe(true);
  });

  it('from 0 to 24 are the whole day, between two equal hours no time', () => {
    for (const ofDay of [0, 12 * hour, 24 * hour - 1]) {
      expect(passesAt(midnight + ofDay, { from: 0, to: 24 })).toBe(false);
      expect(passesAt(midnight + ofDay, { from: 9, to: 9 })).toBe(true);
    }
  });

  it('may begin at half past, and report the local time', () => {
    const quietHours = { from: 21.5, to: 7.25, timeZone: 'UTC' };
    const policy = { ...aSituation().policy, quietHours };
    expect(verdictOf('quiet hours', aSituation({ policy, now: midnight + 21 * hour + 30 * 60_000 }))).toEqual({
      gate: 'quiet hours',
      passed: false,
      reason: 'it is 21:30 in UTC; quiet hours are from 21:30 to 7:15',
    });
  });

  it('pass at any time if the policy has none', () => {
    expect(verdictOf('quiet hours', aSituation({ now: midnight })).passed).toBe(true);
  });
});

describe('the contact budget of 2 offers in 7 days', () => {
  const passesAfter = (...agesMs: number[]) => {
    const offersMade = agesMs.map((age) => ({ template: 'other', kind: 'relational', madeAt: noon - age }) as const);
    return verdictOf('contact budget', aSituation({ customer: aCustomer({ offersMade }) })).passed;
  };

  it.each([
    [1, true],
    [2, false],
    [3, false],
  ])('after %d offers, of any template and kind, passes: %s', (count, passed) => {
    expect(passesAfter(...Array.from({ length: count }, () => day))).toBe(passed);
  });

  it.each([
    [-1, false],
    [0, true],
    [1, true],
  ])('after one offer now and one %d ms beyond 7 days, passes: %s', (beyond, passed) => {
    expect(passesAfter(0, 7 * day + beyond)).toBe(passed);
  });

  it('counts an offer in the future', () => {
    expect(passesAfter(-hour, 0)).toBe(false);
  });

  it('of 0 offers never passes', () => {
    const policy = { ...aSituation().policy, most: 0 };
    expect(verdictOf('contact budget', aSituation({ policy }))).toMatchObject({
      passed: false,
      reason: 'the customer has got 0 of at most 0 offers in 7 days',
    });
  });
});

describe('the cap of 2 offers of one template in 30 days', () => {
  const passesAfter = (agesMs: number[], template = 'discount') => {
    const offersMade = agesMs.map((age) => ({ template, kind: 'economic', madeAt: noon - age }) as const);
    const catalogue = [aTemplate({ version: 7, caps: { perCustomer: 2, perDays: 30 } })];
    return verdictOf('template cap', aSituation({ catalogue, customer: aCustomer({ offersMade }) })).passed;
  };

  it.each([
    [1, true],
    [2, false],
    [3, false],
  ])('after %d of them, of any version, passes: %s', (count, passed) => {
    expect(passesAfter(Array.from({ length: count }, () => day))).toBe(passed);
  });

  it.each([
    [-1, false],
    [0, true],
    [1, true],
  ])('after one now and one %d ms beyond 30 days, passes: %s', (beyond, passed) => {
    expect(passesAfter([0, 30 * day + beyond])).toBe(passed);
  });

  it('does not count other templates', () => {
    expect(passesAfter([0, 0, 0], 'another')).toBe(true);
  });
});
