import { expect, test } from '@jest/globals';
import { singlesOf, waterfallRows } from '../src/pictures/waterfall-rows.ts';

const because = (en: string) => ({ en, de: en, it: en });
const group = (name: string, contribution: number, count = 1) => ({
  name,
  count,
  contribution,
  because: because(name),
});

test('the steps lead from the base to the score, the largest first', () => {
  const { steps, rest } = waterfallRows(50, 47, [group('thanks', 2), group('broken promise', -5)], 8);
  expect(steps.map(({ name, from, to }) => [name, from, to])).toEqual([
    ['broken promise', 50, 45],
    ['thanks', 45, 47],
  ]);
  expect(rest).toBeNull();
});

test.each([
  [2, null],
  [1, { count: 3, contribution: 2, from: 45, to: 47 }],
])('with %p steps the others are one step to the score', (most, expected) => {
  expect(waterfallRows(50, 47, [group('thanks', 2, 3), group('broken promise', -5)], most).rest).toEqual(expected);
});

test('the scale is 0 to 100, and as much more as a step leaves it', () => {
  expect(waterfallRows(50, 60, [group('a', 10)], 8).range).toEqual([0, 100]);
  expect(waterfallRows(50, 60, [group('a', 60), group('b', -50)], 8).range).toEqual([0, 110]);
  expect(waterfallRows(50, 40, [group('a', -60), group('b', 50)], 8).range).toEqual([-10, 100]);
});

test('a group opens to its own activities, the latest first', () => {
  const single = (activityId: string, name: string, at: string) => ({
    activityId,
    name,
    at,
    contribution: 1,
    because: because(name),
  });
  const all = [
    single('1', 'order', '2026-11-01T10:00:00.000Z'),
    single('2', 'visit', '2026-11-02T10:00:00.000Z'),
    single('3', 'order', '2026-11-03T10:00:00.000Z'),
  ];
  expect(singlesOf(group('order', 2, 2), all).map(({ activityId }) => activityId)).toEqual(['3', '1']);
});
