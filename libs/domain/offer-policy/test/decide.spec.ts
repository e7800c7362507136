import { describe, expect, it } from '@jest/globals';
import { decide, type Element, type ElementScore, type Template } from '../src/index.ts';
import { aCustomer, anApology, aScore, aSituation, aTemplate, day, noon } from './builders.ts';

const chosenFrom = (catalogue: Template[], scores: Partial<Record<Element, ElementScore>> = {}) => {
  const customer = aCustomer({ scores: { ...aCustomer().scores, ...scores } });
  return decide(aSituation({ catalogue, customer })).offer?.template;
};

describe('one template passes every gate', () => {
  it('becomes an offer with its reason, terms and end', () => {
    const reason = 'We noticed that {activity}: {element} for you, {element} for us.';
    const words = { 'coupon.denied': 'a coupon was denied, $& and {element}' };
    expect(decide(aSituation({ catalogue: [aTemplate({ reason, words })] })).offer).toEqual({
      template: 'discount',
      version: 1,
      kind: 'economic',
      element: 'value',
      title: '10 % off',
      reason: 'We noticed that a coupon was denied, $& and {element}: value for you, value for us.',
      terms: 'Once.',
      madeAt: noon,
      endsAt: noon + 7 * day,
    });
  });

  it('uses the words of the name for an activity without a text', () => {
    const cause = { ...aSituation().cause, name: 'reward_points.about-to.expire' };
    const catalogue = [aTemplate({ trigger: { activities: [cause.name] }, words: { 'coupon.denied': 'other' } })];
    expect(decide(aSituation({ catalogue, cause })).offer?.reason).toBe('We noticed: reward points about to expire.');
  });

  it('is the only chosen candidate, without reasons', () => {
    const catalogue = [aTemplate({ template: 'loss', margin: 0 }), aTemplate()];
    const decision = decide(aSituation({ catalogue }));
    expect(decision).toMatchObject({ result: 'offer', reasons: [] });
    expect(decision.candidates.map(({ template, chosen }) => [template, chosen])).toEqual([
      ['loss', false],
      ['discount', true],
    ]);
  });

  it('has the verdicts of all fourteen gates, in this order', () => {
    expect(decide(aSituation()).candidates[0]?.gates.map(({ gate }) => gate)).toEqual([
      'trigger',
      'channel',
      'vouched',
      'audience',
      'freshness',
      'consent',
      'pause',
      'quiet hours',
      'contact budget',
      'template cap',
      'difficulty',
      'open apology',
      'win/win',
      'holdout',
    ]);
  });
});

describe('no template passes', () => {
  it('is no deal for an activity that triggers no template', () => {
    const cause = { ...aSituation().cause, name: 'order.completed' };
    const decision = decide(aSituation({ cause }));
    expect(decision).toMatchObject({ result: 'no-deal', reasons: ['no template is triggered by order.completed'] });
    expect('offer' in decision).toBe(false);
  });

  it('is no deal with an empty catalogue', () => {
    const decision = decide(aSituation({ catalogue: [] }));
    expect(decision).toEqual({
      result: 'no-deal',
      candidates: [],
      reasons: ['no template is triggered by coupon.denied'],
    });
  });

  it('gives every reason of every template that the activity triggers', () => {
    const catalogue = [
      aTemplate({ margin: 0 }),
      aTemplate({ template: 'other', trigger: { activities: ['order.completed'] } }),
      anApology({ channels: ['store'] }),
    ];
    const customer = aCustomer({ inDifficulty: true });
    expect(decide(aSituation({ catalogue, customer })).reasons).toEqual([
      'discount: the customer is in financial difficulty',
      'discount: expected value: 8 for the customer, 0 for the retailer; both must be above 0',
      'apology: the activity happened in the channel web; the template is for store',
    ]);
  });
});

describe('several templates pass', () => {
  it('chooses the element with the largest drop, not the lowest bond', () => {
    const catalogue = [aTemplate(), anApology()];
    expect(chosenFrom(catalogue, { value: aScore(80, 60), trust: aScore(40, 30) })).toBe('discount');
    expect(chosenFrom(catalogue, { value: aScore(80, 71), trust: aScore(40, 30) })).toBe('apology');
  });

  it('puts an element without evidence last, even after one that rose', () => {
    expect(chosenFrom([aTemplate(), anApology()], { value: aScore(20, 90), trust: aScore(null, null) })).toBe(
      'discount',
    );
  });

  it('chooses the relational one if the drops are equal', () => {
    expect(chosenFrom([aTemplate(), anApology()])).toBe('apology');
  });

  it('then chooses by name, and the latest version', () => {
    expect(chosenFrom([aTemplate({ template: 'b' }), aTemplate({ template: 'a' })])).toBe('a');
    const versions = [2, 3, 1].map((version) => aTemplate({ version }));
    expect(decide(aSituation({ catalogue: versions })).offer?.version).toBe(3);
  });

  it('chooses one if the catalogue contains the same template twice', () => {
    const template = aTemplate();
    const { candidates } = decide(aSituation({ catalogue: [template, template] }));
    expect(candidates.map(({ chosen }) => chosen)).toEqual([true, false]);
  });
});
