import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { inOrder } from '../src/in-order.ts';

it('gives the results of statements in their order', async () => {
  expect(await inOrder([Promise.resolve(1), 'two', pause(1, 3)] as const)).toEqual([1, 'two', 3]);
});

it('rejects with the error of the first statement that failed, also if the errors of later ones arrive before it', async () => {
  const late = pause(5).then(() => Promise.reject(new Error('the cause')));
  const early = Promise.reject(new Error('current transaction is aborted'));
  await expect(inOrder([Promise.resolve(1), late, early])).rejects.toThrow('the cause');
});
