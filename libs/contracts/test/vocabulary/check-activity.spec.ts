import { describe, expect, test } from '@jest/globals';
import { checkActivity, vocabulary } from '../../src/index.ts';
import { everyField, everyTerm, exampleWithout, wrongValues } from './builders.ts';

/** The result without violations. */
const valid = (properties: object) => ({ properties, violations: [] });
const violationsOf = (name: string, properties: object) => checkActivity(name, { ...properties }).violations;

describe('an activity', () => {
  test.each(everyTerm)('%s is valid with its example, and with any other fields', (name, { example }) => {
    expect(checkActivity(name, example)).toEqual(valid(example));
    const more = { ...example, gift_wrapping: null, tags: ['x', { deep: [1] }], constructor: 1 };
    expect(checkActivity(name, more)).toEqual(valid(more));
  });

  test.each(everyTerm)('%s loses fields that are null', (name, { may, example }) => {
    const unused = Object.keys(may).filter((field) => !Object.hasOwn(example, field));
    const nothing = Object.fromEntries(unused.map((field) => [field, null]));
    expect(checkActivity(name, { ...example, ...nothing })).toEqual(valid(example));
  });
});

describe('a required field', () => {
  const requiredFields = everyTerm.flatMap(([name, { must }]) =>
    Object.entries(must).map(([field, { typeName }]) => [name, field, typeName] as const),
  );

  test.each(requiredFields)('%s: %s', (name, field, typeName) => {
    const missing = [{ code: 'field-missing', field, reason: `${name} requires ${field}, ${typeName}` }];
    const rest = exampleWithout(name, field);
    expect(checkActivity(name, rest)).toEqual({ properties: rest, violations: missing });
    expect(checkActivity(name, { ...rest, [field]: null })).toEqual({ properties: rest, violations: missing });
  });

  const alternatives = everyTerm.flatMap(([name, { may, either }]) =>
    either ? [[name, either, may[either[0]]!.typeName] as const] : [],
  );

  test.each(alternatives)('%s: one of %j', (name, either, typeName) => {
    const missing = [
      { code: 'field-missing', field: either[0], reason: `${name} requires ${either.join(' or ')}, ${typeName}` },
    ];
    const rest = exampleWithout(name, ...either);
    expect(violationsOf(name, rest)).toEqual(missing);
    for (const field of either) {
      expect(violationsOf(name, { ...rest, [field]: null })).toEqual(missing);
      expect(checkActivity(name, { ...rest, [field]: 'x-1' })).toEqual(valid({ ...rest, [field]: 'x-1' }));
    }
  });
});

describe('a field under another spelling', () => {
  test.each([
    ['order.completed', { OrderID: 'o-1', Revenue: 5 }, { order_id: 'o-1', revenue: 5 }],
    ['order.completed', { 'Order ID': 'o-1', 'order.total': 5 }, { order_id: 'o-1', total: 5 }],
    [
      'order.completed',
      { transaction_id: 'o-1', items: [{ item_id: 7, qty: 2 }] },
      { order_id: 'o-1', products: [{ product_id: 7, quantity: 2 }] },
    ],
    ['product.viewed', { articleNumber: 'a-1' }, { sku: 'a-1' }],
    ['product.viewed', { SKU: 's-1' }, { sku: 's-1' }],
    ['coupon.applied', { coupon_code: 'AUTUMN' }, { coupon_id: 'AUTUMN' }],
    ['offer.redeemed', { Code: 'ABC' }, { code: 'ABC' }],
  ])('of %s with %j is read as %j', (name, given, read) => {
    expect(checkActivity(name, given)).toEqual(valid(read));
  });

  test.each(['items', 'products'])('of a single product in the list %s is read', (list) => {
    const item = { item_id: 'p-1', price: '12,50' };
    expect(checkActivity('product.viewed', { currency: 'EUR', [list]: [item] })).toEqual(
      valid({ currency: 'EUR', product_id: 'p-1', price: 12.5 }),
    );
    expect(violationsOf('product.viewed', { [list]: [item, item] })).toMatchObject([{ code: 'field-missing' }]);
  });

  test('does not replace the field with the right name', () => {
    const given = { order_id: 'o-1', orderId: 'o-2' };
    expect(checkActivity('order.completed', given)).toEqual(valid(given));
    expect(checkActivity('order.completed', { order_id: null, orderId: 'o-2' })).toEqual(valid({ order_id: 'o-2' }));
  });

  test('is ignored if it is too long', () => {
    expect(violationsOf('order.completed', { [`order${'_'.repeat(40)}id`]: 'o-1' })).toMatchObject([
      { code: 'field-missing' },
    ]);
  });
});

