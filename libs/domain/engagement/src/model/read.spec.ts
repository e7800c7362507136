import { describe, expect, it } from '@jest/globals';
import { type VouchedBy, vouchers } from '../activity.ts';
import type { ModelDocument, RuleDocument } from '../document/model-document.ts';
import { compileModel } from './compile-model.ts';
import { aModelDocument, anActivity, aReason } from '../testing/index.ts';
import { read } from './read.ts';

const kept = { activity: 'promise.kept', because: aReason('It was kept.') };
const trust = { element: 'trust', weight: 2, valence: 1 } as const;
const control = { element: 'control', weight: 0.5, valence: 0.25 } as const;

function signalsOf(rules: readonly RuleDocument[], properties: Readonly<Record<string, unknown>> = {}) {
  return read(compileModel(aModelDocument({ rules })), anActivity({ properties })).signals;
}

describe('the evidence of an activity', () => {
  it('has the id, name, instant and channel of the activity', () => {
    const activity = anActivity({ activityId: 'a-7', at: 42, channel: 'mobile', properties: { secret: 'x' } });
    const signals = [{ element: 'trust', weight: 2, valence: 1, rule: 0 }];
    expect(read(compileModel(aModelDocument()), activity)).toEqual({
      activityId: 'a-7',
      name: 'promise.kept',
      at: 42,
      channel: 'mobile',
      vouchedBy: 'secret',
      signals,
    });
  });

  it('has the signals of the rule', () => {
    expect(signalsOf([{ ...kept, signals: [trust, control] }])).toEqual([
      { ...trust, rule: 0 },
      { ...control, rule: 0 },
    ]);
  });

  it('has the signals of all rules that apply, in their order', () => {
    const never = {
      ...kept,
      when: { field: 'activity.properties.late', operator: 'equals', value: true } as const,
      signals: [trust],
    };
    expect(signalsOf([{ ...kept, signals: [control] }, never, { ...kept, signals: [trust] }])).toEqual([
      { ...control, rule: 0 },
      { ...trust, rule: 2 },
    ]);
  });

  it.each(['constructor', '__proto__', 'promise', 'promise.broken', ''])(
    'has no signals without a rule for %j',
    (name) => {
      expect(read(compileModel(aModelDocument()), anActivity({ name })).signals).toEqual([]);
    },
  );
});

describe('an activity for which somebody vouches', () => {
  const weightsOf = (trustOf: ModelDocument['trustOf'], vouchedBy: VouchedBy) => {
    const rules = [{ ...kept, signals: [trust, control] }];
    const model = compileModel(aModelDocument({ rules, ...(trustOf && { trustOf }) }));
    return read(model, anActivity({ vouchedBy })).signals.map(({ weight, valence }) => [weight, valence]);
  };

  it.each(vouchers)('counts in full without a setting: %s', (vouchedBy) => {
    expect(weightsOf(undefined, vouchedBy)).toEqual([
      [2, 1],
      [0.5, 0.25],
    ]);
  });

  it('counts less, with the same valences', () => {
    expect(weightsOf({ page: 0.5 }, 'page')).toEqual([
      [1, 1],
      [0.25, 0.25],
    ]);
    expect(weightsOf({ page: 0.5 }, 'customer')).toHaveLength(2);
  });

  it('gives no evidence without trust', () => {
    expect(weightsOf({ page: 0 }, 'page')).toEqual([]);
    expect(weightsOf({ page: Number.MIN_VALUE }, 'page')).toEqual([[Number.MIN_VALUE * 2, 1]]);
  });
});

describe('a rule with several signals', () => {
  it('gives no signal if one of them reads a missing property', () => {
    const rated = { element: 'value', weight: 1, valence: { property: 'rating', zeroAt: 1, oneAt: 5 } } as const;
    expect(signalsOf([{ ...kept, signals: [trust, rated] }])).toEqual([]);
    expect(signalsOf([{ ...kept, signals: [trust, rated] }], { rating: 5 })).toHaveLength(2);
  });
});

