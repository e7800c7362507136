import { describe, expect, jest, test } from '@jest/globals';
import { messagesOf } from '../testing/messages.ts';
import { HandOver, type HandOverOptions, maxSizeFor } from './hand-over.ts';

const topic = 'customers';

/** A hand-over with one reader. Values have two characters. */
function aHandOver(options: HandOverOptions = {}) {
  const handOver = new HandOver(options);
  handOver.addReader(topic, 'scoring');
  const hold = (firstOffset: number, count: number, partition = 0) =>
    handOver.hold(topic, [{ partition, firstOffset, messages: messagesOf('a', count) }]);
  const has = (firstOffset: number, partition = 0) => handOver.find(topic, partition, firstOffset) !== undefined;
  return { handOver, hold, has };
}

test('a batch is found by its topic, partition and first offset', () => {
  const { handOver, hold, has } = aHandOver();
  hold(7, 3);
  expect(handOver.find(topic, 0, 7)).toEqual(messagesOf('a', 3));
  expect([has(8), has(7, 1), handOver.find('scores', 0, 7)]).toEqual([false, false, undefined]);
});

test('a topic without readers in the process is not held', () => {
  const { handOver } = aHandOver();
  handOver.hold('offers', [{ partition: 0, firstOffset: 0, messages: messagesOf('a', 1) }]);
  expect(handOver.find('offers', 0, 0)).toBeUndefined();
});

test.each([
  [2, true],
  [3, false],
  [4, false],
])('a batch of offsets 0 to 2 is held after the group has moved to %d: %j', (next, isHeld) => {
  const { handOver, hold, has } = aHandOver();
  hold(0, 3);
  handOver.pass(topic, 'scoring', { partition: 0, next });
  expect(has(0)).toBe(isHeld);
});

test('a batch is held until all groups of the process have passed it', () => {
  const { handOver, hold, has } = aHandOver();
  handOver.addReader(topic, 'archive');
  hold(0, 3);
  handOver.pass(topic, 'scoring', { partition: 0, next: 3 });
  expect(has(0)).toBe(true);
  handOver.pass(topic, 'archive', { partition: 0, next: 3 });
  expect(has(0)).toBe(false);
});

describe('the size', () => {
  test.each([
    [1_024_000_000, 32_000_000],
    [2_047_999_999, 63_999_999],
    [2_048_000_000, 64_000_000],
    [2_048_000_032, 64_000_000],
  ])('is, with a memory of %d bytes, %d characters', (memory, size) => expect(maxSizeFor(memory)).toBe(size));

  test.each([
    [7, false],
    [8, true],
    [9, true],
  ])('of %d characters holds a second batch of 4 after one of 4: %j', (maxSize, isHeld) => {
    const { hold, has } = aHandOver({ maxSize });
    hold(0, 2);
    hold(2, 2);
    expect([has(0), has(2)]).toEqual([true, isHeld]);
  });

  test('is free again when a batch is passed', () => {
    const { handOver, hold, has } = aHandOver({ maxSize: 4 });
    hold(0, 2);
    handOver.pass(topic, 'scoring', { partition: 0, next: 2 });
    hold(2, 2);
    expect(has(2)).toBe(true);
  });

  test.each([
    [9_999, [true, false]],
    [10_000, [true, false]],
    [10_001, [false, true]],
  ])('is taken from batches that another process has read, after %d ms: %j', (ms, held) => {
    jest.useFakeTimers();
    const { hold, has } = aHandOver({ maxSize: 4, maxAgeMs: 10_000 });
    hold(0, 2);
    jest.advanceTimersByTime(ms);
    hold(0, 2, 1);
    expect([has(0), has(0, 1)]).toEqual(held);
    jest.useRealTimers();
  });
});
