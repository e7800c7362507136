import { expect, test } from '@jest/globals';
import { backoffMs } from './backoff.ts';

test('the pause doubles from 100 ms, and is never longer than 5 s', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 8, 1_000].map(backoffMs)).toEqual([
    100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000, 5_000,
  ]);
});
