import { describe, expect, test } from '@jest/globals';
import { Problem } from '@sestante/runtime';
import { retryDuringOutage } from '../../src/imports/retry-during-outage.ts';

const signal = new AbortController().signal;
const noDatabase = () => Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
const noStream = () => new Problem(503, 'stream-unavailable', 'The events could not be stored.');
const rateLimited = () => new Problem(429, 'rate-limited', 'Slowly.', 1);

/** Fails `times` times, and counts the calls. */
function failing(times: number, error: () => Error) {
  let done = 0;
  return {
    work: async () => {
      done += 1;
      if (done <= times) throw error();
      return 'done';
    },
    count: () => done,
  };
}

describe('work during an outage', () => {
  test.each([
    ['the database is unavailable', noDatabase],
    ['the stream is unavailable', noStream],
    ['the source exceeds its rate limit', rateLimited],
  ])('is retried while %s', async (_, error) => {
    const { work, count } = failing(1, error);
    expect([await retryDuringOutage(work, { signal, outageMs: 60_000 }), count()]).toEqual(['done', 2]);
  });

  test.each([
    [1_500, 3],
    [500, 2],
  ])('is retried for %d ms of an outage: %d times', async (outageMs, times) => {
    const { work, count } = failing(10, noStream);
    await expect(retryDuringOutage(work, { signal, outageMs })).rejects.toMatchObject({ code: 'stream-unavailable' });
    expect(count()).toBe(times);
  });

  test('is retried without a limit while the source exceeds its rate limit', async () => {
    const { work, count } = failing(2, rateLimited);
    expect([await retryDuringOutage(work, { signal, outageMs: 0 }), count()]).toEqual(['done', 3]);
  });

  test('is not retried after another error', async () => {
    const { work, count } = failing(1, () => new Problem(401, 'key-unknown', 'No.'));
    await expect(retryDuringOutage(work, { signal, outageMs: 60_000 })).rejects.toMatchObject({ status: 401 });
    expect(count()).toBe(1);
  });

  test('ends with its signal, also during a pause', async () => {
    const ending = new AbortController();
    const { work, count } = failing(10, () => new Problem(429, 'rate-limited', 'Slowly.', 3_600));
    const waiting = retryDuringOutage(work, { signal: ending.signal, outageMs: 60_000 });
    setTimeout(() => ending.abort(new Problem(503, 'stopping', 'The service is shutting down.')), 20);
    await expect(waiting).rejects.toMatchObject({ code: 'stopping' });
    expect(count()).toBe(1);
  });
});
