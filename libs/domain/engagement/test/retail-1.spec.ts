import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { Activity, ModelDocument } from '../src/index.ts';
import { compileModel, elements, explain, fold, read, scoresAt } from '../src/index.ts';
import { anActivity, now } from '../src/testing/index.ts';

const file = new URL('../../../services/scoring/models/retail-1.json', import.meta.url);
const document: ModelDocument = JSON.parse(readFileSync(file, 'utf8'));
const model = compileModel(document);

const isPurchase = (activity: string) => /^(order|checkout|receipt|cart|payment|coupon)\./.test(activity);

/** The evidence of these activities, each with its own id. */
function evidenceOf(...activities: readonly Partial<Activity>[]) {
  return activities.map((activity, index) => read(model, anActivity({ activityId: `a-${index}`, ...activity })));
}

function trustAfter(...activities: readonly Partial<Activity>[]): number {
  return scoresAt(model, fold(model, evidenceOf(...activities)), now).elements.trust.bond ?? Number.NaN;
}

describe('the model retail-1', () => {
  it('has the name of its file, a half-life of a week for mood and of half a year for bond', () => {
    expect(document.version).toBe('retail-1');
    expect(document.halfLifeDays).toEqual({ mood: 7, bond: 180 });
  });

  it('has 20 to 40 rules', () => {
    expect(document.rules.length).toBeGreaterThanOrEqual(20);
    expect(document.rules.length).toBeLessThanOrEqual(40);
  });

  it.each(elements)('has signals for %s from activities other than purchases', (element) => {
    const feeding = document.rules.filter(({ signals }) => signals.some((signal) => signal.element === element));
    const activities = new Set(feeding.map(({ activity }) => activity));
    expect([...activities].filter((activity) => !isPurchase(activity)).length).toBeGreaterThanOrEqual(2);
  });

  it.each(elements)('can raise and lower %s', (element) => {
    const base = document.elements[element].base;
    const valences = document.rules
      .flatMap(({ signals }) => signals.filter((signal) => signal.element === element))
      .flatMap(({ valence }) => (typeof valence === 'number' ? [valence] : [0, 1]));
    expect(Math.max(...valences)).toBeGreaterThan(base);
    expect(Math.min(...valences)).toBeLessThan(base);
  });
});

describe('a customer under retail-1', () => {
  it('loses more trust by one broken promise than it gains by one kept promise', () => {
    const [neutral, kept, broken] = [65, trustAfter({}), trustAfter({ name: 'promise.broken' })];
    expect(kept).toBeGreaterThan(neutral);
    expect(neutral - broken).toBeGreaterThan(kept - neutral);
    expect(trustAfter({}, { name: 'promise.broken' })).toBeLessThan(neutral);
  });

  it('trusts less the later a delivery arrives', () => {
    const arrived = (daysLate: number) => trustAfter({ name: 'delivery.arrived', properties: { days_late: daysLate } });
    const trust = [-1, 0, 1, 2, 3, 30].map(arrived);
    expect(trust).toEqual(trust.toSorted((a, b) => b - a));
    expect([trust[0], trust[4]]).toEqual([trust[1], trust[5]]);
  });

  it('has a signal for relevance only if a search has no result', () => {
    const searched = (resultCount: number) =>
      evidenceOf({ name: 'products.searched', properties: { result_count: resultCount } })[0];
    const elementsOf = (resultCount: number) => searched(resultCount)?.signals.map(({ element }) => element);
    expect(elementsOf(0)).toEqual(['efficiency', 'relevance']);
    expect(elementsOf(1)).toEqual(['efficiency']);
  });

  it('loses coherence if the store charges another price, with an explanation', () => {
    const evidence = evidenceOf({ name: 'promise.kept', channel: 'web' }, { name: 'price.differed', channel: 'store' });
    const { base, score, contributions } = explain(model, evidence, { element: 'coherence', scale: 'mood', at: now });
    expect(score).toBeLessThan(base);
    expect(contributions.map(({ name }) => name)).toEqual(['price.differed', 'channel spread']);
  });
});
