import { describe, expect, it } from '@jest/globals';
import { vouchers } from '@sestante/identity';
import { maySet } from '../src/may-set.ts';
import { standingEntriesOf } from '../src/standing-entries.ts';
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
    ['consent.updated', { offers: false, personalisation: false }, ['offers denied', 'personalisation denied']],
  ])('anybody may say no: %s %j', (name, properties, set) => {
    expect(setBy(name, properties)).toEqual([set, set, set]);
  });

  it.each([
    ['consent.updated', { offers: true }, ['offers granted']],
    ['preferences.updated', { language: 'it' }, ['language "it"']],
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
