import { describe, expect, it } from '@jest/globals';
import { consentPurposes, contactChannels, fieldOfChannel, vocabulary } from '@sestante/contracts';
import {
  defaultStanding,
  setIfLater,
  standingActivities,
  standingEntriesOf,
  standingOf,
} from '../src/standing-entries.ts';
import { anActivity, minutesAfterNoon } from './builders.ts';

const member = 'the member';
const anAct = (over: Parameters<typeof anActivity>[0]) => ({ ...anActivity(over), memberId: member });
const valuesOf = (name: string, properties: Record<string, unknown> = {}) =>
  standingEntriesOf(anAct({ name, properties })).map(({ field, value }) => [field, value]);

describe('an activity that sets a field of the standing', () => {
  it.each([
    ['payment.difficulty_reported', 'inDifficulty', 'yes'],
    ['payment.difficulty_resolved', 'inDifficulty', 'no'],
    ['promise.broken', 'openApology', 'yes'],
    ['offer.refused', 'openApology', 'yes'],
    ['apology.accepted', 'openApology', 'no'],
    ['apology.closed', 'openApology', 'no'],
    ['message.unsubscribed', 'offers', 'denied'],
  ])('%s: %s is %s', (name, field, value) => {
    expect(valuesOf(name)).toEqual([[field, value]]);
  });

  it('gives an entry with its member and its instant', () => {
    expect(standingEntriesOf(anAct({ name: 'promise.broken' }))).toEqual([
      { memberId: member, field: 'openApology', value: 'yes', setAt: minutesAfterNoon(0) },
    ]);
  });
});

describe('an activity with a timestamp in the future', () => {
  it('sets the value at the instant of its reception, so that an opt-out in the next hours wins', () => {
    const [tomorrow, today] = [minutesAfterNoon(20 * 60), minutesAfterNoon(0)];
    const [entry] = standingEntriesOf(anAct({ name: 'promise.broken', timestamp: tomorrow, receivedAt: today }));
    expect(entry!.setAt).toBe(today);
  });
});

describe('consent.updated', () => {
  it.each([
    [{ offers: true }, [['offers', 'granted']]],
    [{ offers: 'granted' }, [['offers', 'granted']]],
    [{ offers: false }, [['offers', 'denied']]],
    [{ offers: 'denied' }, [['offers', 'denied']]],
    [{ personalisation: true }, [['personalisation', 'granted']]],
    [
      { personalisation: 'denied', offers: true },
      [
        ['offers', 'granted'],
        ['personalisation', 'denied'],
      ],
    ],
  ])('with %j sets each consent', (properties, values) => {
    expect(valuesOf('consent.updated', properties)).toEqual(values);
  });

  it.each([
    [{}],
    [{ offers: 'yes' }],
    [{ offers: 1 }],
    [{ offers: null }],
    [{ offers: { granted: true } }],
    [{ newsletter: true }],
  ])('with %j sets nothing', (properties) => {
    expect(valuesOf('consent.updated', properties)).toEqual([]);
  });
});

describe('any other activity', () => {
  it.each(['page.viewed', 'order.completed', 'constructor', '__proto__', 'toString', 'hasOwnProperty', ''])(
    '%j sets nothing',
    (name) => {
      expect(valuesOf(name)).toEqual([]);
    },
  );
});

describe('the standing', () => {
  it('has unknown consent, no difficulty and no open apology without any values', () => {
    expect(standingOf(new Map())).toEqual({
      offers: 'unknown',
      personalisation: 'unknown',
      inDifficulty: false,
      openApology: false,
      preferences: {},
    });
  });

  it('has each value in its own field', () => {
    const values = new Map([
      ['offers', { value: 'granted' }],
      ['personalisation', { value: 'denied' }],
      ['inDifficulty', { value: 'yes' }],
      ['openApology', { value: 'no' }],
      ['media', { value: '["mail"]' }],
      ['language', { value: '"it"' }],
    ] as const);
    expect(standingOf(values)).toEqual({
      offers: 'granted',
      personalisation: 'denied',
      inDifficulty: true,
      openApology: false,
      preferences: { media: ['mail'], language: 'it' },
    });
  });

  it('has the latest value; of two values with the same instant it has the more restrictive one', () => {
    const latest = new Map();
    const set = (value: string, minutes: number) =>
      setIfLater(latest, { field: 'offers', value, setAt: minutesAfterNoon(minutes) });
    set('granted', 1);
    set('denied', 0);
    expect(standingOf(latest).offers).toBe('granted');
    set('denied', 1);
    set('granted', 1);
    expect(standingOf(latest).offers).toBe('denied');
  });
});

describe('preferences.updated', () => {
  it('sets each preference, and consents', () => {
    const { example } = vocabulary['preferences.updated']!;
    expect(valuesOf('preferences.updated', { ...example, media: 'mail', offers: false })).toEqual([
      ['offers', 'denied'],
      ['media', '["mail"]'],
      ['topics', '["wine"]'],
      ['frequency', '"monthly"'],
      ['language', '"it"'],
    ]);
  });
});

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

describe('a custom activity about people', () => {
  it('can deny consent, but cannot grant it', () => {
    expect(valuesOf('profile.updated', { offers: false })).toEqual([['offers', 'denied']]);
    expect(valuesOf('profile.updated', { offers: true })).toEqual([]);
    expect(valuesOf('price.filtered', { offers: false })).toEqual([]);
  });
});

describe('the vocabulary', () => {
  it.each(standingActivities)('has %s, which sets a field of the standing', (name) => {
    expect(vocabulary).toHaveProperty([name]);
  });

  it.each(consentPurposes)('has %s as a consent that is read', (purpose) => {
    expect(vocabulary['consent.updated']!.may).toHaveProperty([purpose]);
    expect(valuesOf('consent.updated', { [purpose]: true })).toEqual([[purpose, 'granted']]);
  });

  it.each(contactChannels)('has %s as a channel whose consent is read', (channel) => {
    const field = fieldOfChannel(channel);
    expect(vocabulary['consent.updated']!.may['channels']!.fields).toHaveProperty([field]);
    expect(valuesOf('consent.updated', { channels: { [field]: 'denied' } })).toEqual([[channel, 'denied']]);
  });
});
