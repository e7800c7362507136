import { describe, expect, it } from '@jest/globals';
import { decide, type Element, type ElementScore, type Template } from '../src/index.ts';
import { aCustomer, anApology, aScore, aSituation, aTemplate, day, noon } from './builders.ts';

const chosenFrom = (catalogue: Template[], scores: Partial<Record<Element, ElementScore>> = {}) => {
  const customer = aCustomer({ scores: { ...aCustomer().scores, ...scores } });
  return decide(aSituation({ catalogue, customer })).offer?.template;
};

describe('one template passes every gate', () => {
  it('becomes an offer with its reason in words, its terms and its end', () => {
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

  it('spells out an activity for which it has no words', () => {
    const cause = { ...aSituation().cause, name: 'reward_points.about-to.expire' };
    const catalogue = [aTemplate({ trigger: { activities: [cause.name] }, words: { 'coupon.denied': 'other' } })];
    expect(decide(aSituation({ catalogue, cause })).offer?.reason).toBe('We noticed: reward points about to expire.');
  });

  it('is the one candidate that is chosen, and there are no reasons against', () => {
    const catalogue = [aTemplate({ template: 'loss', margin: 0 }), aTemplate()];
    const decision = decide(aSituation({ catalogue }));
    expect(decision).toMatchObject({ result: 'offer', reasons: [] });
    expect(decision.candidates.map(({ template, chosen }) => [template, chosen])).toEqual([
      ['loss', false],
      ['discount', true],
    ]);
  });

  it('was put through all twelve gates, in this order', () => {
    expect(decide(aSituation()).candidates[0]?.gates.map(({ gate }) => gate)).toEqual([
      'trigger',
      'channel',
      'audience',
      'freshness',
      'consent',
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
  it('is no deal for an activity that no template answers', () => {
    const cause = { ...aSituation().cause, name: 'order.completed' };
    const decision = decide(aSituation({ cause }));
    expect(decision).toMatchObject({ result: 'no-deal', reasons: ['no template fits order.completed'] });
    expect('offer' in decision).toBe(false);
  });

  it('is no deal with an empty catalogue', () => {
    const decision = decide(aSituation({ catalogue: [] }));
    expect(decision).toEqual({ result: 'no-deal', candidates: [], reasons: ['no template fits coupon.denied'] });
  });

  it('gives every reason of every template that answers the activity', () => {
    const catalogue = [
      aTemplate({ margin: 0 }),
      aTemplate({ template: 'other', trigger: { activities: ['order.completed'] } }),
      anApology({ channels: ['store'] }),
    ];
    const customer = aCustomer({ inDifficulty: true });
    expect(decide(aSituation({ catalogue, customer })).reasons).toEqual([
      'discount: the customer is in difficulty',
      'discount: worth 8 to the customer and 0 to the retailer',
      'apology: the cause happened in web, the template is for store',
    ]);
  });
});

describe('several templates pass', () => {
  it('chooses the element in which the customer fell most, not the one that is lowest', () => {
    const catalogue = [aTemplate(), anApology()];
    expect(chosenFrom(catalogue, { value: aScore(80, 60), trust: aScore(40, 30) })).toBe('discount');
    expect(chosenFrom(catalogue, { value: aScore(80, 71), trust: aScore(40, 30) })).toBe('apology');
  });

  it('puts an element without evidence last, even behind one that rose', () => {
    expect(chosenFrom([aTemplate(), anApology()], { value: aScore(20, 90), trust: aScore(null, null) })).toBe(
      'discount',
    );
  });

  it('chooses the relational one if the customer fell as much in both', () => {
    expect(chosenFrom([aTemplate(), anApology()])).toBe('apology');
  });

  it('then goes by name, and takes the latest version', () => {
    expect(chosenFrom([aTemplate({ template: 'b' }), aTemplate({ template: 'a' })])).toBe('a');
    const versions = [2, 3, 1].map((version) => aTemplate({ version }));
    expect(decide(aSituation({ catalogue: versions })).offer?.version).toBe(3);
  });

  it('chooses one even if the catalogue holds the same template twice', () => {
    const template = aTemplate();
    const { candidates } = decide(aSituation({ catalogue: [template, template] }));
    expect(candidates.map(({ chosen }) => chosen)).toEqual([true, false]);
  });
});
