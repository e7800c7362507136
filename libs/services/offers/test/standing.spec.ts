import { describe, expect, it } from '@jest/globals';
import { factsOf, standingOf } from '../src/standing.ts';
import { anActOf, idOf, iso, noon } from './builders.ts';

const told = (name: string, properties: Record<string, unknown> = {}) =>
  factsOf(anActOf('ada', { name, properties })).map(({ fact, value }) => [fact, value]);

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

  it('names its customer and when it was said', () => {
    expect(factsOf(anActOf('ada', { name: 'promise.broken' }))).toEqual([
      { customerId: idOf('ada'), fact: 'openApology', value: 'yes', setAt: iso(noon) },
    ]);
  });
});

describe('a word that is ahead of its time', () => {
  it('was said when it came: an opt-out of the next hours counts', () => {
    const [tomorrow, today] = [iso(noon + 20 * 3_600_000), iso(noon)];
    const [fact] = factsOf(anActOf('ada', { name: 'promise.broken', timestamp: tomorrow, receivedAt: today }));
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
    expect(standingOf([])).toEqual({
      offers: 'unknown',
      personalisation: 'unknown',
      inDifficulty: false,
      openApology: false,
    });
  });

  it('is each fact by itself', () => {
    const facts = [
      { fact: 'offers', value: 'granted' },
      { fact: 'personalisation', value: 'denied' },
      { fact: 'inDifficulty', value: 'yes' },
      { fact: 'openApology', value: 'no' },
    ] as const;
    expect(standingOf(facts)).toEqual({
      offers: 'granted',
      personalisation: 'denied',
      inDifficulty: true,
      openApology: false,
    });
  });
});
