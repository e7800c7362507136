import { describe, expect, it } from '@jest/globals';
import type { ContactWishes } from '../../src/index.ts';
import { aCustomer, anApology, aSituation, aTemplate, day, hour, noon } from '../builders.ts';
import { verdictOf } from './verdict-of.ts';

const midnight = noon - 12 * hour;
const situationOf = (wishes: ContactWishes, over: Parameters<typeof aSituation>[0] = {}) =>
  aSituation({ customer: aCustomer({ wishes }), ...over });
const at = (instant: string) => ({ now: Date.parse(instant) });

describe("the customer's quiet hours", () => {
  const inRome = { timeZone: 'Europe/Rome', quietHours: { from: 21, to: 8 } };
  const inKolkata = { timeZone: 'Asia/Kolkata', quietHours: { from: 21, to: 8 } };

  it.each([
    ['before they begin in summer', inRome, '2026-07-15T18:59:59.999Z', true],
    ['as they begin in summer', inRome, '2026-07-15T19:00:00Z', false],
    ['before they begin in winter', inRome, '2026-01-15T19:59:59.999Z', true],
    ['as they begin in winter', inRome, '2026-01-15T20:00:00Z', false],
    ['before they end after the skipped hour', inRome, '2026-03-29T05:59:59.999Z', false],
    ['as they end after the skipped hour', inRome, '2026-03-29T06:00:00Z', true],
    ['before they end after the repeated hour', inRome, '2026-10-25T06:59:59.999Z', false],
    ['as they end after the repeated hour', inRome, '2026-10-25T07:00:00Z', true],
    ['a minute before they begin in a zone of half hours', inKolkata, '2026-07-15T15:29:00Z', true],
    ['as they begin in a zone of half hours', inKolkata, '2026-07-15T15:30:00Z', false],
    ['as they end in a zone of half hours', inKolkata, '2026-07-16T02:30:00Z', true],
  ])('are in their time zone: %s', (_, wishes, instant, passed) => {
    expect(verdictOf('quiet hours', situationOf(wishes, at(instant))).passed).toBe(passed);
  });

  const policy = (from: number, to: number) => ({
    ...aSituation().policy,
    quietHours: { from, to, timeZone: 'Europe/Rome' },
  });

  it.each([
    ['neither', 10, 11, true],
    ['that of the shop', 12, 14, false],
    ['that of the customer', 17, 18, false],
    ['both', 13, 18, false],
  ])('count beside those of the shop: at noon (UTC), it is quiet for %s', (whose, from, to, passed) => {
    const own = whose === 'neither' || whose === 'that of the shop' ? { from: 2, to: 3 } : { from: 17, to: 18 };
    const wishes = { timeZone: 'Asia/Kolkata', quietHours: own };
    expect(verdictOf('quiet hours', situationOf(wishes, { policy: policy(from, to) })).passed).toBe(passed);
  });

  it('are in the time zone of the shop if the customer has none, and else in UTC', () => {
    const wishes = { quietHours: { from: 13, to: 14 } };
    expect(verdictOf('quiet hours', situationOf(wishes, { policy: policy(2, 3) })).passed).toBe(false);
    expect(verdictOf('quiet hours', situationOf(wishes)).passed).toBe(true);
    expect(verdictOf('quiet hours', situationOf({ quietHours: { from: 12, to: 13 } })).passed).toBe(false);
  });

  it('are named in the reason', () => {
    const wishes = { timeZone: 'Europe/Rome', quietHours: { from: 12.5, to: 14 } };
    expect(verdictOf('quiet hours', situationOf(wishes)).reason).toBe(
      "it is 13:00 in Europe/Rome; the customer's quiet hours are from 12:30 to 14:00",
    );
  });
});

describe("the customer's budget of 1 offer in 10 days", () => {
  const passesAfter = (agesMs: readonly number[], budget = { most: 1, perDays: 10 }) => {
    const offersMade = agesMs.map((age) => ({ template: 'other', kind: 'relational', madeAt: noon - age }) as const);
    const customer = aCustomer({ offersMade, wishes: { budget } });
    return verdictOf('contact budget', aSituation({ customer })).passed;
  };

  it.each([
    [-1, false],
    [0, true],
    [1, true],
  ])('passes after an offer %d ms beyond 10 days: %s', (beyond, passed) => {
    expect(passesAfter([10 * day + beyond])).toBe(passed);
  });

  it('is smaller than that of the shop, of 2 in 7 days', () => {
    expect([passesAfter([]), passesAfter([day])]).toEqual([true, false]);
  });

  it('does not raise that of the shop', () => {
    expect(passesAfter([day, day], { most: 100, perDays: 1 })).toBe(false);
  });

  it('of 0 offers never passes, and says why', () => {
    const customer = aCustomer({ wishes: { budget: { most: 0, perDays: 7 } } });
    expect(verdictOf('contact budget', aSituation({ customer }))).toMatchObject({
      passed: false,
      reason:
        'the customer has got 0 of at most 2 offers in 7 days; the customer wants at most 0 in 7 days and has got 0',
    });
  });
});

describe('a pause', () => {
  it.each([
    [noon - 1, true],
    [noon, true],
    [noon + 1, false],
  ])('until the instant %d passes at noon: %s', (pausedUntil, passed) => {
    expect(verdictOf('pause', situationOf({ pausedUntil })).passed).toBe(passed);
  });

  it.each([
    ['Europe/Rome', '2026-03-28T22:59:59.999Z', false],
    ['Europe/Rome', '2026-03-28T23:00:00Z', true],
    ['Europe/Rome', '2026-03-29T02:00:00Z', true],
    ['Asia/Kolkata', '2026-03-28T18:29:59.999Z', false],
    ['Asia/Kolkata', '2026-03-28T18:30:00Z', true],
    ['UTC', '2026-03-28T23:59:59.999Z', false],
    ['UTC', '2026-03-29T00:00:00Z', true],
  ])('until 29 March, the day on which Rome skips an hour, in %s at %s passes: %s', (timeZone, instant, passed) => {
    expect(verdictOf('pause', situationOf({ timeZone, pausedUntil: '2026-03-29' }, at(instant))).passed).toBe(passed);
  });

  it.each([
    ['2026-10-25T22:59:59.999Z', false],
    ['2026-10-25T23:00:00Z', true],
  ])('until the day after Rome repeated an hour, at %s passes: %s', (instant, passed) => {
    const wishes = { timeZone: 'Europe/Rome', pausedUntil: '2026-10-26' };
    expect(verdictOf('pause', situationOf(wishes, at(instant))).passed).toBe(passed);
  });

  it('until a day begins in the time zone of the shop if the customer has none', () => {
    const policy = { ...aSituation().policy, quietHours: { from: 0, to: 0, timeZone: 'Asia/Kolkata' } };
    const now = midnight - 5.5 * hour;
    expect(verdictOf('pause', situationOf({ pausedUntil: '2026-11-20' }, { policy, now })).passed).toBe(true);
    expect(verdictOf('pause', situationOf({ pausedUntil: '2026-11-20' }, { policy, now: now - 1 })).passed).toBe(false);
  });

  it('refuses commercial and other templates alike, with the reason', () => {
    for (const template of [aTemplate(), anApology()])
      expect(verdictOf('pause', situationOf({ pausedUntil: '2026-12-24' }, { catalogue: [template] }))).toEqual({
        gate: 'pause',
        passed: false,
        reason: 'the customer has paused offers until 2026-12-24 in UTC',
      });
  });
});
