import { describe, expect, jest, test } from '@jest/globals';
import { getEventListeners } from 'node:events';
import { gate } from './testing/gate.ts';
import { unlessAborted, within } from './waiting.ts';

describe('unlessAborted', () => {
  test('returns the result or the error without an abort', async () => {
    const { signal } = new AbortController();
    await expect(unlessAborted(signal, Promise.resolve('done'))).resolves.toBe('done');
    await expect(unlessAborted(signal, Promise.reject(new Error('boom')))).rejects.toThrow('boom');
  });

  test('returns undefined as soon as the signal is aborted, or if it was aborted before', async () => {
    const [abort, never] = [new AbortController(), gate()];
    const waiting = unlessAborted(abort.signal, never.opened);
    abort.abort();
    await expect(waiting).resolves.toBeUndefined();
    await expect(unlessAborted(abort.signal, never.opened)).resolves.toBeUndefined();
  });

  test('leaves no listener on the signal, which outlives thousands of batches', async () => {
    const { signal } = new AbortController();
    for (let batch = 0; batch < 100; batch++) await unlessAborted(signal, Promise.resolve());
    await unlessAborted(signal, Promise.reject(new Error('boom'))).catch(() => undefined);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});

describe('within', () => {
  test('returns the result in time, and undefined after the limit', async () => {
    jest.useFakeTimers();
    const never = gate();
    const waiting = within(1_000, never.opened);
    await jest.advanceTimersByTimeAsync(1_000);
    await expect(waiting).resolves.toBeUndefined();
    await expect(within(1_000, Promise.resolve('done'))).resolves.toBe('done');
    expect(jest.getTimerCount()).toBe(0);
    jest.useRealTimers();
  });
});
