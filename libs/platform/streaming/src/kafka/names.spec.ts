import { describe, expect, test } from '@jest/globals';
import { namesWith } from './names.ts';

describe('names in the cluster', () => {
  test.each([
    ['', 'orders.v1', 'profile:orders.v1', 'tail:7'],
    ['acme.prod.', 'acme.prod.orders.v1', 'acme.prod.profile:acme.prod.orders.v1', 'acme.prod.tail:7'],
  ])('begin with the prefix "%s"', (prefix, topic, group, reader) => {
    const names = namesWith(prefix);
    expect([names.topic('orders.v1'), names.group('profile', 'orders.v1'), names.reader('7')]).toEqual([
      topic,
      group,
      reader,
    ]);
    expect(names.groupOf(group, 'orders.v1')).toBe('profile');
  });

  test.each(['', 'acme.', 'acme.prod.'])(
    'of an installation with the prefix "%s" are not those of others',
    (prefix) => {
      const others = ['', 'acme.', 'acme.prod.', 'acme.prod.eu.'].filter((other) => other !== prefix);
      for (const other of others) {
        const group = namesWith(other).group('profile', 'orders.v1');
        expect(namesWith(prefix).groupOf(group, 'orders.v1')).toBeUndefined();
      }
    },
  );
});
