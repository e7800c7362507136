import { describe, expect, test } from '@jest/globals';
import { acceptedOf, activityOf, anEvent, violationsOf } from '../builders.ts';

const order = (properties: object) => anEvent({ properties: { order_id: 'o-1', ...properties } });

describe('an order whose amounts are below 0', () => {
  test.each([
    [{ revenue: -199.95, total: '-199.95' }, { refund: 199.95 }],
    [{ total: '199,95-' }, { refund: 199.95 }],
    [{ Order_Total: -5 }, { refund: 5 }],
    [{ products: [{ sku: 'a', quantity: -1 }] }, { products: [{ sku: 'a', quantity: -1 }] }],
    [{ quantity: -1 }, { quantity: -1 }],
  ])('is a return, with a violation: %j', (properties, read) => {
    const { activity, violations } = acceptedOf(order(properties));
    expect(activity).toMatchObject({ name: 'return.completed', properties: { order_id: 'o-1', ...read } });
    expect(Object.keys(activity.properties)).not.toContain('revenue');
    expect(violations.map(({ code }) => code)).toContain('name-unclear');
  });

  test.each([
    { revenue: 0 },
    { revenue: 1, discount: -5 },
    { revenue: 5, products: [{ sku: 'a', quantity: -1 }] },
    {
      products: [
        { sku: 'a', quantity: 1 },
        { sku: 'b', quantity: -1 },
      ],
    },
    { revenue: 10, total: -1 },
    { note: 'a-b' },
    { products: [] },
  ])('is not a return: %j', (properties) => {
    expect(activityOf(order(properties)).name).toBe('order.completed');
  });
});

describe('amounts in another currency than the order', () => {
  test.each([
    [{ revenue: '12,00 CHF', currency: 'EUR' }, {}, ['currency-differs revenue']],
    [{ revenue: '$12.00', currency: 'EUR' }, {}, ['currency-differs revenue']],
    [
      { products: [{ sku: 'a', price: '5 £' }], currency: 'EUR' },
      { products: [{ sku: 'a' }] },
      ['currency-differs products[0].price'],
    ],
    [{ revenue: '12 €', total: '12 CHF' }, { revenue: 12 }, ['currency-differs total']],
  ])('are removed, with a violation: %j', (properties, read, violations) => {
    const { revenue: _, total: __, ...rest } = activityOf(order(properties)).properties;
    expect(violationsOf(order(properties))).toEqual(violations);
    expect({
      ...rest,
      ...('revenue' in read && { revenue: activityOf(order(properties)).properties['revenue'] }),
    }).toEqual({
      order_id: 'o-1',
      currency: 'EUR',
      ...read,
    });
  });

  test.each([
    [{ revenue: '12,00 €' }, { revenue: 12, currency: 'EUR' }],
    [
      { revenue: '$12.00', currency: 'CAD' },
      { revenue: 12, currency: 'CAD' },
    ],
    [{ revenue: '$12.00' }, { revenue: 12 }],
    [
      { revenue: '12 ₫', currency: 'VND' },
      { revenue: 12, currency: 'VND' },
    ],
    [
      { revenue: 12, currency: '€' },
      { revenue: 12, currency: 'EUR' },
    ],
    [
      { revenue: 12, currency: 'Euro' },
      { revenue: 12, currency: 'EUR' },
    ],
    [
      { revenue: 12, currency: 'points' },
      { revenue: 12, currency: 'points' },
    ],
  ])('do not exist: %j becomes %j', (properties, read) => {
    expect(acceptedOf(order(properties))).toMatchObject({ violations: [] });
    expect(activityOf(order(properties)).properties).toEqual({ order_id: 'o-1', ...read });
  });
});