describe('a field of another type', () => {
  test.each(everyField)('of %s: %s is reported and removed', (name, field, { typeName }) => {
    for (const value of wrongValues[typeName] ?? []) {
      const checked = checkActivity(name, { ...vocabulary[name]!.example, [field]: value });
      const fault = expect.objectContaining({
        code: 'field-invalid',
        reason: expect.stringContaining(`${name}: ${field}`),
      });
      expect([value, checked.violations]).toEqual([value, expect.arrayContaining([fault])]);
      if (!Array.isArray(value)) expect(checked.properties).not.toHaveProperty([field]);
    }
  });

  test.each([
    ['order.completed', { order_id: true }, 'order_id must be a string or number, got true'],
    [
      'order.completed',
      { order_id: '4.0128e+10' },
      'order_id must be a string or number, got scientific notation, whose last digits are lost',
    ],
    [
      'order.completed',
      { order_id: 'b\ufffdhm' },
      'order_id must be a string or number, got a string with the replacement character U+FFFD',
    ],
    ['order.completed', { order_id: ['o-1'] }, 'order_id must be a string or number, got an array'],
    ['order.completed', { revenue: '41,500' }, 'revenue must be a number of at least 0, got a string'],
    ['order.completed', { revenue: -1 }, 'revenue must be a number of at least 0, got -1'],
    ['order.completed', { revenue: { amount: 5 } }, 'revenue must be a number of at least 0, got an object'],
    ['order.completed', { products: [{}, { price: 'x' }] }, 'products[1].price must be a number, got a string'],
    ['order.completed', { products: [{}, 5] }, 'products[1] must be an object, got 5'],
    ['order.completed', { products: 'scarf' }, 'products must be an array of objects, got a string'],
    ['preferences.updated', { topics: ['wine', {}] }, 'topics[1] must be a string or number, got an object'],
    ['install.attributed', { campaign: { name: [] } }, 'campaign.name must be a string or number, got an array'],
  ])('of %s with %j is reported with its path: %s', (name, properties, fault) => {
    expect(violationsOf(name, { order_id: 'o-1', ...properties })).toEqual([
      { code: 'field-invalid', field: fault.split(' ')[0], reason: `${name}: ${fault}`, given: expect.anything() },
    ]);
  });

  test('is removed alone: the rest of the order is valid', () => {
    const products = [{ sku: 's-1', image_url: false, price: 'x' }, 7, { sku: 's-2' }];
    expect(checkActivity('order.completed', { order_id: 'o-1', revenue: 5, products })).toMatchObject({
      properties: { order_id: 'o-1', revenue: 5, products: [{ sku: 's-1' }, { sku: 's-2' }] },
      violations: [{ field: 'products[0].price' }, { field: 'products[0].image_url' }, { field: 'products[1]' }],
    });
  });
});

describe('the violations of an activity', () => {
  test('are all reported', () => {
    const given = { revenue: 'x', shipping: false, products: [{ price: [] }] };
    expect(
      violationsOf('order.completed', given)
        .map(({ code, field }) => `${code} ${field}`)
        .sort(),
    ).toEqual([
      'field-invalid products[0].price',
      'field-invalid revenue',
      'field-invalid shipping',
      'field-missing order_id',
    ]);
  });

  test.each([
    [19, 19],
    [20, 20],
    [21, 20],
  ])('are limited: of %d, %d are reported', (count, many) => {
    const products = Array.from({ length: count }, () => ({ sku: 's', price: 'x' }));
    const checked = checkActivity('order.completed', { order_id: 'o-1', products });
    expect(checked.violations).toHaveLength(many);
    expect(checked.properties).toEqual({ order_id: 'o-1', products: products.map(() => ({ sku: 's' })) });
  });
});

describe('an empty string', () => {
  test.each(['', ' \t'])('%j counts as missing for ids and numbers', (empty) => {
    expect(violationsOf('order.completed', { order_id: empty })).toMatchObject([
      { code: 'field-missing', field: 'order_id' },
    ]);
    const given = { order_id: 'o-1', store_id: empty, revenue: empty, products: [{ sku: empty, price: empty }] };
    expect(checkActivity('order.completed', given)).toEqual(valid({ order_id: 'o-1', products: [{}] }));
  });
});

describe('an id', () => {
  test.each([
    ['o-1', true],
    ['0', true],
    [0, true],
    [-7, true],
    [Number.MAX_SAFE_INTEGER - 1, true],
    [Number.MAX_SAFE_INTEGER, true],
    [Number.MAX_SAFE_INTEGER + 1, false],
    [Number.MIN_SAFE_INTEGER, true],
    [Number.MIN_SAFE_INTEGER - 1, false],
    ['9007199254740993', true],
    ['', false],
  ])('may be %j: %s', (order_id, isAccepted) => {
    expect(violationsOf('order.updated', { order_id }).length === 0).toBe(isAccepted);
  });

  test('stays a number or a string', () => {
    expect(checkActivity('order.updated', { order_id: 7, store_id: '7' })).toEqual(
      valid({ order_id: 7, store_id: '7' }),
    );
  });
});

