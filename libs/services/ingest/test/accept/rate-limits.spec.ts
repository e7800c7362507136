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
  pagesMayLink: false,
  timeZone: null,
  country: null,
  consentCategories: {},
  origins: [],
  eventsPerSecond: 100,
  ...over,
});

/** The seconds after which it may send again; undefined if it may send now. */
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

describe('a source with a limit of 100 events per second', () => {
  test.each([
    [98, undefined],
    [99, undefined],
    [100, 1],
  ])('after %d events in a second waits %j seconds', (sent, wait) => {
    const limits = new RateLimits();
    for (let index = 0; index < sent; index++) expect(waitOf(limits, 0)).toBeUndefined();
    expect(waitOf(limits, 0)).toBe(wait);
  });

  test('may send one more event every 10 ms', () => {
    const limits = new RateLimits();
    waitOf(limits, 0, { events: 100 });
    expect([waitOf(limits, 9), waitOf(limits, 10), waitOf(limits, 10)]).toEqual([1, undefined, 1]);
  });

  test('accumulates at most one second of unused quota', () => {
    const limits = new RateLimits();
    waitOf(limits, 0);
    for (let index = 0; index < 100; index++) expect(waitOf(limits, 60_000)).toBeUndefined();
    expect(waitOf(limits, 60_000)).toBe(1);
  });

  test('may send a whole batch, and waits afterwards', () => {
    const limits = new RateLimits();
    expect(waitOf(limits, 0, { events: 450 })).toBeUndefined();
    expect(waitOf(limits, 0)).toBe(4);
    expect(waitOf(limits, 3_500)).toBe(1);
    expect(waitOf(limits, 3_600)).toBeUndefined();
  });

  test('is not slowed down by another source', () => {
    const limits = new RateLimits();
    waitOf(limits, 0, { events: 1_000 });
    expect(waitOf(limits, 0, { by: sender({ id: 'shop' }) })).toBeUndefined();
  });
});

test('a source without a limit is never slowed down', () => {
  const limits = new RateLimits();
  for (let index = 0; index < 10; index++)
    expect(waitOf(limits, 0, { events: 5_000, by: sender({ eventsPerSecond: null }) })).toBeUndefined();
});

test('a source whose limit is changed has a new quota', () => {
  const limits = new RateLimits();
  expect(waitOf(limits, 0, { events: 5_000 })).toBeUndefined();
  expect(waitOf(limits, 0)).toBe(50);
  expect(waitOf(limits, 0, { by: sender({ eventsPerSecond: 100_000 }) })).toBeUndefined();
});