describe('a rule with several conditions', () => {
  it('applies if all of them hold', () => {
    const days = 'activity.properties.days';
    const when: RuleDocument['when'] = {
      all: [
        { field: days, operator: 'above', value: 2 },
        { field: days, operator: 'below', value: 5 },
      ],
    };
    const rules = [{ ...kept, when, signals: [trust] }];
    expect([2, 3, 4, 5].map((days) => signalsOf(rules, { days }).length)).toEqual([0, 1, 1, 0]);
  });
});

describe('a rule about a matter', () => {
  const once = { ...kept, oncePer: { property: 'order_id' }, signals: [trust] };

  it('gives signals with the key of the matter', () => {
    expect(signalsOf([once], { order_id: 'o-1' })).toEqual([{ ...trust, rule: 0, once: 'promise.kept/order_id:o-1' }]);
    const again = { ...kept, again: { property: 'order_id', inOtherChannel: true as const }, signals: [trust] };
    expect(signalsOf([again], { order_id: 'o-1' })).toEqual([
      { ...trust, rule: 0, again: 'promise.kept/order_id again:o-1', inOtherChannel: true },
    ]);
  });

  it('counts every activity without the property, but none of them again', () => {
    expect(signalsOf([once])).toEqual([{ ...trust, rule: 0 }]);
    expect(signalsOf([{ ...kept, again: { property: 'order_id' }, signals: [trust] }])).toEqual([]);
  });
});

describe('an amount', () => {
  const paid = { ...kept, signals: [{ ...trust, amount: 'refund' }] };
  const amountsOf = (refund: unknown) => signalsOf([paid], { refund }).map(({ amount }) => amount);

  it.each([
    [20, [20]],
    [-20, [20]],
    [0, []],
    [1e-7, []],
    [1e-6, [1e-6]],
    [1e12, [1e12]],
    [1e13, [1e12]],
    [undefined, [undefined]],
    ['20', [undefined]],
    [Number.NaN, [undefined]],
  ])('of %p is read as %j', (refund, expected) => {
    expect(amountsOf(refund)).toEqual(expected);
  });
});

describe('a purchase', () => {
  const purchases = { activities: ['promise.kept'], oncePer: { property: 'order_id' }, amount: 'revenue' };
  const purchaseOf = (properties: Readonly<Record<string, unknown>>, changes = {}) =>
    read(compileModel(aModelDocument({ purchases, trustOf: { page: 0 } })), anActivity({ properties, ...changes }))
      .purchase;

  it('has its amount and its matter', () => {
    expect(purchaseOf({ order_id: 'o-1', revenue: 20 })).toEqual({ amount: 20, once: 'promise.kept/order_id:o-1' });
  });

  it.each([[undefined], [0], [-20], ['20']])('has no amount if the property is %j', (revenue) => {
    expect(purchaseOf({ revenue })).toEqual({});
  });

  it('is not read from another activity, or without trust', () => {
    expect(purchaseOf({}, { name: 'promise.broken' })).toBeUndefined();
    expect(purchaseOf({}, { vouchedBy: 'page' })).toBeUndefined();
  });
});

describe('the most that one activity weighs', () => {
  const weightsFor = (mostPerActivity: number) => {
    const rules = [
      { ...kept, signals: [trust, { element: 'trust', weight: 4, valence: 0 } as const] },
      { ...kept, signals: [control] },
    ];
    const model = compileModel(aModelDocument({ rules, mostPerActivity, trustOf: { page: 0.5 } }));
    return read(model, anActivity({ vouchedBy: 'page' })).signals.map(({ weight }) => weight);
  };

  it.each([
    [3, [0.5, 1, 0.25]],
    [6, [1, 2, 0.25]],
    [7, [1, 2, 0.25]],
  ])('for one element, before trust, is %d: all its signals weigh less in proportion', (most, expected) => {
    expect(weightsFor(most)).toEqual(expected);
  });
});
