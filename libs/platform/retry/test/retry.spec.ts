import { describe, expect, test } from '@jest/globals';
import { retry } from '../src/index.ts';

const backoff = { minMs: 1, maxMs: 2 };

/** Work that fails with the given errors, one after the other, and then succeeds. */
function failing(...errors: Error[]) {
  const attempts: number[] = [];
  const work = async () => {
    attempts.push(attempts.length + 1);
    const error = errors.shift();
    if (error) throw error;
    return 'done';
  };
  return { work, attempts };
}

const failures = (count: number) => Array.from({ length: count }, (_, index) => new Error(`failure ${index + 1}`));

describe('retry', () => {
  test('resolves to the result of the first attempt that succeeds', async () => {
    const { work, attempts } = failing(...failures(3));
    expect(await retry(work, { backoff })).toBe('done');
    expect(attempts).toEqual([1, 2, 3, 4]);
  });

  test.each([
    [2, 'failure 2'],
    [3, 'failure 3'],
  ])('throws the last error after %d attempts', async (maxAttempts, message) => {
    const { work, attempts } = failing(...failures(3));
    await expect(retry(work, { backoff, maxAttempts })).rejects.toThrow(message);
    expect(attempts.length).toBe(maxAttempts);
  });

  test('makes exactly as many attempts as are allowed', async () => {
    expect(await retry(failing(...failures(3)).work, { backoff, maxAttempts: 4 })).toBe('done');
  });

  test('throws an error that is not retriable at once', async () => {
    const { work, attempts } = failing(new Error('wrong password'));
    await expect(retry(work, { isRetriable: () => false })).rejects.toThrow('wrong password');
    expect(attempts).toEqual([1]);
  });

  test.each([
    [59_999, [1]],
    [60_000, [1]],
  ])('makes no pause that would exceed the maximum of %d ms', async (maxElapsedMs, expected) => {
    const { work, attempts } = failing(...failures(1));
    await expect(retry(work, { maxElapsedMs, pauseMsOf: () => 60_001 })).rejects.toThrow('failure 1');
    expect(attempts).toEqual(expected);
  });

  test('pauses as long as the error requests', async () => {
    const { work } = failing(...failures(1));
    const asked: unknown[] = [];
    await retry(work, { pauseMsOf: (error) => (asked.push(error), 0) });
    expect(asked).toEqual([new Error('failure 1')]);
  });

  test('counts failures in a row, and restarts the count after progress', async () => {
    const counts: number[] = [];
    let attempt = 0;
    await retry(
      async (progress) => {
        attempt += 1;
        if (attempt === 3) progress();
        if (attempt < 5) throw new Error();
      },
      { backoff, onFailure: (_, count) => counts.push(count) },
    );
    expect(counts).toEqual([1, 2, 1, 2]);
  });

  test('does not start if its signal is aborted', async () => {
    const { work, attempts } = failing();
    await expect(retry(work, { signal: AbortSignal.abort(new Error('stopping')) })).rejects.toThrow('stopping');
    expect(attempts).toEqual([]);
  });

  test('ends during a pause with the reason of its signal', async () => {
    const closing = new AbortController();
    const { work, attempts } = failing(...failures(9));
    const trying = retry(work, {
      signal: closing.signal,
      pauseMsOf: () => 3_600_000,
      onFailure: () => setTimeout(() => closing.abort(new Error('stopping'))),
    });
    await expect(trying).rejects.toThrow('stopping');
    expect(attempts).toEqual([1]);
  });

  test('throws the error of the attempt during which its signal was aborted', async () => {
    const closing = new AbortController();
    const trying = retry(
      async () => {
        closing.abort();
        throw new Error('connection lost');
      },
      { signal: closing.signal },
    );
    await expect(trying).rejects.toThrow('connection lost');
  });
});
