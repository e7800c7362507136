import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { checkActivity, nameOfTitle } from '@sestante/contracts';
import { reactionsTo } from '../answer-offers.ts';
import type { Offer } from '../story/answers.ts';
import { giuliasBadDay, marcosRefund } from './scripts.ts';
import { type Occurrence, toEvent } from './occurrence.ts';
import { randomOf } from './random.ts';
import { simulate } from './simulate.ts';
import { week } from './time.ts';
import { todayOf } from './today.ts';

const now = Date.parse('2026-11-22T10:00:00Z');
const shopOf = (seed: number, run = 'r') => simulate({ run, seed, shoppers: 100, now });
const shop = shopOf(7);
const eventsOf = (past: readonly Occurrence[]) => past.map(toEvent);

describe('a simulated shop', () => {
  it('has the same history with the same seed, and another one with another seed', () => {
    expect(eventsOf(shopOf(7).past)).toEqual(eventsOf(shop.past));
    expect(eventsOf(shopOf(8).past)).not.toEqual(eventsOf(shop.past));
  });

  it('has other people with the same history in another run', () => {
    const other = shopOf(7, 'other');
    expect(other.past.map(({ at, what }) => [at, what])).toEqual(shop.past.map(({ at, what }) => [at, what]));
    const ids = new Set(eventsOf(shop.past).map(({ messageId }) => messageId));
    expect(eventsOf(other.past).filter(({ messageId }) => ids.has(messageId))).toEqual([]);
  });

  it.each([1, 2, 3, 7, 99])('with seed %d has occurrences with unique ids, in order, none in the future', (seed) => {
    const { past, span } = shopOf(seed);
    expect(new Set(eventsOf(past).map(({ messageId }) => messageId)).size).toBe(past.length);
    expect(past.map(({ at }) => at)).toEqual(past.map(({ at }) => at).toSorted((a, b) => a - b));
    expect(past.every(({ at }) => at >= span.from && at < span.until)).toBe(true);
  });

  it('has reactions with unique ids of somebody with several offers', () => {
    const [shopper] = shop.others;
    const offers = ['o-1', 'o-2'].map((offerId) => ({ shopper: shopper!, offer: { offerId, code: offerId } as Offer }));
    const ids = reactionsTo(offers, now, randomOf(7)).map((one) => toEvent(one).messageId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('has people of every personality, and anonymous visitors', () => {
    expect(new Set(shop.others.map(({ personality }) => personality.name)).size).toBe(6);
    expect(new Set(shop.others.map(({ name }) => name)).size).toBe(98);
    expect(shop.anonymousVisitors).toHaveLength(10);
  });
});

describe('the shoppers', () => {
  it('are anonymous at first, known only by their browser', () => {
    const early = shop.past.filter(({ at, shopper }) => at < shopper.signedUpAt);
    expect(early.length).toBeGreaterThan(200);
    for (const event of eventsOf(early)) expect(event).toMatchObject({ anonymousId: expect.any(String) });
    expect(eventsOf(early).filter(({ userId }) => userId !== undefined)).toEqual([]);
  });

  it('sign in on their browser in an earlier week than on any other device', () => {
    const weekOf = (at: number) => Math.floor((at - shop.span.from) / week);
    for (const { shopper, device, at } of shop.past) {
      if (device === shopper.browser && at < shopper.signedUpAt + week) continue;
      expect(weekOf(at)).toBeGreaterThan(weekOf(shopper.signedUpAt));
    }
  });

  it('sometimes have a phone with a wrong clock, whose events have its time', () => {
    const wrong = shop.past.filter(({ device }) => device.clockAheadMs !== 0);
    expect(wrong.length).toBeGreaterThan(0);
    for (const one of wrong)
      expect(Date.parse(toEvent(one).timestamp) - Math.round(one.at)).toBe(one.device.clockAheadMs);
  });
});

describe('the occurrences', () => {
  const model = JSON.parse(
    readFileSync(new URL('../../../libs/services/scoring/models/retail-1.json', import.meta.url), 'utf8'),
  ) as { rules: { activity: string }[] };
  const scored = new Set(model.rules.map(({ activity }) => activity));
  /** Activities that change the standing of a customer and give no evidence. */
  const withoutEvidence = new Set(['payment.difficulty_reported']);

  const { others, giulia, marco, random } = shop;
  const today = [
    ...todayOf(others, now, random),
    ...giuliasBadDay(giulia, now, random),
    ...marcosRefund(marco, now, random),
  ];
  const tracked = [...shop.past, ...today].filter(({ what }) => /[ .]/.test(what));

  it('are in the vocabulary, without violations', () => {
    const offers = others.map((shopper) => ({ shopper, offer: { offerId: 'f-1', code: 'K7M2QX9RTW' } as Offer }));
    for (const { what, properties = {} } of [...tracked, ...reactionsTo(offers, now, random)]) {
      const name = nameOfTitle(what);
      expect([what, name]).toEqual([what, expect.any(String)]);
      expect(checkActivity(name!, properties)).toEqual({ properties, violations: [] });
    }
  });

  it('are in the model, and cover nearly all of it', () => {
    const sent = new Set(tracked.map(({ what }) => nameOfTitle(what)!));
    expect([...sent].filter((name) => !scored.has(name) && !withoutEvidence.has(name))).toEqual([]);
    expect([...scored].filter((name) => !sent.has(name) && !name.startsWith('offer.'))).toEqual([]);
  });
});
