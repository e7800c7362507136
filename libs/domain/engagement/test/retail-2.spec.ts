import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { Activity, Element, Evidence, ModelDocument } from '../src/index.ts';
import { compileModel, elements, explain, fold, loyal, read, scoresAt } from '../src/index.ts';
import { anActivity, daysAgo, now } from '../src/testing/index.ts';

const file = new URL('../../../services/scoring/models/retail-2.json', import.meta.url);
const document: ModelDocument = JSON.parse(readFileSync(file, 'utf8'));
const model = compileModel(document);

type Told = Partial<Activity>;

let ids = 0;
const evidenceOf = (activities: readonly Told[]): Evidence[] =>
  activities.map((activity) => read(model, anActivity({ activityId: `a-${(ids += 1)}`, ...activity })));
const scoresOf = (activities: readonly Told[], at = now) => scoresAt(model, fold(model, evidenceOf(activities)), at);
const bond = (element: Element, ...activities: Told[]) => scoresOf(activities).elements[element].bond;
const base = (element: Element) => 100 * document.elements[element].base;
const because = (element: Element, ...activities: Told[]) =>
  explain(model, evidenceOf(activities), { element, scale: 'bond', at: now }).groups.map(({ name }) => name);

/** Orders at these days before now, each with its own id. */
const orders = (days: readonly number[], properties: Activity['properties'] = { revenue: 20 }): Told[] =>
  days.map((day) => ({
    name: 'order.completed',
    at: daysAgo(day),
    properties: { order_id: `o-${(ids += 1)}`, ...properties },
  }));
const weekly = (weeks: number, lastDaysAgo = 1) => Array.from({ length: weeks }, (_, index) => lastDaysAgo + 7 * index);
const about = (name: string, properties: Activity['properties'] = {}, at = now): Told => ({ name, properties, at });
const arrived = (daysLate: number) => about('delivery.arrived', { order_id: 'o-1', days_late: daysLate });

describe('the model retail-2', () => {
  it('has the name of its file, a half-life of a week for mood and of half a year for bond', () => {
    expect(document.version).toBe('retail-2');
    expect(document.halfLifeDays).toEqual({ mood: 7, bond: 180 });
  });

  it.each(elements)('can raise and lower %s', (element) => {
    const valences = document.rules
      .flatMap(({ signals }) => signals.filter((signal) => signal.element === element))
      .flatMap(({ valence }) => (typeof valence === 'number' ? [100 * valence] : [0, 100]));
    expect(Math.max(...valences)).toBeGreaterThan(base(element));
    expect(Math.min(...valences)).toBeLessThan(base(element));
  });

  it('has a reason in three languages for each rule, each in its own words', () => {
    for (const { because: reason } of document.rules) expect(new Set(Object.values(reason)).size).toBe(3);
  });
});

describe('a customer who only buys', () => {
  const year = orders(weekly(52));

  it('finds what is meant for them, and is loyal', () => {
    expect(bond('relevance', ...year)).toBeGreaterThan(75);
    expect(loyal(model, fold(model, evidenceOf(year)), now)?.isLoyal).toBe(true);
  });

  it('is not loyal after a few purchases, or with a broken promise', () => {
    const few = fold(model, evidenceOf(orders(weekly(4))));
    const hurt = fold(model, evidenceOf([...year, about('promise.broken', { order_id: 'o-1' })]));
    const failing = (state: typeof few) =>
      loyal(model, state, now)!.conditions.flatMap(({ holds, values }) => (holds ? [] : Object.keys(values)));
    expect(failing(few)).toContain('purchases.count');
    expect(failing(hurt)).toEqual(['trust.bond']);
  });

  it('drops when silent for four months, and the explanation says so', () => {
    const silent = orders(weekly(40, 120));
    const { value, relevance } = scoresOf(silent).elements;
    expect(value.drop).toBeGreaterThan(10);
    expect(relevance.drop).toBeGreaterThan(15);
    const { groups, contributions } = explain(model, evidenceOf(silent), { element: 'value', scale: 'mood', at: now });
    expect(groups[0]?.name).toBe('rhythm');
    expect(contributions[0]?.silence).toMatchObject({ silentDays: 120, purchases: 40 });
    expect(loyal(model, fold(model, evidenceOf(silent)), now)?.isLoyal).toBe(false);
  });

  it('does not drop when silent for as long as usual', () => {
    const monthly = Array.from({ length: 12 }, (_, index) => 20 + 30 * index);
    const silentFor = (days: number, often: number[]) => scoresOf(orders(often.map((day) => day + days)));
    expect(silentFor(0, weekly(52, 7)).elements.value.drop).toBeLessThan(1);
    expect(silentFor(0, monthly).elements.value.drop).toBeLessThan(1);
    expect(silentFor(40, monthly).elements.value.drop).toBeLessThan(
      silentFor(40, weekly(52, 7)).elements.value.drop ?? 0,
    );
  });

  it('is scored once for an order that is told three times', () => {
    const told = (vouchedBy: Activity['vouchedBy'], properties = {}): Told => ({
      ...about('order.completed', { order_id: 'o-7', ...properties }),
      vouchedBy,
    });
    const once = scoresOf([told('secret', { revenue: 20, discount: 2 })]).elements;
    const three = scoresOf([told('page'), told('secret', { revenue: 20, discount: 2 }), told('secret')]).elements;
    expect(three.relevance.bond).toBeCloseTo(once.relevance.bond!, 9);
    expect(three.value.bond).toBeCloseTo(once.value.bond!, 9);
  });
});

