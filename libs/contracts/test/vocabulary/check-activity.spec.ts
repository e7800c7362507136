import { describe, expect, test } from '@jest/globals';
import { checkActivity, vocabulary } from '../../src/index.ts';
import { everyField, everyTerm, exampleWithout, wrongValues } from './builders.ts';

describe('an activity', () => {
  test.each(everyTerm)('%s is taken as its example says it, and with any other fields', (name, { example }) => {
    expect(checkActivity(name, example)).toEqual({ properties: example });
    const more = { ...example, gift_wrapping: null, tags: ['x', { deep: [1] }], constructor: 1 };
    expect(checkActivity(name, more)).toEqual({ properties: more });
  });

  test.each(everyTerm)('%s takes null as no value, and keeps nothing of it', (name, { may, example }) => {
    const untold = Object.keys(may).filter((field) => !Object.hasOwn(example, field));
    const nothing = Object.fromEntries(untold.map((field) => [field, null]));
    expect(checkActivity(name, { ...example, ...nothing })).toEqual({ properties: example });
  });
});

describe('a field that is needed', () => {
  const needed = everyTerm.flatMap(([name, { must }]) =>
    Object.entries(must).map(([field, { words }]) => [name, field, words] as const),
  );

  test.each(needed)('%s: %s', (name, field, words) => {
    const missing = { code: 'field-missing', reason: `${name} needs ${field}, ${words}` };
    const rest = exampleWithout(name, field);
    expect(checkActivity(name, rest)).toEqual(missing);
    expect(checkActivity(name, { ...rest, [field]: null })).toEqual(missing);
  });

  test('is told under which other spelling it seems to stand', () => {
    const reasonOf = (properties: object) => checkActivity('order.completed', { ...properties });
    const missing = 'order.completed needs order_id, a text or number';
    expect(reasonOf({ OrderID: 'o-1' })).toMatchObject({
      reason: `${missing}; \`OrderID\` is not read, \`order_id\` is`,
    });
    expect(reasonOf({ [`order${'_'.repeat(40)}id`]: 'o-1', order: 'o-1' })).toMatchObject({ reason: missing });
    expect(reasonOf({ order_id: null })).toMatchObject({ reason: missing });
  });

  const alternatives = everyTerm.flatMap(([name, { may, either }]) =>
    either ? [[name, either, may[either[0]]!.words] as const] : [],
  );

  test.each(alternatives)('%s: one of %j', (name, either, words) => {
    const missing = { code: 'field-missing', reason: `${name} needs ${either.join(' or ')}, ${words}` };
    const rest = exampleWithout(name, ...either);
    expect(checkActivity(name, rest)).toEqual(missing);
    for (const field of either) {
      expect(checkActivity(name, { ...rest, [field]: null })).toEqual(missing);
      expect(checkActivity(name, { ...rest, [field]: 'x-1' })).toEqual({ properties: { ...rest, [field]: 'x-1' } });
    }
  });
});

describe('a field of another type', () => {
  test.each(everyField)('of %s: %s', (name, field, { words }) => {
    for (const value of wrongValues[words] ?? []) {
      const told = checkActivity(name, { ...vocabulary[name]!.example, [field]: value });
      expect([value, told]).toEqual([value, { code: 'field-invalid', reason: expect.any(String) }]);
      expect((told as { reason: string }).reason).toContain(`${name}: ${field}`);
    }
  });

  test.each([
    ['order.completed', { order_id: true }, 'order_id must be a text or number, and is true'],
    ['order.completed', { order_id: ['o-1'] }, 'order_id must be a text or number, and is a list'],
    ['order.completed', { revenue: '41,50' }, 'revenue must be a number of 0 or more, and is a text'],
    ['order.completed', { revenue: -1 }, 'revenue must be a number of 0 or more, and is -1'],
    ['order.completed', { revenue: { amount: 5 } }, 'revenue must be a number of 0 or more, and is an object'],
    ['order.completed', { products: [{}, { price: 'x' }] }, 'products[1].price must be a number, and is a text'],
    ['order.completed', { products: [{}, 5] }, 'products[1] must be an object, and is 5'],
    ['order.completed', { products: { sku: 's-1' } }, 'products must be a list of objects, and is an object'],
    ['preferences.updated', { topics: ['wine', {}] }, 'topics[1] must be a text or number, and is an object'],
    ['install.attributed', { campaign: { name: [] } }, 'campaign.name must be a text or number, and is a list'],
  ])('of %s with %j is told by its place: %s', (name, properties, fault) => {
    expect(checkActivity(name, { order_id: 'o-1', ...properties })).toEqual({
      code: 'field-invalid',
      reason: `${name}: ${fault}`,
    });
  });
});

