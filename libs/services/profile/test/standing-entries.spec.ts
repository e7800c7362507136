import { describe, expect, it } from '@jest/globals';
import { consentPurposes, contactChannels, fieldOfChannel, vocabulary } from '@sestante/contracts';
import { setIfLater, standingActivities, standingEntriesOf, standingOf } from '../src/standing-entries.ts';
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