describe('money', () => {
  const paid = (revenue: number, discount: number) => orders([1, 2, 3, 4], { revenue, discount });

  it('saved makes it worth it, and full prices make it a little less so', () => {
    expect(bond('value', ...paid(16, 4))!).toBeGreaterThan(base('value'));
    expect(bond('value', ...paid(20, 0))!).toBeLessThan(base('value'));
    expect(bond('value', ...paid(20, 0))!).toBeGreaterThan(base('value') - 5);
  });

  it('has no currency: ten times the prices give the same value', () => {
    expect(bond('value', ...paid(160, 40))).toBeCloseTo(bond('value', ...paid(16, 4))!, 9);
  });

  it('counts more in a large purchase than in a small one', () => {
    const usual = orders([30, 31, 32, 33], { revenue: 20, discount: 0 });
    const large = [...usual, ...orders([1], { revenue: 60, discount: 20 })];
    const small = [...usual, ...orders([1], { revenue: 6, discount: 2 })];
    expect(bond('value', ...large)!).toBeGreaterThan(bond('value', ...small)!);
  });

  it('that comes back lowers value: a large refund more than a small one, and a return with its refund once', () => {
    const usual = paid(16, 4);
    const refunded = (revenue: number) => about('order.refunded', { order_id: 'o-1', revenue });
    const value = (...more: Told[]) => bond('value', ...usual, ...more)!;
    expect(value(refunded(4))).toBeLessThan(value());
    expect(value(refunded(40))).toBeLessThan(value(refunded(4)));
    const both = value(about('return.completed', { order_id: 'o-1', refund: 4 }, daysAgo(1)), refunded(4));
    expect(both).toBeCloseTo(value(about('return.completed', { order_id: 'o-1', refund: 4 }, daysAgo(1))), 9);
  });

  it('paid for delivery lowers value, if it is much compared with the goods', () => {
    const shipped = (shipping: number) => bond('value', ...orders([1], { revenue: 20, shipping }))!;
    expect(shipped(0)).toBeGreaterThan(base('value'));
    expect(shipped(8)).toBeLessThan(base('value'));
  });
});

describe('promises', () => {
  it('broken cost more trust than kept ones bring', () => {
    const [kept, broken] = ['promise.kept', 'promise.broken'].map((name) => bond('trust', about(name))!);
    expect(kept! - base('trust')).toBeGreaterThan(0);
    expect(base('trust') - broken!).toBeGreaterThan(2 * (kept! - base('trust')));
  });

  it('about a parcel are kept on the day, and broken the later it comes', () => {
    const trust = [-1, 0, 1, 2, 30].map((days) => bond('trust', arrived(days))!);
    expect(trust).toEqual(trust.toSorted((a, b) => b - a));
    expect(trust[1]).toBeGreaterThan(base('trust'));
    expect(trust[2]).toBeLessThan(base('trust'));
    expect([trust[0], trust[3]]).toEqual([trust[1], trust[4]]);
  });

  it('need nobody who reckons the days', () => {
    const reckoned = (days: number) => {
      const promised = new Date(now - days * 86_400_000).toISOString().slice(0, 10);
      return about('delivery.arrived', { order_id: 'o-1', promised_for: promised });
    };
    for (const days of [-1, 0, 1, 2, 3]) {
      expect(bond('trust', reckoned(days))).toBeCloseTo(bond('trust', arrived(days))!, 9);
      expect(bond('efficiency', reckoned(days))).toBeCloseTo(bond('efficiency', arrived(days))!, 9);
    }
  });

  it('one late parcel is not two failures', () => {
    const broken = about('promise.broken', { promise: 'delivery day', order_id: 'o-1' }, daysAgo(2));
    expect(bond('trust', broken, arrived(2))).toBeCloseTo(bond('trust', broken)!, 9);
    const callBack = about('promise.broken', { promise: 'call back', order_id: 'o-1' }, daysAgo(2));
    expect(bond('trust', callBack, arrived(2))).toBeLessThan(bond('trust', callBack)!);
  });

  it('about a coupon are kept when it works, and broken when it is refused', () => {
    const applied = about('coupon.applied', { coupon_id: 'c-1' });
    const denied = about('coupon.denied', { coupon_id: 'c-1' });
    expect(bond('trust', applied)).toBeGreaterThan(base('trust'));
    expect(bond('trust', denied)).toBeLessThan(base('trust'));
    expect(bond('value', denied)).toBeLessThan(base('value'));
  });
});

