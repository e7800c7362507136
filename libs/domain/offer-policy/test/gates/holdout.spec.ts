import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isHeldOut } from '../../src/index.ts';
import { aCustomer, aSituation } from '../builders.ts';
import { verdictOf } from './verdict-of.ts';

const ids = Array.from({ length: 20_000 }, (_, index) => `0199c0de-0000-7000-8000-${String(index).padStart(12, '0')}`);
const share = fc.double({ min: 0, max: 1, noNaN: true });

describe('the holdout', () => {
  it('is no customer at 0 and every customer at 1', () => {
    fc.assert(
      fc.property(fc.string(), (id) => {
        expect([isHeldOut(id, 0), isHeldOut(id, 1)]).toEqual([false, true]);
      }),
    );
  });

  it.each([0.01, 0.1, 0.5])('of %d is that share of customers whose ids differ little', (share) => {
    const found = ids.filter((id) => isHeldOut(id, share)).length / ids.length;
    expect(Math.abs(found - share)).toBeLessThan(4 * Math.sqrt((share * (1 - share)) / ids.length));
  });

  it('removes no customer when the share grows', () => {
    fc.assert(
      fc.property(fc.string(), share, share, (id, one, other) => {
        if (isHeldOut(id, Math.min(one, other))) expect(isHeldOut(id, Math.max(one, other))).toBe(true);
      }),
    );
  });

  it('gets no offers, with the reason', () => {
    const policy = { ...aSituation().policy, holdoutShare: 1 };
    expect(verdictOf('holdout', aSituation({ policy }))).toMatchObject({
      passed: false,
      reason: 'the customer is in the holdout, which gets no offers',
    });
  });

  it.each([
    ['granted', false],
    ['unknown', false],
    ['denied', true],
  ] as const)('has no customer whose consent to measurement is denied: %s passes: %s', (measurement, passed) => {
    const policy = { ...aSituation().policy, holdoutShare: 1 };
    const customer = aCustomer({ consent: { ...aCustomer().consent, measurement } });
    expect(verdictOf('holdout', aSituation({ policy, customer })).passed).toBe(passed);
  });
});
