import { describe, expect, it } from '@jest/globals';
import { decideBatch } from '../src/decide-batch.ts';
import { mayCause } from '../src/may-cause.ts';
import { aContext, aMove, aTemplate } from './builders.ts';

describe('the kinds of offers to which an activity may lead', () => {
  it.each([
    ['coupon.denied', 'secret', ['economic', 'relational']],
    ['coupon.denied', 'customer', ['economic', 'relational']],
    ['coupon.denied', 'page', ['relational']],
    ['promise.broken', 'customer', ['economic', 'relational']],
    ['promise.broken', 'page', []],
    ['offer.refused', 'page', []],
    ['payment.difficulty_reported', 'page', []],
  ] as const)('%s by a %s: %j', (name, vouchedBy, kinds) => {
    expect(mayCause({ name, vouchedBy })).toEqual(kinds);
  });
});

describe('a decision on an activity for which only a page vouches', () => {
  it('has the reason why it made no economic offer', () => {
    const context = aContext({ templates: [aTemplate()] });
    const { decisions, offers } = decideBatch(context, [aMove('ada', { vouchedBy: 'page' })]);
    expect(offers).toEqual([]);
    expect(decisions[0]!.reasons).toEqual([
      'discount: only a page vouches for coupon.denied, which may not lead to economic offers then',
    ]);
  });
});
