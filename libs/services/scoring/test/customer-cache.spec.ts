import { describe, expect, it } from '@jest/globals';
import { CustomerCache } from '../src/customer-cache.ts';
import type { MemberState } from '../src/store/states.ts';

const customer = (version: number, members = 1) => Array.from({ length: members }, () => ({ version }) as MemberState);
const versions = (cache: CustomerCache, ...ids: string[]) =>
  [...cache.find(ids)].map(([id, [member]]) => `${id} ${member?.version}`);

describe('the cache of customers', () => {
  it('has what was put last, until it is forgotten', () => {
    const cache = new CustomerCache();
    cache.put('ada', customer(1), 0);
    cache.put('bea', customer(5), 0);
    cache.put('ada', customer(2), 0);
    expect(versions(cache, 'ada', 'bea', 'cleo')).toEqual(['ada 2', 'bea 5']);
    cache.forget(['ada', 'nobody']);
    expect(versions(cache, 'ada', 'bea')).toEqual(['bea 5']);
  });

  it('drops the customers of a partition, and takes them again afterwards', () => {
    const cache = new CustomerCache();
    cache.put('ada', customer(1), 0);
    cache.put('bea', customer(1), 1);
    cache.drop([0, 7]);
    expect(versions(cache, 'ada', 'bea')).toEqual(['bea 1']);
    cache.put('ada', customer(2), 0);
    expect(versions(cache, 'ada', 'bea')).toEqual(['ada 2', 'bea 1']);
  });

  it.each([
    [2, ['ada 1', 'bea 1']],
    [3, ['ada 1', 'bea 1', 'cleo 1']],
    [4, ['ada 1', 'bea 1', 'cleo 1']],
  ])('of at most 3 has after %d customers the first ones', (count, expected) => {
    const cache = new CustomerCache(3);
    for (const id of ['ada', 'bea', 'cleo', 'dora'].slice(0, count)) {
      cache.put(id, customer(1), 0);
      cache.find(['ada']);
    }
    expect(versions(cache, 'ada', 'bea', 'cleo', 'dora')).toEqual(expected);
    expect(cache.size).toBe(expected.length);
  });

  it('that is full takes a customer that comes back, instead of the one that was used longest ago', () => {
    const cache = new CustomerCache(3);
    for (const id of ['ada', 'bea', 'cleo', 'dora']) cache.put(id, customer(1), 0);
    cache.find(['ada']);
    cache.put('dora', customer(2), 0);
    expect(versions(cache, 'ada', 'bea', 'cleo', 'dora')).toEqual(['ada 1', 'cleo 1', 'dora 2']);
  });

  it.each([
    [5, ['late 2']],
    [6, []],
  ])(
    'that is full and has at most 3 customers remembers one that it kept out over %d others: %j',
    (others, expected) => {
      const cache = new CustomerCache(3);
      for (const id of ['ada', 'bea', 'cleo', 'late']) cache.put(id, customer(1), 0);
      for (let number = 0; number < others; number += 1) cache.put(`other ${number}`, customer(1), 0);
      cache.put('late', customer(2), 0);
      expect(versions(cache, 'late')).toEqual(expected);
    },
  );

  it.each([
    [2, ['ada 1', 'bea 1']],
    [3, ['bea 1']],
    [4, ['ada 1']],
  ])('counts the members: of at most 3, with %d of one customer', (members, expected) => {
    const cache = new CustomerCache(3);
    cache.put('ada', customer(1), 0);
    cache.put('bea', customer(1, members), 0);
    expect(versions(cache, 'bea', 'ada').toSorted()).toEqual(expected);
  });

  it('does not have a customer any more that has got too many members', () => {
    const cache = new CustomerCache(3);
    cache.put('ada', customer(1, 3), 0);
    cache.put('ada', customer(2, 4), 0);
    expect(versions(cache, 'ada')).toEqual([]);
  });
});
