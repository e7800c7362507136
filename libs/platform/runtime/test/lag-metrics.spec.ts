import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { Registry } from 'prom-client';
import { type Lag, readLag } from '../src/observe/lag.ts';
import { measureLag } from '../src/observe/lag-metrics.ts';

const lagOf = (messages: number): Lag => ({ topic: 'activities', group: 'profile', messages });
const never = () => new Promise<never>(() => undefined);

let now: number;
beforeEach(() => {
  now = 1_000_000;
  jest.spyOn(Date, 'now').mockImplementation(() => now);
});
afterEach(() => {
  jest.restoreAllMocks();
});

/** A stream whose result can be changed, and the values of the metric. */
function aProcess(first: () => Promise<readonly Lag[]>) {
  const registry = new Registry();
  const read = jest.fn(first);
  measureLag(registry, read);
  const shown = async () =>
    (await registry.metrics())
      .split('\n')
      .filter((line) => line.startsWith('sestante_stream_lag_messages{'))
      .map((line) => Number(line.split(' ')[1]));
  return { read, shown };
}

test('the lag is the sum over partitions and never below 0', async () => {
  const positions = async (topic: string) =>
    topic === 'engagement.activities.v1'
      ? [
          { topic, partition: 0, group: 'profile', end: 10, committed: 4 },
          { topic, partition: 1, group: 'profile', end: 5, committed: 4 },
          { topic, partition: 0, group: 'other', end: 3, committed: 4 },
        ]
      : [{ topic, partition: 0, group: '', end: 10, committed: 10 }];
  expect(await readLag({ positions })).toEqual([
    { topic: 'engagement.activities.v1', group: 'profile', messages: 7 },
    { topic: 'engagement.activities.v1', group: 'other', messages: 0 },
  ]);
});

describe('the lag in the metrics', () => {
  test.each([
    [4_999, 1, [1]],
    [5_000, 1, [1]],
    [5_001, 2, [2]],
  ])('is %d ms later asked %d times', async (ms, times, lag) => {
    const { read, shown } = aProcess(async () => [lagOf(1)]);
    await shown();
    read.mockResolvedValue([lagOf(2)]);
    now += ms;
    expect([await shown(), read.mock.calls.length]).toEqual([lag, times]);
  });

  test('is read once for concurrent scrapes', async () => {
    const { read, shown } = aProcess(async () => [lagOf(1)]);
    expect(await Promise.all([shown(), shown(), shown()])).toEqual([[1], [1], [1]]);
    expect(read).toHaveBeenCalledTimes(1);
  });

  test('has no value while the stream is unavailable', async () => {
    const { read, shown } = aProcess(async () => [lagOf(1)]);
    expect(await shown()).toEqual([1]);
    now += 5_001;
    read.mockRejectedValueOnce(new Error('away'));
    expect(await shown()).toEqual([]);
    expect(await shown()).toEqual([1]);
  });

  test('keeps its last value for a minute while the stream does not respond', async () => {
    const { read, shown } = aProcess(async () => [lagOf(1)]);
    expect(await shown()).toEqual([1]);
    read.mockImplementation(never);
    now += 60_000;
    expect(await shown()).toEqual([1]);
    now += 1;
    expect(await shown()).toEqual([]);
    expect(read).toHaveBeenCalledTimes(2);
  });
});
