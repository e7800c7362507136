import { documentNode } from '@sestante/rules';
import { describe, expect, it } from '@jest/globals';
import { anActivity, daysAgo } from '../testing/index.ts';
import { againIn, longestKey, oncePerIn } from './matter.ts';

const anOrder = (order_id: unknown, at = daysAgo(0)) =>
  anActivity({ name: 'order.completed', at, properties: { order_id } });

function keyOf(document: unknown, activity = anOrder('o-1')): string | undefined {
  const node = documentNode(document);
  const { keyOf: read } = oncePerIn(node);
  expect(node.faults).toEqual([]);
  return read(activity);
}

function faultsOf(read: (node: ReturnType<typeof documentNode>) => unknown, document: unknown) {
  const node = documentNode(document);
  read(node);
  return node.faults.map(({ place, message }) => `${place}: ${message}`);
}

describe('the matter of an activity', () => {
  it('is named by the activity, the property and its value', () => {
    expect(keyOf({ property: 'order_id' })).toBe('order.completed/order_id:o-1');
    expect(keyOf({ property: 'order_id', matter: 'order' })).toBe('order:o-1');
  });

  it('is the same for a number and for a string with spaces around it', () => {
    expect([7, '7', ' 7 '].map((id) => keyOf({ property: 'order_id' }, anOrder(id)))).toEqual(
      Array.from({ length: 3 }, () => 'order.completed/order_id:7'),
    );
  });

  it.each([[undefined], [null], [''], [' '], [Number.NaN], [true], [{}]])('does not exist for the id %j', (id) => {
    expect(keyOf({ property: 'order_id' }, anOrder(id))).toBeUndefined();
  });

  it.each([
    [-1, 143],
    [0, 144],
    [599_999, 144],
    [600_000, 145],
  ])('is a window of ten minutes that begins at the full ten minutes: %d ms after midnight', (ms, window) => {
    const midnight = Date.UTC(1970, 0, 2);
    expect(keyOf({ minutes: 10 }, anOrder('o-1', midnight + ms))).toBe(`order.completed/10m:@${window}`);
  });

  it('is a window before 1970, too', () => {
    expect(keyOf({ minutes: 10 }, anOrder('o-1', -1))).toBe('order.completed/10m:@-1');
  });

  it('can be both: one for each value and window', () => {
    expect(keyOf({ property: 'order_id', minutes: 1440 }, anOrder('o-1', 0))).toBe(
      'order.completed/order_id1440m:o-1@0',
    );
  });

  it.each([-1, 0, 1])('is shortened to 100 characters if it is longer, %+d', (more) => {
    const value = 'x'.repeat(longestKey - 'order:'.length + more);
    const key = keyOf({ property: 'order_id', matter: 'order' }, anOrder(value)) ?? '';
    expect(key === `order:${value}`).toBe(more <= 0);
    expect(key.length).toBe(Math.min(longestKey, longestKey + more));
  });

  it('is another one if only the end of a long value differs', () => {
    const keys = ['a', 'b'].map((end) => keyOf({ property: 'order_id' }, anOrder(`${'x'.repeat(200)}${end}`)));
    expect(new Set(keys).size).toBe(2);
  });

  it('is never that of a matter that counts again', () => {
    const again = againIn(documentNode({ property: 'order_id' })).keyOf(anOrder('o-1'));
    expect(again).toBe('order.completed/order_id again:o-1');
  });
});

describe('an invalid matter', () => {
  it.each([
    [{}, 'document: must have property, minutes or both'],
    ['order_id', 'document: must be an object'],
    [{ property: '' }, 'property: must be a string of 1 to 200 characters'],
    [{ property: 'a..b' }, 'property: must be names joined by single dots'],
    [{ minutes: 0 }, 'minutes: must be a whole number from 1 to 525600'],
    [{ minutes: 1.5 }, 'minutes: must be a whole number from 1 to 525600'],
    [{ minutes: 525_601 }, 'minutes: must be a whole number from 1 to 525600'],
    [{ property: 'order_id', matter: 'x'.repeat(41) }, 'matter: must be a string of 1 to 40 characters'],
    [{ property: 'order_id', per: 'day' }, 'per: is not a known field'],
  ])('is %j', (document, fault) => {
    expect(faultsOf(oncePerIn, document)).toEqual([fault]);
  });

  it.each([
    [{ minutes: 10, property: 'order_id' }, 'minutes: is not a known field'],
    [{ property: 'order_id', inOtherChannel: false }, 'inOtherChannel: must be true or absent'],
    [{}, 'property: is missing'],
  ])('that counts again is %j', (document, fault) => {
    expect(faultsOf(againIn, document)).toEqual([fault]);
  });

  it.each([
    [{ minutes: 1 }],
    [{ minutes: 525_600 }],
    [{ property: 'order_id', matter: 'x'.repeat(40) }],
    [{ property: 'order_id', matter: 'x'.repeat(39) }],
  ])('is not %j', (document) => {
    expect(faultsOf(oncePerIn, document)).toEqual([]);
  });
});
