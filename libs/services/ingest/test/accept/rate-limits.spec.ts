import { describe, expect, test } from '@jest/globals';
import { Problem } from '@sestante/runtime';
import { RateLimits } from '../../src/accept/rate-limits.ts';
import { claimableKinds, type Sender } from '../../src/types/source.ts';

const sender = (over: Partial<Sender> = {}): Sender => ({
  id: 'till',
  name: 'the till',
  channel: 'store',
  claims: claimableKinds,
  keyKind: 'secret',
  isPaused: false,
  isStrict: false,
  timeZone: null,
  origins: [],
  eventsPerSecond: 100,
  ...over,
});

/** The seconds after which it may send again; undefined where it may now. */
function waitOf(limits: RateLimits, at: number, { events = 1, by = sender() } = {}): number | undefined {
  try {
    limits.take(by, events, at);
    return undefined;
  } catch (error) {
    expect(error).toBeInstanceOf(Problem);
    expect(error).toMatchObject({ status: 429, code: 'rate-limited', message: expect.stringContaining('100') });
    return (error as Problem).retryAfterSeconds;
  }
}

describe('a source that may send 100 events a second', () => {
  test.each([
    [98, undefined],
    [99, undefined],
    [100, 1],
  ])('has sent %d within a second: it waits %j seconds with the next', (sent, wait) => {
    const limits = new RateLimits();
    for (let index = 0; index < sent; index++) expect(waitOf(limits, 0)).toBeUndefined();
    expect(waitOf(limits, 0)).toBe(wait);
  });

  test('may send again as time passes, an event each 10 ms', () => {
    const limits = new RateLimits();
    waitOf(limits, 0, { events: 100 });
    expect([waitOf(limits, 9), waitOf(limits, 10), waitOf(limits, 10)]).toEqual([1, undefined, 1]);
  });

  test('gathers no more than a second of rest', () => {
    const limits = new RateLimits();
    waitOf(limits, 0);
    for (let index = 0; index < 100; index++) expect(waitOf(limits, 60_000)).toBeUndefined();
    expect(waitOf(limits, 60_000)).toBe(1);
  });

  test('gets a batch through whole, and pays for it afterwards', () => {
    const limits = new RateLimits();
    expect(waitOf(limits, 0, { events: 450 })).toBeUndefined();
    expect(waitOf(limits, 0)).toBe(4);
    expect(waitOf(limits, 3_500)).toBe(1);
    expect(waitOf(limits, 3_600)).toBeUndefined();
  });

  test('is not held up by another', () => {
    const limits = new RateLimits();
    waitOf(limits, 0, { events: 1_000 });
    expect(waitOf(limits, 0, { by: sender({ id: 'shop' }) })).toBeUndefined();
  });
});

test('a source without a limit sends as much as it likes', () => {
  const limits = new RateLimits();
  for (let index = 0; index < 10; index++)
    expect(waitOf(limits, 0, { events: 5_000, by: sender({ eventsPerSecond: null }) })).toBeUndefined();
});

test('a source whose limit is changed begins anew', () => {
  const limits = new RateLimits();
  expect(waitOf(limits, 0, { events: 5_000 })).toBeUndefined();
  expect(waitOf(limits, 0)).toBe(50);
  expect(waitOf(limits, 0, { by: sender({ eventsPerSecond: 100_000 }) })).toBeUndefined();
});
