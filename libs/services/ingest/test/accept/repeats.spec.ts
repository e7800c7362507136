import { describe, expect, test } from '@jest/globals';
import { mostRemembered, rememberMs, Repeats } from '../../src/accept/repeats.ts';

function after(count: number): Repeats {
  const repeats = new Repeats();
  repeats.add('first', 0);
  for (let index = 0; index < count; index++) repeats.add(`other-${index}`, 0);
  return repeats;
}

describe('an activity that was published', () => {
  test('is a repeat when it comes again', () => {
    const repeats = after(0);
    expect([repeats.has('first'), repeats.has('second')]).toEqual([true, false]);
  });

  test.each([
    [mostRemembered - 1, true],
    [mostRemembered, true],
    [2 * mostRemembered - 1, true],
    [2 * mostRemembered, false],
  ])('is remembered after %d others: %s', (others, isRemembered) => {
    expect(after(others).has('first')).toBe(isRemembered);
  });

  test.each([
    [rememberMs - 1, true],
    [rememberMs, true],
    [2 * rememberMs, false],
  ])('is remembered after %d ms, in which little came: %s', (ms, isRemembered) => {
    const repeats = after(0);
    for (let at = rememberMs; at <= ms; at += rememberMs) repeats.add(`at-${at}`, at);
    expect(repeats.has('first')).toBe(isRemembered);
  });
});
