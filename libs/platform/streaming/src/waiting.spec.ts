import { describe, expect, jest, test } from '@jest/globals';
import { getEventListeners } from 'node:events';
import { gate } from './testing/gate.ts';
import { unlessAborted, within } from './waiting.ts';

describe('work that a signal ends the waiting for', () => {
  test('gives its result, or its error, where nobody aborts', async () => {
    const { signal } = new AbortController();
    await expect(unlessAborted(signal, Promise.resolve('done'))).resolves.toBe('done');
    await expect(unlessAborted(signal, Promise.reject(new Error('boom')))).rejects.toThrow('boom');
  });

  test('gives nothing as soon as the signal is aborted, or where it was aborted before', async () => {
    const [abort, never] = [new AbortController(), gate()];
    const waiting = unlessAborted(abort.signal, never.opened);
    abort.abort();
    await expect(waiting).resolves.toBeUndefined();
    await expect(unlessAborted(abort.signal, never.opened)).resolves.toBeUndefined();
  });

  test('leaves nothing on the signal, which outlives thousands of batches', async () => {
    const { signal } = new AbortController();
    for (let batch = 0; batch < 100; batch++) await unlessAborted(signal, Promise.resolve());
    await unlessAborted(signal, Promise.reject(new Error('boom'))).catch(() => undefined);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});

describe('work that has so long', () => {
  test('gives its result in time, and nothing when it is late', async () => {
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
