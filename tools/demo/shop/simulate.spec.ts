import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { checkActivity, nameOfTitle } from '@sestante/contracts';
import { answersTo } from '../answer-offers.ts';
import type { Offer } from '../story/answers.ts';
import { giuliasBadDay, marcosRefund } from './cast.ts';
import { type Happening, toEvent } from './happening.ts';
import { simulate } from './simulate.ts';
import { week } from './time.ts';
import { todayOf } from './today.ts';

const now = Date.parse('2026-11-22T10:00:00Z');
const shopOf = (seed: number, run = 'r') => simulate({ run, seed, shoppers: 100, now });
const shop = shopOf(7);
const eventsOf = (past: readonly Happening[]) => past.map(toEvent);

describe('a simulated shop', () => {
  it('lives the same lives with the same seed, others with another', () => {
    expect(eventsOf(shopOf(7).past)).toEqual(eventsOf(shop.past));
    expect(eventsOf(shopOf(8).past)).not.toEqual(eventsOf(shop.past));
  });

  it('has other people in another run, who live the same', () => {
    const other = shopOf(7, 'other');
    expect(other.past.map(({ at, what }) => [at, what])).toEqual(shop.past.map(({ at, what }) => [at, what]));
    const ids = new Set(eventsOf(shop.past).map(({ messageId }) => messageId));
    expect(eventsOf(other.past).filter(({ messageId }) => ids.has(messageId))).toEqual([]);
  });

  it.each([1, 2, 3, 7, 99])(
    'with seed %d tells every happening by an id of its own, in order, none of the future',
    (seed) => {
      const { past, span } = shopOf(seed);
      expect(new Set(eventsOf(past).map(({ messageId }) => messageId)).size).toBe(past.length);
      expect(past.map(({ at }) => at)).toEqual(past.map(({ at }) => at).toSorted((a, b) => a - b));
      expect(past.every(({ at }) => at >= span.from && at < span.until)).toBe(true);
    },
  );

  it('has people of every sort, and some who never say who they are', () => {
    expect(new Set(shop.others.map(({ personality }) => personality.name)).size).toBe(6);
    expect(new Set(shop.others.map(({ name }) => name)).size).toBe(98);
    expect(shop.passersBy).toHaveLength(10);
  });
});

describe('the people', () => {
  it('are strangers first, known by their browser alone', () => {
    const early = shop.past.filter(({ at, shopper }) => at < shopper.signedUpAt);
    expect(early.length).toBeGreaterThan(200);
    for (const event of eventsOf(early)) expect(event).toMatchObject({ anonymousId: expect.any(String) });
    expect(eventsOf(early).filter(({ userId }) => userId !== undefined)).toEqual([]);
  });

  it('sign in on their browser in a week of its own, before any other device speaks of them', () => {
    const weekOf = (at: number) => Math.floor((at - shop.span.from) / week);
    for (const { shopper, device, at } of shop.past) {
      if (device === shopper.browser && at < shopper.signedUpAt + week) continue;
      expect(weekOf(at)).toBeGreaterThan(weekOf(shopper.signedUpAt));
    }
  });

  it('some have a phone with a wrong clock, and it says so', () => {
    const wrong = shop.past.filter(({ device }) => device.clockAheadMs !== 0);
    expect(wrong.length).toBeGreaterThan(0);
    for (const happening of wrong)
      expect(Date.parse(toEvent(happening).timestamp) - Math.round(happening.at)).toBe(happening.device.clockAheadMs);
  });
});

describe('what happens', () => {
  const model = JSON.parse(
    readFileSync(new URL('../../../libs/services/scoring/models/retail-1.json', import.meta.url), 'utf8'),
  ) as { rules: { activity: string }[] };
  const scored = new Set(model.rules.map(({ activity }) => activity));
  /** Of what happens to people, what says something about a fact and not about an element. */
  const facts = new Set(['payment.difficulty_reported']);

  const { others, giulia, marco, dice } = shop;
  const today = [...todayOf(others, now, dice), ...giuliasBadDay(giulia, now, dice), ...marcosRefund(marco, now, dice)];
  const tracked = [...shop.past, ...today].filter(({ what }) => /[ .]/.test(what));

  it('is what the vocabulary knows, with all that it needs', () => {
    const offers = others.map((shopper) => ({ shopper, offer: { offerId: 'f-1', code: 'K7M2QX9RTW' } as Offer }));
    for (const { what, properties = {} } of [...tracked, ...answersTo(offers, now, dice)]) {
      const name = nameOfTitle(what);
      expect([what, name]).toEqual([what, expect.any(String)]);
      expect(checkActivity(name!, properties)).toEqual({ properties, violations: [] });
    }
  });

  it('is what the model reads, and nearly all of that', () => {
    const told = new Set(tracked.map(({ what }) => nameOfTitle(what)!));
    expect([...told].filter((name) => !scored.has(name) && !facts.has(name))).toEqual([]);
    expect([...scored].filter((name) => !told.has(name) && !name.startsWith('offer.'))).toEqual([]);
  });
});
