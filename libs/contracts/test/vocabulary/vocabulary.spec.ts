import { describe, expect, test } from '@jest/globals';
import type { Field } from '../../src/vocabulary/field.ts';
import { chapters, vocabulary } from '../../src/vocabulary/vocabulary.ts';
import { everyField, everyTerm, fieldsOf, wrongValues } from './builders.ts';

describe.each(everyTerm)('the activity %s', (name, { titles, description, either, ...term }) => {
  test('has a name and a description', () => {
    expect(name).toMatch(/^[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*$/);
    expect(description).toMatch(/^[A-Z].*\.$/);
  });

  test('has titles in words', () => {
    expect(titles[0]).toMatch(/^[A-Z][A-Za-z-]*( [A-Za-z]+)+$/);
    for (const title of titles) expect(title).toMatch(/^[A-Z][A-Za-z-]*( [A-Za-z]+)*$/);
  });

  test('has its alternatives among its fields', () => {
    expect(Object.keys(term.may)).toEqual(expect.arrayContaining([...(either ?? [])]));
  });

  test('has fields in snake_case with descriptions', () => {
    const fields = Object.entries(fieldsOf(vocabulary[name]!)).flatMap(withInner);
    for (const [field, { description: meaning }] of fields) {
      expect(field).toMatch(/^[a-z]+(_[a-z]+)*$/);
      expect(meaning).toMatch(/^[A-Z].*\.$/);
    }
  });

  test('has no field that is both required and optional', () => {
    expect(Object.keys(term.must).filter((field) => Object.hasOwn(term.may, field))).toEqual([]);
  });
});

function withInner([name, field]: [string, Field]): [string, Field][] {
  return [[name, field], ...Object.entries(field.fields ?? {}).flatMap(withInner)];
}

test('no activity is in two chapters', () => {
  const names = chapters.flatMap(({ terms }) => Object.keys(terms));
  expect(names.length).toBe(new Set(names).size);
  expect(Object.keys(vocabulary)).toEqual(names);
});

test('these are the required fields; a new one breaks sources', () => {
  const needed = everyTerm.map(
    ([name, { must, either }]) => [name, [...Object.keys(must), ...(either ?? [])]] as const,
  );
  expect(Object.fromEntries(needed.filter(([, fields]) => fields.length > 0))).toEqual({
    ...Object.fromEntries(
      ['viewed', 'clicked', 'added', 'removed', 'added_to_wishlist', 'removed_from_wishlist', 'shared', 'reviewed'].map(
        (action) => [`product.${action}`, ['product_id', 'sku']],
      ),
    ),
    'wishlist_product.added_to_cart': ['product_id', 'sku'],
    'order.completed': ['order_id'],
    'order.updated': ['order_id'],
    'order.cancelled': ['order_id'],
    'order.refunded': ['order_id'],
    'return.requested': ['order_id', 'receipt_id'],
    'return.completed': ['order_id', 'receipt_id'],
    'return.refused': ['order_id', 'receipt_id'],
    'delivery.promised': ['promised_for', 'order_id', 'delivery_id'],
    'promise.made': ['promise'],
    'receipt.issued': ['receipt_id'],
    'queue.waited': ['minutes'],
    'price.answered': ['product_id', 'sku'],
    'stock.answered': ['product_id', 'sku'],
    'rating.given': ['rating'],
    'offer.seen': ['offer_id', 'code'],
    'offer.accepted': ['offer_id', 'code'],
    'offer.dismissed': ['offer_id', 'code'],
    'offer.redeemed': ['offer_id', 'code'],
    'offer.refused': ['offer_id', 'code'],
  });
});

test('the tests have a wrong value for every type', () => {
  const types = new Set(everyField.map(([, , { typeName }]) => typeName));
  expect([...types].filter((typeName) => typeName !== 'anything').toSorted()).toEqual(
    Object.keys(wrongValues).toSorted(),
  );
});
