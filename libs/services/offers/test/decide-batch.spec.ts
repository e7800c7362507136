import { describe, expect, it } from '@jest/globals';
import type { ContactPolicy } from '@sestante/offer-policy';
import { decideBatch, decisionIdOf, isAnswered } from '../src/decide-batch.ts';
import { aKnown, aMove, anActOf, aTemplate, causeOf, day, idOf, iso, noon, unknown, yes } from './builders.ts';

const aPolicyOf = (over: Partial<ContactPolicy>) => ({ version: 1, policy: { ...aKnown().kept.policy, ...over } });
const resultsOf = ({ decisions }: ReturnType<typeof decideBatch>) => decisions.map(({ result }) => result);

describe('a customer who may be made an offer', () => {
  const move = aMove('ada');
  const { decisions, offers } = decideBatch(aKnown(), [move]);

  it('gets one, with its code, its cause in words, and its end', () => {
    expect(offers).toEqual([
      {
        offerId: expect.any(String),
        decisionId: decisionIdOf(move.activityId),
        customerId: idOf('ada'),
        code: 'CODE1',
        template: 'discount',
        version: 1,
        kind: 'economic',
        element: 'value',
        title: '10 % off',
        reason: 'We noticed: coupon denied.',
        terms: 'Once.',
        madeAt: iso(noon),
        endsAt: iso(noon + 7 * day),
      },
    ]);
  });

  it('is decided about with every candidate and all its gates', () => {
    expect(decisions).toMatchObject([
      {
        customerId: idOf('ada'),
        result: 'offer',
        reasons: [],
        cause: causeOf(move),
        policyVersion: 1,
        decidedAt: iso(noon),
      },
    ]);
    expect(decisions[0]!.candidates).toMatchObject([{ template: 'discount', version: 1, chosen: true }]);
    expect(decisions[0]!.candidates[0]!.gates).toHaveLength(12);
  });

  it('has ids that follow from the cause, so that a redelivery finds them', () => {
    const again = decideBatch(aKnown(), [move]);
    expect(again.offers[0]!.offerId).toBe(offers[0]!.offerId);
    expect(again.decisions[0]!.decisionId).toBe(decisions[0]!.decisionId);
  });
});

describe('a customer of whom nothing is known', () => {
  it('gets none, because no record of consent is a no', () => {
    const { decisions, offers } = decideBatch(aKnown(), [aMove('ada', { standing: unknown })]);
    expect(offers).toEqual([]);
    expect(decisions).toMatchObject([
      { result: 'no-deal', reasons: ['discount: consent to offers is unknown; consent to personalisation is unknown'] },
    ]);
  });
});

describe('several decisions for one customer in one batch', () => {
  const moves = [aMove('ada'), aMove('ada'), aMove('ada')];

  it('are taken one after another: the cap of a template holds', () => {
    const templates = [aTemplate({ caps: { perCustomer: 2, perDays: 30 } })];
    expect(resultsOf(decideBatch(aKnown({ templates }), moves))).toEqual(['offer', 'offer', 'no-deal']);
  });

  it('are taken one after another: the contact budget holds', () => {
    const kept = aPolicyOf({ most: 1 });
    expect(resultsOf(decideBatch(aKnown({ kept }), moves))).toEqual(['offer', 'no-deal', 'no-deal']);
  });

  it('count what was offered before the batch', () => {
    const recent = new Map([[idOf('ada'), [{ template: 'discount', kind: 'economic' as const, madeAt: noon - day }]]]);
    const templates = [aTemplate({ caps: { perCustomer: 2, perDays: 30 } })];
    expect(resultsOf(decideBatch(aKnown({ templates, recent }), moves))).toEqual(['offer', 'no-deal', 'no-deal']);
    expect(recent.get(idOf('ada'))).toHaveLength(1);
  });

  it('leave the budget of others alone', () => {
    const kept = aPolicyOf({ most: 1 });
    const mixed = [aMove('ada'), aMove('bea'), aMove('ada'), aMove('bea')];
    expect(resultsOf(decideBatch(aKnown({ kept }), mixed))).toEqual(['offer', 'offer', 'no-deal', 'no-deal']);
  });

  it('give each offer a code of its own', () => {
    const { offers } = decideBatch(aKnown(), moves);
    expect(new Set(offers.map(({ code }) => code)).size).toBe(3);
  });
});

describe('an activity', () => {
  it('that no template answers leads to no decision', () => {
    const { templates } = aKnown();
    expect([isAnswered(templates, aMove('ada')), isAnswered(templates, anActOf('ada'))]).toEqual([true, false]);
  });

  it('leads to a decision also where it moved no score', () => {
    expect(resultsOf(decideBatch(aKnown(), [anActOf('ada', { name: 'coupon.denied' })]))).toEqual(['offer']);
  });

  it('that is history is no deal', () => {
    const old = aMove('ada', { timestamp: iso(noon - 25 * 3_600_000) });
    expect(resultsOf(decideBatch(aKnown(), [old]))).toEqual(['no-deal']);
  });

  it('is decided by the standing that it brings', () => {
    const [before, after] = [aMove('ada'), aMove('ada', { standing: { ...yes, offers: 'denied' } })];
    expect(resultsOf(decideBatch(aKnown(), [before, after, aMove('ada')]))).toEqual(['offer', 'no-deal', 'offer']);
  });
});
