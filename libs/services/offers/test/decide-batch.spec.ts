import { describe, expect, it } from '@jest/globals';
import { type ContactPolicy, templateDocument, validateTemplate } from '@sestante/offer-policy';
import { decideBatch, isAnswered } from '../src/decide-batch.ts';
import { decisionIdOf } from '../src/decision-id.ts';
import { aContext, aMove, anActOf, aTemplate, causeOf, day, idOf, iso, noon, unknown, yes } from './builders.ts';

const aPolicyOf = (over: Partial<ContactPolicy>) => ({
  version: 1,
  policy: { ...aContext().contactPolicy.policy, ...over },
});
const resultsOf = ({ decisions }: ReturnType<typeof decideBatch>) => decisions.map(({ result }) => result);

describe('an audience', () => {
  it('reads the overall score and the properties of the activity', () => {
    const audience = {
      all: [
        { field: 'overall', operator: 'at-least', value: 60 },
        { field: 'activity.properties.reason', operator: 'equals', value: 'expired' },
      ],
    };
    const templates = [validateTemplate({ ...templateDocument(aTemplate()), audience })];
    const moves = ['expired', 'unknown'].map((reason) => aMove(reason, { properties: { reason } }));
    expect(resultsOf(decideBatch(aContext({ templates }), moves))).toEqual(['offer', 'no-deal']);
  });
});

describe('a customer who passes all gates', () => {
  const move = aMove('ada');
  const { decisions, offers } = decideBatch(aContext(), [move]);

  it('gets an offer with a code, a reason and an end', () => {
    expect(offers).toEqual([
      {
        offerId: expect.any(String),
        decisionId: decisionIdOf(move.activityId),
        memberId: idOf('member of ada'),
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

  it('has a decision with every candidate and all of its gates', () => {
    expect(decisions).toMatchObject([
      {
        memberId: idOf('member of ada'),
        result: 'offer',
        reasons: [],
        cause: causeOf(move),
        policyVersion: 1,
        decidedAt: iso(noon),
      },
    ]);
    expect(decisions[0]!.candidates).toMatchObject([{ template: 'discount', version: 1, chosen: true }]);
    expect(decisions[0]!.candidates[0]!.gates).toHaveLength(14);
  });

  it('has ids that are derived from the cause, so that a redelivery finds them', () => {
    const again = decideBatch(aContext(), [move]);
    expect(again.offers[0]!.offerId).toBe(offers[0]!.offerId);
    expect(again.decisions[0]!.decisionId).toBe(decisions[0]!.decisionId);
  });
});

describe('a customer with unknown consent', () => {
  it('gets no offer', () => {
    const { decisions, offers } = decideBatch(aContext(), [aMove('ada', { standing: unknown })]);
    expect(offers).toEqual([]);
    expect(decisions).toMatchObject([
      { result: 'no-deal', reasons: ['discount: consent to offers is unknown; consent to personalisation is unknown'] },
    ]);
  });
});

describe('several decisions for one customer in one batch', () => {
  const moves = [aMove('ada'), aMove('ada'), aMove('ada')];

  it('are made one after another, so that the cap of a template holds', () => {
    const templates = [aTemplate({ caps: { perCustomer: 2, perDays: 30 } })];
    expect(resultsOf(decideBatch(aContext({ templates }), moves))).toEqual(['offer', 'offer', 'no-deal']);
  });

  it('are made one after another, so that the contact budget holds', () => {
    const contactPolicy = aPolicyOf({ most: 1 });
    expect(resultsOf(decideBatch(aContext({ contactPolicy }), moves))).toEqual(['offer', 'no-deal', 'no-deal']);
  });

  it('count the offers before the batch', () => {
    const recent = new Map([[idOf('ada'), [{ template: 'discount', kind: 'economic' as const, madeAt: noon - day }]]]);
    const templates = [aTemplate({ caps: { perCustomer: 2, perDays: 30 } })];
    expect(resultsOf(decideBatch(aContext({ templates, recent }), moves))).toEqual(['offer', 'no-deal', 'no-deal']);
    expect(recent.get(idOf('ada'))).toHaveLength(1);
  });

  it('do not affect the budget of others', () => {
    const contactPolicy = aPolicyOf({ most: 1 });
    const mixed = [aMove('ada'), aMove('bea'), aMove('ada'), aMove('bea')];
    expect(resultsOf(decideBatch(aContext({ contactPolicy }), mixed))).toEqual([
      'offer',
      'offer',
      'no-deal',
      'no-deal',
    ]);
  });

  it('give each offer its own code', () => {
    const { offers } = decideBatch(aContext(), moves);
    expect(new Set(offers.map(({ code }) => code)).size).toBe(3);
  });
});

describe('an activity', () => {
  it('that no template answers leads to no decision', () => {
    const { templates } = aContext();
    expect([isAnswered(templates, aMove('ada')), isAnswered(templates, anActOf('ada'))]).toEqual([true, false]);
  });

  it('leads to a decision also if it changed no score', () => {
    expect(resultsOf(decideBatch(aContext(), [anActOf('ada', { name: 'coupon.denied' })]))).toEqual(['offer']);
  });

  it('that is too old leads to no deal', () => {
    const old = aMove('ada', { timestamp: iso(noon - 25 * 3_600_000) });
    expect(resultsOf(decideBatch(aContext(), [old]))).toEqual(['no-deal']);
  });

  it('is decided by its own standing', () => {
    const [before, after] = [aMove('ada'), aMove('ada', { standing: { ...yes, offers: 'denied' } })];
    expect(resultsOf(decideBatch(aContext(), [before, after, aMove('ada')]))).toEqual(['offer', 'no-deal', 'offer']);
  });
});
