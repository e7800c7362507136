import { describe, expect, it } from '@jest/globals';
import { vocabulary } from '@sestante/contracts';
import { factsOf, note, standingOf, telling } from '../src/facts.ts';
import { anActivity, minutesAfterNoon } from './builders.ts';

const member = 'the member';
const anAct = (over: Parameters<typeof anActivity>[0]) => ({ ...anActivity(over), memberId: member });
const told = (name: string, properties: Record<string, unknown> = {}) =>
  factsOf(anAct({ name, properties })).map(({ fact, value }) => [fact, value]);

describe('an activity that tells a fact', () => {
  it.each([
    ['payment.difficulty_reported', 'inDifficulty', 'yes'],
    ['payment.difficulty_resolved', 'inDifficulty', 'no'],
    ['promise.broken', 'openApology', 'yes'],
    ['offer.refused', 'openApology', 'yes'],
    ['apology.accepted', 'openApology', 'no'],
    ['apology.closed', 'openApology', 'no'],
    ['message.unsubscribed', 'offers', 'denied'],
  ])('%s: %s is %s', (name, fact, value) => {
    expect(told(name)).toEqual([[fact, value]]);
  });

  it('names its member and when it was said', () => {
    expect(factsOf(anAct({ name: 'promise.broken' }))).toEqual([
      { memberId: member, fact: 'openApology', value: 'yes', setAt: minutesAfterNoon(0) },
    ]);
  });
});

describe('a word that is ahead of its time', () => {
  it('was said when it came: an opt-out of the next hours counts', () => {
    const [tomorrow, today] = [minutesAfterNoon(20 * 60), minutesAfterNoon(0)];
    const [fact] = factsOf(anAct({ name: 'promise.broken', timestamp: tomorrow, receivedAt: today }));
    expect(fact!.setAt).toBe(today);
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
  ])('with %j is one word on each consent', (properties, facts) => {
    expect(told('consent.updated', properties)).toEqual(facts);
  });

  it.each([
    [{}],
    [{ offers: 'yes' }],
    [{ offers: 1 }],
    [{ offers: null }],
    [{ offers: { granted: true } }],
    [{ newsletter: true }],
  ])('with %j is no word', (properties) => {
    expect(told('consent.updated', properties)).toEqual([]);
  });
});

describe('any other activity', () => {
  it.each(['page.viewed', 'order.completed', 'constructor', '__proto__', 'toString', 'hasOwnProperty', ''])(
    '%j tells nothing',
    (name) => {
      expect(told(name)).toEqual([]);
    },
  );
});

describe('what the facts add up to', () => {
  it('is no consent, no difficulty and no apology where nothing is known', () => {
    expect(standingOf(new Map())).toEqual({
      offers: 'unknown',
      personalisation: 'unknown',
      inDifficulty: false,
      openApology: false,
      preferences: {},
    });
  });

  it('is each fact by itself', () => {
    const words = new Map([
      ['offers', { value: 'granted' }],
      ['personalisation', { value: 'denied' }],
      ['inDifficulty', { value: 'yes' }],
      ['openApology', { value: 'no' }],
      ['media', { value: '["mail"]' }],
      ['language', { value: '"it"' }],
    ] as const);
    expect(standingOf(words)).toEqual({
      offers: 'granted',
      personalisation: 'denied',
      inDifficulty: true,
      openApology: false,
      preferences: { media: ['mail'], language: 'it' },
    });
  });

  it('is the latest word, and of two of one instant the more careful', () => {
    const words = new Map();
    const say = (value: string, minutes: number) =>
      note(words, { fact: 'offers', value, setAt: minutesAfterNoon(minutes) });
    say('granted', 1);
    say('denied', 0);
    expect(standingOf(words).offers).toBe('granted');
    say('denied', 1);
    say('granted', 1);
    expect(standingOf(words).offers).toBe('denied');
  });
});

describe('preferences.updated', () => {
  it('tells each preference, and consents', () => {
    const { example } = vocabulary['preferences.updated']!;
    expect(told('preferences.updated', { ...example, media: 'mail', offers: false })).toEqual([
      ['offers', 'denied'],
      ['media', '["mail"]'],
      ['topics', '["wine"]'],
      ['frequency', '"monthly"'],
      ['language', '"it"'],
    ]);
  });
});

describe('an activity of a source’s own that tells of people', () => {
  it('tells a no, and no yes', () => {
    expect(told('profile.updated', { offers: false })).toEqual([['offers', 'denied']]);
    expect(told('profile.updated', { offers: true })).toEqual([]);
    expect(told('price.filtered', { offers: false })).toEqual([]);
  });
});

describe('the vocabulary', () => {
  it.each(telling)('has %s, which tells a fact', (name) => {
    expect(telling.length).toBeGreaterThan(5);
    expect(vocabulary).toHaveProperty([name]);
  });

  it.each(Object.keys(vocabulary['consent.updated']!.may))('knows %s as a consent that is read', (consent) => {
    expect(told('consent.updated', { [consent]: true })).toEqual([[consent, 'granted']]);
  });
});
