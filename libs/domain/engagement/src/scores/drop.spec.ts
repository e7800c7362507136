import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { drop } from './formula.ts';

const prior = { base: 0.5, strength: 4 };
/** The drop of a customer with a bond of 70. */
const after = (weight: number, valence: number) => drop(prior, 70, { weight, good: weight * valence });

describe('the drop', () => {
  it('is 0 without recent evidence', () => {
    expect(after(0, 0)).toBeCloseTo(0, 12);
  });

  it.each([
    [0.69, 1],
    [0.7, 0],
    [0.71, -1],
  ])('of recent valence %d against a bond of 70 has the sign %d', (valence, sign) => {
    expect(Math.sign(Math.round(after(3, valence) * 1e9))).toBe(sign);
  });

  it('is the share of the difference that was observed', () => {
    expect(after(4, 0)).toBeCloseTo(70 * (4 / (4 + 4)), 12);
    expect(after(1, 1)).toBeCloseTo((70 - 100) * (1 / (4 + 1)), 12);
  });

  it('lies between 0 and the whole difference, for any bond and any evidence', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const anyWeight = fc.double({ min: 0, max: 1e12, noNaN: true });
    fc.assert(
      fc.property(share, share, anyWeight, (bond, valence, weight) => {
        const whole = 100 * (bond - valence);
        const found = drop(prior, 100 * bond, { weight, good: weight * valence });
        expect(found).toBeGreaterThanOrEqual(Math.min(0, whole) - 1e-9);
        expect(found).toBeLessThanOrEqual(Math.max(0, whole) + 1e-9);
      }),
    );
  });
});