describe('a number in a string', () => {
  const numbers = everyField.filter(([, , { typeName }]) => typeName.startsWith('a number'));

  test.each(numbers)('of %s: %s is converted', (name, field) => {
    const { example } = vocabulary[name]!;
    expect(checkActivity(name, { ...example, [field]: '3.5' })).toEqual(valid({ ...example, [field]: 3.5 }));
  });

  test.each([
    ['41.50', 41.5],
    ['0', 0],
    ['007', 7],
    ['-3', -3],
    ['0.1', 0.1],
    [' 41.50 ', 41.5],
    ['41,50', 41.5],
    ['41,5', 41.5],
    ['€ 41.50', 41.5],
    ['41,50 €', 41.5],
    ['EUR 41.50', 41.5],
    ['41.50 CHF', 41.5],
    ['1.234,50', 1234.5],
    ['1,234.50', 1234.5],
    ["1'234.50", 1234.5],
    ['1 234,50', 1234.5],
    ['1\u202f234,50', 1234.5],
    ['1.234.567', 1234567],
    ['12.00-', -12],
    ['+3', 3],
  ])('%j is read as %d', (discount, number) => {
    expect(checkActivity('order.completed', { order_id: 'o-1', discount })).toMatchObject(
      valid({ order_id: 'o-1', discount: number }),
    );
  });

  test('is converted in lists, without other changes', () => {
    const given = { order_id: 'o-1', products: [{ sku: '12', price: '3.10', note: '5' }, { price: 2 }], total: '8' };
    expect(checkActivity('order.completed', given)).toEqual(
      valid({ order_id: 'o-1', products: [{ sku: '12', price: 3.1, note: '5' }, { price: 2 }], total: 8 }),
    );
    expect(given.products[0]!.price).toBe('3.10');
  });

  test('that is too large is invalid', () => {
    expect(violationsOf('order.completed', { order_id: 'o-1', total: '9'.repeat(400) })).toMatchObject([
      { code: 'field-invalid' },
    ]);
  });
});

describe('limits', () => {
  test.each([
    ['product.reviewed', 'rating', 1, [false, true, true]],
    ['product.reviewed', 'rating', 5, [true, true, false]],
    ['survey.answered', 'rating', 1, [false, true, true]],
    ['survey.answered', 'rating', 5, [true, true, false]],
    ['queue.waited', 'minutes', 0, [false, true, true]],
    ['order.completed', 'revenue', 0, [false, true, true]],
    ['delivery.arrived', 'days_late', 0, [true, true, true]],
    ['receipt.issued', 'total', 0, [true, true, true]],
  ])('%s: %s around %d', (name, field, limit, accepted) => {
    const isAccepted = (value: unknown) =>
      violationsOf(name, { ...vocabulary[name]!.example, [field]: value }).length === 0;
    const steps = [limit - 0.01, limit, limit + 0.01];
    expect(steps.map(isAccepted)).toEqual(accepted);
    expect(steps.map((step) => isAccepted(String(step)))).toEqual(accepted);
  });
});

describe('a rating', () => {
  const isAccepted = (scale: object) => violationsOf('rating.given', { rating: 9, ...scale }).length === 0;

  test('may be on a scale that is sent with it', () => {
    expect(isAccepted({ scale_min: 0, scale_max: 10 })).toBe(true);
    expect(isAccepted({ scale_max: '10' })).toBe(true);
  });

  test('is from 1 to 5 if no scale is sent, or none that can be read', () => {
    expect(violationsOf('rating.given', { rating: 9 })).toMatchObject([
      {
        code: 'field-invalid',
        reason: 'rating.given: rating must be a number from 1 to 5, or on the scale that is sent with it, got 9',
      },
    ]);
    expect(isAccepted({ scale_max: null })).toBe(false);
  });
});

describe('a date', () => {
  test.each([
    '2026-11-24',
    '2026-11-24T10:00',
    '2026-11-24T10:00:00Z',
    '2026-11-24T10:00:00.123+01:00',
    '2026-11-24 10:00:00',
  ])('may be %s', (promised_for) => {
    expect(violationsOf('delivery.promised', { order_id: 'o-1', promised_for })).toEqual([]);
  });
});

describe('a boolean', () => {
  test.each([
    [true, ['true', 'TRUE', 'yes', ' Yes ', 'y', 1, '1', 'Ja', 'sì', 'oui', 'opt-in', 'Opt In', 'accepted']],
    [false, ['false', 'no', 0, '0', 'nein', 'non', 'withdrawn', 'revoked', 'opt out', 'opted_out', 'DECLINED']],
  ])('is %s for each of %j', (truth, spellings) => {
    for (const offers of spellings)
      expect([offers, checkActivity('consent.updated', { offers })]).toEqual([offers, valid({ offers: truth })]);
  });
});

test('a single value is read as an array with one item', () => {
  const given = { order_id: 'o-1', products: { sku: 's-1', price: '2' } };
  expect(checkActivity('order.completed', given)).toEqual(
    valid({ order_id: 'o-1', products: [{ sku: 's-1', price: 2 }] }),
  );
  expect(checkActivity('preferences.updated', { topics: 'wine' })).toEqual(valid({ topics: ['wine'] }));
});
