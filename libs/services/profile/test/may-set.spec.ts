import { describe, expect, it } from '@jest/globals';
import { type VouchedBy, vouchers } from '@sestante/identity';
import { allowedOf, maySet } from '../src/may-set.ts';
import { type LatestValues, setIfLater, standingEntriesOf, standingOf } from '../src/standing-entries.ts';
import { minutesAfterNoon } from './builders.ts';

/** What an activity sets, by each voucher: the fields and values. */
function setBy(name: string, properties: object = {}) {
  const at = minutesAfterNoon(0);
  const activity = { memberId: 'ada', name, properties: { ...properties }, timestamp: at, receivedAt: at };
  return vouchers.map((vouchedBy) =>
    standingEntriesOf(activity)
      .filter((entry) => maySet(entry, vouchedBy))
      .map(({ field, value }) => `${field} ${value}`),
  );
}

describe('by a page alone', () => {
  it.each([
    ['message.unsubscribed', {}, ['offers denied']],
    ['preferences.updated', { paused_until: '2026-12-24' }, ['pausedUntil 2026-12-24']],
    ['consent.updated', { channels: { email: false } }, ['email denied']],
    ['consent.updated', { offers: false, personalisation: false }, ['offers denied', 'personalisation denied']],
  ])('anybody may say no: %s %j', (name, properties, set) => {
    expect(setBy(name, properties)).toEqual([set, set, set]);
  });

  it.each([
    ['consent.updated', { offers: true }, ['offers granted']],
    ['preferences.updated', { language: 'it' }, ['language "it"']],
    ['preferences.updated', { paused_until: null }, ['pausedUntil ']],
    ['preferences.updated', { budget: { most: 9, per_days: 7 } }, ['budget {"most":9,"perDays":7}']],
    ['consent.updated', { measurement: true, channels: { email: true } }, ['measurement granted', 'email granted']],
    ['payment.difficulty_reported', {}, ['inDifficulty yes']],
    ['payment.difficulty_resolved', {}, ['inDifficulty no']],
    ['promise.broken', {}, ['openApology yes']],
    ['offer.refused', {}, ['openApology yes']],
    ['apology.accepted', {}, ['openApology no']],
    ['apology.closed', {}, ['openApology no']],
  ])('nobody may say yes: %s %j', (name, properties, set) => {
    expect(setBy(name, properties)).toEqual([set, set, []]);
  });

  it('a no counts beside a yes that does not', () => {
    expect(setBy('consent.updated', { offers: true, personalisation: false })[2]).toEqual(['personalisation denied']);
  });
});

describe('a pause', () => {
  const pausedUntil = (...said: readonly (readonly [VouchedBy, string | null])[]) => {
    const latest: LatestValues = new Map();
    for (const [minutes, [vouchedBy, until]] of said.entries()) {
      const at = minutesAfterNoon(minutes);
      const properties = { paused_until: until };
      const activity = { memberId: 'ada', name: 'preferences.updated', properties, timestamp: at, receivedAt: at };
      for (const entry of allowedOf(standingEntriesOf(activity), vouchedBy)) setIfLater(latest, entry);
    }
    return standingOf(latest).pausedUntil;
  };

  it('can be begun and extended by a page alone, but not shortened or ended', () => {
    expect(pausedUntil(['page', '2026-12-24'])).toBe('2026-12-24');
    expect(pausedUntil(['customer', '2026-12-24'], ['page', '2027-01-07'])).toBe('2027-01-07');
    expect(pausedUntil(['customer', '2026-12-24'], ['page', '2026-11-21'])).toBe('2026-12-24');
    expect(pausedUntil(['customer', '2026-12-24'], ['page', null])).toBe('2026-12-24');
  });

  it.each(['customer', 'secret'] as const)('is what a %s says after a page', (vouchedBy) => {
    expect(pausedUntil(['page', '2026-12-24'], [vouchedBy, '2026-11-21'])).toBe('2026-11-21');
    expect(pausedUntil(['page', '2026-12-24'], [vouchedBy, null])).toBeUndefined();
  });
});
