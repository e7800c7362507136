import { describe, expect, it } from '@jest/globals';
import type { Standing } from '@sestante/contracts';
import { decideBatch } from '../src/decide-batch.ts';
import { customerViewOf } from '../src/customer-view.ts';
import { aContext, aMove, aTemplate, noon, yes } from './builders.ts';

const viewAfter = (over: Partial<Standing>) => customerViewOf(aMove('ada', { standing: { ...yes, ...over } }), []);
/** The gates that refuse a discount to a customer with this standing. */
const refusing = (over: Partial<Standing>, template = aTemplate()) => {
  const context = aContext({ templates: [template] });
  const [decision] = decideBatch(context, [aMove('ada', { standing: { ...yes, ...over } })]).decisions;
  return decision!.candidates[0]!.gates.filter(({ passed }) => !passed).map(({ gate }) => gate);
};

describe("the customer's own contact policy, as it comes with the activity", () => {
  it('is empty if nothing was set', () => {
    expect(viewAfter({})).toMatchObject({ channels: {}, wishes: {}, consent: { measurement: 'unknown' } });
  });

  it('has every setting, a day as a day and an instant as milliseconds', () => {
    const set = { timeZone: 'Europe/Rome', quietHours: { from: 22, to: 7 }, budget: { most: 1, perDays: 7 } };
    expect(viewAfter({ ...set, pausedUntil: '2026-12-24', measurement: 'denied' })).toMatchObject({
      consent: { measurement: 'denied' },
      wishes: { ...set, pausedUntil: '2026-12-24' },
    });
    expect(viewAfter({ pausedUntil: '2026-11-20T13:00:00+01:00' }).wishes).toEqual({ pausedUntil: noon });
  });

  it('has no time zone that this process does not know', () => {
    expect(viewAfter({ timeZone: 'Mars/Olympus', quietHours: { from: 22, to: 7 } }).wishes).toEqual({
      quietHours: { from: 22, to: 7 },
    });
    expect(refusing({ timeZone: 'Mars/Olympus', quietHours: { from: 12, to: 13 } })).toEqual(['quiet hours']);
  });

  it.each([
    ['consent', { channels: { 'in-app': 'denied' } }],
    ['pause', { pausedUntil: '2026-11-21' }],
    ['quiet hours', { timeZone: 'Asia/Kolkata', quietHours: { from: 17, to: 18 } }],
    ['contact budget', { budget: { most: 0, perDays: 30 } }],
  ] as const)('stops an offer at the gate %s', (gate, standing) => {
    expect(refusing({})).toEqual([]);
    expect(refusing(standing)).toEqual([gate]);
  });

  it('stops what would reach the customer in a denied channel only', () => {
    expect(refusing({ channels: { email: 'denied' } })).toEqual([]);
    expect(refusing({ channels: { email: 'denied' } }, aTemplate({ medium: 'email' }))).toEqual(['consent']);
  });
});
