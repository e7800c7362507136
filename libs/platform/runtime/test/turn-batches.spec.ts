import { describe, expect, test } from '@jest/globals';
import { setImmediate as turn } from 'node:timers/promises';
import { turnBatches } from '../src/http/turn-batches.ts';

/** Runs this many requests, each of which records its steps. */
function started(count: number, others: () => Promise<void>): string[] {
  const steps: string[] = [];
  const go = async (name: number) => {
    await others();
    steps.push(`parse ${name}`);
    await Promise.resolve();
    steps.push(`judge ${name}`);
  };
  for (let name = 1; name <= count; name += 1) void go(name);
  return steps;
}

describe('requests of one turn of the event loop', () => {
  test('continue together, step by step', async () => {
    const steps = started(2, turnBatches());
    expect(steps).toEqual([]);
    await turn();
    expect(steps).toEqual(['parse 1', 'parse 2', 'judge 1', 'judge 2']);
  });

  test.each([
    [2, 0],
    [3, 3],
    [4, 3],
    [6, 6],
  ])('of %i with room for 3, %i wait for no more', async (count, gone) => {
    const steps = started(count, turnBatches(3));
    await Promise.resolve();
    await Promise.resolve();
    expect(steps.filter((step) => step.startsWith('parse'))).toHaveLength(gone);
    await turn();
    expect(steps).toHaveLength(count * 2);
  });

  test('that arrive in later turns continue as well', async () => {
    const others = turnBatches();
    await others();
    await others();
    expect(await Promise.all([others(), others()])).toHaveLength(2);
  });
});
