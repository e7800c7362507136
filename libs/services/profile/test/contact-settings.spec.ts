import { describe, expect, it } from '@jest/globals';
import { defaultStanding, standingEntriesOf, standingOf } from '../src/standing-entries.ts';
import { anActivity } from './builders.ts';

const anAct = (over: Parameters<typeof anActivity>[0]) => ({ ...anActivity(over), memberId: 'the member' });
const valuesOf = (name: string, properties: Record<string, unknown>) =>
  standingEntriesOf(anAct({ name, properties })).map(({ field, value }) => [field, value]);

describe('the contact settings in preferences.updated', () => {
  it.each([
    [{ quiet_hours: { from: 21.5, to: 8 } }, [['quietHours', '{"from":21.5,"to":8}']]],
    [{ quiet_hours: { from: 0, to: 24 } }, [['quietHours', '{"from":0,"to":24}']]],
    [{ quiet_hours: { from: -0.01, to: 24 } }, []],
    [{ quiet_hours: { from: 0, to: 24.01 } }, []],
    [{ quiet_hours: { from: '21', to: 8 } }, []],
    [{ quiet_hours: 'at night' }, []],
    [{ quiet_hours: null }, [['quietHours', 'null']]],
    [{ time_zone: 'Asia/Kolkata' }, [['timeZone', '"Asia/Kolkata"']]],
    [{ time_zone: 'Mars/Olympus' }, []],
    [{ time_zone: '+05:30' }, []],
    [{ budget: { most: 0, per_days: 1 } }, [['budget', '{"most":0,"perDays":1}']]],
    [{ budget: { most: 1_000, per_days: 366 } }, [['budget', '{"most":1000,"perDays":366}']]],
    [{ budget: { most: -1, per_days: 7 } }, []],
    [{ budget: { most: 1_001, per_days: 7 } }, []],
    [{ budget: { most: 1, per_days: 0 } }, []],
    [{ budget: { most: 1, per_days: 367 } }, []],
    [{ budget: { most: 1.5, per_days: 7 } }, []],
    [{ paused_until: '2026-12-24' }, [['pausedUntil', '2026-12-24']]],
    [{ paused_until: '2026-12-24T10:00:00+01:00' }, [['pausedUntil', '2026-12-24T10:00:00+01:00']]],
    [{ paused_until: '2026-02-30' }, []],
    [{ paused_until: 'soon' }, []],
    [{ paused_until: null }, [['pausedUntil', '']]],
    [{ language: null }, [['language', 'null']]],
  ])('%j are %j', (properties, values) => {
    expect(valuesOf('preferences.updated', properties)).toEqual(values);
  });

  it('are in the standing, unless they were removed', () => {
    const standingAfter = (properties: Record<string, unknown>) => {
      const values = standingEntriesOf(anAct({ name: 'preferences.updated', properties }));
      return standingOf(new Map(values.map(({ field, value }) => [field, { value }])));
    };
    const set = {
      quiet_hours: { from: 22, to: 7 },
      ...{ time_zone: 'Europe/Rome', budget: { most: 1, per_days: 7 }, paused_until: '2026-12-24' },
    };
    expect(standingAfter({ ...set, measurement: false, channels: { in_app: 'granted' } })).toEqual({
      ...defaultStanding,
      measurement: 'denied',
      channels: { 'in-app': 'granted' },
      quietHours: { from: 22, to: 7 },
      ...{ timeZone: 'Europe/Rome', budget: { most: 1, perDays: 7 }, pausedUntil: '2026-12-24' },
    });
    const removed = { quiet_hours: null, time_zone: null, budget: null, paused_until: null, language: null };
    expect(standingAfter(removed)).toEqual(defaultStanding);
  });
});

describe('a pause that a page asks for', () => {
  const standingWith = (pausedUntil: string, pageVouchedPause: string, timeZone?: string) => {
    const values = { pausedUntil, pageVouchedPause, ...(timeZone && { timeZone: JSON.stringify(timeZone) }) };
    const stored = new Map(Object.entries(values).map(([field, value]) => [field, { value }]));
    return standingOf(stored as Parameters<typeof standingOf>[0]);
  };
  const [losAngeles, auckland] = ['America/Los_Angeles', 'Pacific/Auckland'];

  it.each([
    // In Los Angeles, 7 January begins at 08:00 UTC.
    ['2027-01-07', '2027-01-07T07:59:00Z', losAngeles, 'own'],
    ['2027-01-07', '2027-01-07T08:00:00Z', losAngeles, 'page'],
    ['2027-01-07T07:59:00Z', '2027-01-07', losAngeles, 'page'],
    ['2027-01-07T08:00:00Z', '2027-01-07', losAngeles, 'own'],
    // In Auckland, at 11:00 UTC of the day before.
    ['2027-01-06T10:59:00Z', '2027-01-07', auckland, 'page'],
    ['2027-01-06T11:00:00Z', '2027-01-07', auckland, 'own'],
    // Somewhere between 10:00 UTC of the day before and 12:00 UTC.
    ['2027-01-06T09:59:00Z', '2027-01-07', undefined, 'page'],
    ['2027-01-06T10:00:00Z', '2027-01-07', undefined, 'own'],
    ['2027-01-07', '2027-01-07T11:59:00Z', undefined, 'own'],
    ['2027-01-07', '2027-01-07T12:00:00Z', undefined, 'page'],
    ['2027-01-07', '2027-01-08', losAngeles, 'page'],
    ['2027-01-08', '2027-01-07', losAngeles, 'own'],
    ['2027-01-07T10:00:00+01:00', '2027-01-07T09:30:00Z', losAngeles, 'page'],
    ['2027-01-07T10:00:00+01:00', '2027-01-07T08:30:00Z', losAngeles, 'own'],
    ['', '2027-01-07', undefined, 'page'],
    ['2027-01-07', '', undefined, 'own'],
  ])('extends that of the customer, but does not shorten it: %j and %j in %s', (own, byPage, zone, counts) => {
    expect(standingWith(own, byPage, zone).pausedUntil).toBe(counts === 'own' ? own : byPage);
  });
});
