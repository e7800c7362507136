import { describe, expect, test } from '@jest/globals';
import { RecentCache, mostRemembered, rememberMs } from '../../src/judge/recent-cache.ts';

function after(count: number): RecentCache<string> {
  const seen = new RecentCache<string>();
  seen.set('first', 'value', 0);
  for (let index = 0; index < count; index++) seen.set(`other-${index}`, 'too', 0);
  return seen;
}

describe('an entry', () => {
  test('is found again', () => {
    const seen = after(0);
    expect([seen.get('first'), seen.get('second')]).toEqual(['value', undefined]);
  });

  test.each([
    [mostRemembered - 1, true],
    [mostRemembered, true],
    [2 * mostRemembered - 1, true],
    [2 * mostRemembered, false],
  ])('is retained after %d other entries: %s', (others, isRemembered) => {
    expect(after(others).get('first') === 'value').toBe(isRemembered);
  });

  test.each([
    [rememberMs - 1, true],
    [rememberMs, true],
    [2 * rememberMs, false],
  ])('is retained after %d ms with few entries: %s', (ms, isRemembered) => {
    const seen = after(0);
    for (let at = rememberMs; at <= ms; at += rememberMs) seen.set(`at-${at}`, 'then', at);
    expect(seen.get('first') === 'value').toBe(isRemembered);
  });
});
