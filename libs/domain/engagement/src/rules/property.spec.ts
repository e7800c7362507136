import { describe, expect, it } from '@jest/globals';
import { documentNode } from '@sestante/rules';
import { propertyIn } from './property.ts';

function find(path: string, properties: Readonly<Record<string, unknown>>): unknown {
  return propertyIn(documentNode(path))(properties);
}

describe('a property path', () => {
  it('finds a value at any depth', () => {
    expect(find('rating', { rating: 4 })).toBe(4);
    expect(find('shipping.delay.days', { shipping: { delay: { days: 2 } } })).toBe(2);
    expect(find('items.1.price', { items: [{ price: 5 }, { price: 7 }] })).toBe(7);
  });

  it.each([
    ['rating', {}],
    ['shipping.days', { shipping: null }],
    ['shipping.days', { shipping: 'by air' }],
    ['shipping.length', { shipping: 'by air' }],
    ['shipping.days', { 'shipping.days': 3 }],
  ])('finds no %s in %j', (path, properties) => {
    expect(find(path, properties)).toBeUndefined();
  });

  it.each(['constructor', 'constructor.name', '__proto__', '__proto__.toString', 'toString', 'items.map'])(
    'does not reach the prototype through %s',
    (path) => {
      expect(find(path, { items: [1] })).toBeUndefined();
    },
  );

  it('finds an own property with the name of an inherited one', () => {
    expect(find('__proto__.constructor', JSON.parse('{"__proto__": {"constructor": 3}}'))).toBe(3);
  });

  it.each(['', ' ', '.', 'a..b', '.a', 'a.'])('cannot be %j', (path) => {
    const node = documentNode(path);
    propertyIn(node);
    expect(node.faults).toHaveLength(1);
  });
});