describe('an empty text', () => {
  test.each(['', ' \t'])('%j is no id that must be there, and no number', (empty) => {
    const missing = { code: 'field-missing', reason: 'order.completed needs order_id, a text or number' };
    expect(checkActivity('order.completed', { order_id: empty })).toEqual(missing);
    const given = { order_id: 'o-1', store_id: empty, revenue: empty, products: [{ sku: empty, price: empty }] };
    expect(checkActivity('order.completed', given)).toEqual({ properties: { order_id: 'o-1', products: [{}] } });
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
  ])('may be %j: %s', (order_id, isTaken) => {
    expect('properties' in checkActivity('order.updated', { order_id })).toBe(isTaken);
  });

  test('that is a number stays one, and a text of digits stays a text', () => {
    expect(checkActivity('order.updated', { order_id: 7, store_id: '7' })).toEqual({
      properties: { order_id: 7, store_id: '7' },
    });
  });
});

describe('a number in quotes', () => {
  const numbers = everyField.filter(([, , { words }]) => words.startsWith('a number'));

  test.each(numbers)('of %s: %s is read as one', (name, field) => {
    const { example } = vocabulary[name]!;
    expect(checkActivity(name, { ...example, [field]: '3.5' })).toEqual({ properties: { ...example, [field]: 3.5 } });
  });

  test.each([
    ['41.50', 41.5],
    ['0', 0],
    ['007', 7],
    ['-3', -3],
    ['0.1', 0.1],
  ])('%j is read as %d', (discount, number) => {
    expect(checkActivity('order.completed', { order_id: 'o-1', discount })).toEqual({
      properties: { order_id: 'o-1', discount: number },
    });
  });

  test('is read in lists as well, and nothing around it changes', () => {
    const given = { order_id: 'o-1', products: [{ sku: '12', price: '3.10', note: '5' }, { price: 2 }], total: '8' };
    expect(checkActivity('order.completed', given)).toEqual({
      properties: { order_id: 'o-1', products: [{ sku: '12', price: 3.1, note: '5' }, { price: 2 }], total: 8 },
    });
    expect(given.products[0]!.price).toBe('3.10');
  });

  test('that no number can hold is no number', () => {
    expect(checkActivity('order.completed', { order_id: 'o-1', total: '9'.repeat(400) })).toMatchObject({
      code: 'field-invalid',
    });
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
  ])('%s: %s around %d', (name, field, limit, taken) => {
    const isTaken = (value: unknown) =>
      'properties' in checkActivity(name, { ...vocabulary[name]!.example, [field]: value });
    const steps = [limit - 0.01, limit, limit + 0.01];
    expect(steps.map(isTaken)).toEqual(taken);
    expect(steps.map((step) => isTaken(String(step)))).toEqual(taken);
  });
});

describe('a day', () => {
  test.each([
    '2026-11-24',
    '2026-11-24T10:00',
    '2026-11-24T10:00:00Z',
    '2026-11-24T10:00:00.123+01:00',
    '2026-11-24 10:00:00',
  ])('may be %s', (promised_for) => {
    expect(checkActivity('delivery.promised', { order_id: 'o-1', promised_for })).toHaveProperty('properties');
  });
});
