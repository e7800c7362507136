import { describe, expect, it } from '@jest/globals';
import { byElement } from '../element.ts';
import { compileModel } from '../model/compile-model.ts';
import { aModelDocument } from '../testing/index.ts';
import { overall } from './overall.ts';

const model = compileModel(aModelDocument());
const all = (bond: number | null) => byElement(() => bond);

describe('the overall score', () => {
  it.each([0, 1, 50, 100])('of six bonds of %d is the same', (bond) => {
    expect(overall(model, all(bond))).toBeCloseTo(bond, 10);
  });

  it('falls more with one weak bond than it rises with one strong bond', () => {
    const weak = overall(model, { ...all(50), trust: 10 }) ?? 0;
    const strong = overall(model, { ...all(50), trust: 90 }) ?? 0;
    expect(50 - weak).toBeGreaterThan(strong - 50);
    expect(weak).toBeCloseTo(50 * 0.2 ** (1 / 6), 10);
  });

  it('is 0 if one bond is 0', () => {
    expect(overall(model, { ...all(100), control: 0 })).toBe(0);
  });

  it('counts an element without evidence with its base', () => {
    expect(overall(model, { ...all(null), trust: 80 })).toBeCloseTo(50 * 1.6 ** (1 / 6), 10);
  });

  it('is null if no element has evidence', () => {
    expect(overall(model, all(null))).toBeNull();
  });

  it('uses the weights of the model', () => {
    const elements = { ...aModelDocument().elements, trust: { base: 0.5, strength: 4, weight: 5 } };
    const trusting = compileModel(aModelDocument({ elements }));
    expect(overall(trusting, { ...all(100), trust: 25 })).toBeCloseTo(50, 10);
  });
});