describe('effort', () => {
  const opened = (id: string, order: string, channel: Activity['channel'] = 'service'): Told => ({
    ...about('contact.opened', { contact_id: id, order_id: order }),
    channel,
  });

  it('is more for the second contact about one order than for contacts about two', () => {
    const again = bond('efficiency', opened('k-1', 'o-1'), opened('k-2', 'o-1'))!;
    expect(again).toBeLessThan(bond('efficiency', opened('k-1', 'o-1'), opened('k-2', 'o-2'))!);
  });

  it('is more, and less coherent, if the same case is told in another channel', () => {
    expect(because('coherence', opened('k-1', 'o-1'), opened('k-1', 'o-1'))).toEqual([]);
    const switched = [opened('k-1', 'o-1'), opened('k-1', 'o-1', 'store')];
    expect(because('coherence', ...switched)).toContain('contact.opened');
    expect(bond('coherence', ...switched)).toBeLessThan(base('coherence'));
  });

  it('is less the quicker the help, and more if passed on', () => {
    const resolved = (minutes: number) =>
      bond('efficiency', about('contact.resolved', { contact_id: 'k-1', minutes }))!;
    expect(resolved(10)).toBeGreaterThan(resolved(600));
    expect(resolved(600)).toBeGreaterThan(resolved(1440));
    const openedHoursAgo = (hours: number) => ({ opened_at: new Date(now - hours * 3_600_000).toISOString() });
    const reckoned = about('contact.resolved', { contact_id: 'k-1', ...openedHoursAgo(10) });
    expect(bond('efficiency', reckoned)).toBeCloseTo(resolved(600), 2);
    expect(bond('efficiency', about('contact.transferred'))).toBeLessThan(base('efficiency'));
  });
});

describe('ratings', () => {
  const rated = (rating: number, scale: Activity['properties'] = {}) =>
    bond('trust', about('rating.given', { rating, ...scale }))!;

  it('are from 1 to 5, or on the scale that comes with them', () => {
    expect(rated(1)).toBeLessThan(base('trust'));
    expect(rated(5)).toBeGreaterThan(base('trust'));
    const ofTen = { scale_min: 0, scale_max: 10 };
    expect([rated(0, ofTen), rated(5, ofTen), rated(10, ofTen)]).toEqual([rated(1), rated(3), rated(5)]);
  });
});

describe('what is many', () => {
  it('counts by windows: ten views in a minute are one', () => {
    const start = Math.floor(daysAgo(1) / 600_000) * 600_000;
    const views = (count: number) =>
      Array.from({ length: count }, (_, index) =>
        about('product.viewed', { product_id: `p-${index}` }, start + 6_000 * index),
      );
    const clicks = [about('product.clicked', { product_id: 'p-1' }, start)];
    expect(bond('relevance', ...views(10))).toBe(bond('relevance', ...views(1)));
    expect(bond('relevance', ...clicks, ...views(10))).toBe(bond('relevance', ...clicks));
    expect(bond('relevance', ...views(1), about('product.viewed', {}, start + 600_000))!).toBeGreaterThan(
      bond('relevance', ...views(1))!,
    );
  });
});

describe('the customer decides', () => {
  it('control rises with a choice, and falls deep if a no is not heard', () => {
    expect(bond('control', about('preferences.updated'))).toBeGreaterThan(base('control'));
    const ignored = bond('control', about('message.unsubscribed'), about('contact.after_opt_out'))!;
    expect(ignored).toBeLessThan(base('control') - 20);
  });

  it('an unsubscription lowers relevance, and not control', () => {
    expect(bond('relevance', about('message.unsubscribed'))).toBeLessThan(base('relevance'));
    expect(bond('control', about('message.unsubscribed'))).toBeGreaterThan(base('control'));
  });
});

describe('the channels', () => {
  it('differ, and coherence falls', () => {
    const differed: Told = { ...about('price.differed', { price: 34, expected_price: 29 }), channel: 'store' };
    const online: Told = { ...about('promise.kept'), channel: 'web' };
    expect(bond('coherence', online, differed)).toBeLessThan(base('coherence'));
    expect(because('coherence', online, differed)).toEqual(['price.differed', 'channel spread']);
    expect(bond('value', differed)).toBeLessThan(base('value'));
  });
});
