import { expect, test } from '@jest/globals';
import { isUnmistakable, shortestUnmistakable } from '../src/unmistakable.ts';

test.each([
  [shortestUnmistakable - 1, false],
  [shortestUnmistakable, true],
  [shortestUnmistakable + 1, true],
])('an identifier of %d characters can be nothing else: %s', (length, is) => {
  expect(isUnmistakable('a17bcdefghijk'.slice(0, length))).toBe(is);
});

test.each([
  ['lovelace', false],
  ['lovelace-1', false],
  ['lovelace-12', true],
  ['lovelace-123', true],
  ['+393351234567', true],
  ['4000000077', true],
  ['5f0c1c0e-6f59-4c3c-9d37-0f7f5f3c7a0e', true],
  ['a@b.io', true],
  ['receivedAt', false],
  ['engagement.activities.v1', false],
  ['2026-11-28', false],
  ['01:02:03.004Z', false],
  ['00000000-0000-4000-8000-000000000002', false],
])('%s can be nothing else: %s', (value, is) => {
  expect(isUnmistakable(value)).toBe(is);
});
