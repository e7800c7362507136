import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { clean } from '../../src/judge/clean.ts';
import { inspect } from '../../src/judge/inspect.ts';
import { deepestLevel } from '../../src/judge/limits.ts';
import { anEventOfDepth } from '../builders.ts';

/** Any JSON value, with unusual characters and keys. */
const json = fc
  .jsonValue({ stringUnit: 'binary', maxDepth: 6 })
  .map((value) => JSON.parse(JSON.stringify(value)) as unknown);
const odd = fc.oneof(
  json,
  fc.constantFrom('\u0000', '\ud800', '🎁', '\u0001'.repeat(50)).map((text) => ({ [text]: [text] })),
  fc.constant(JSON.parse('{"__proto__":{"a":1}}') as unknown),
);

describe('the inspection of a JSON value', () => {
  test('never underestimates its size', () => {
    fc.assert(
      fc.property(odd, (value) => {
        expect(inspect(value).mostBytes).toBeGreaterThanOrEqual(Buffer.byteLength(JSON.stringify(clean(value))));
      }),
    );
  });

  test('finds everything that needs cleaning', () => {
    fc.assert(
      fc.property(odd, (value) => {
        if (!inspect(value).needsCleaning) expect(JSON.stringify(clean(value))).toBe(JSON.stringify(value));
      }),
    );
  });

  test.each(['text', 5, true, null, [], {}, [1, [2]], { a: { b: 'ä' } }])('finds nothing in %j', (value) => {
    expect(inspect(value)).toMatchObject({ isTooDeep: false, needsCleaning: false });
  });

  test.each([
    [deepestLevel - 1, false],
    [deepestLevel, false],
    [deepestLevel + 1, true],
    [100_000, true],
  ])('of %d levels: too deep is %s', (levels, isTooDeep) => {
    expect(inspect(anEventOfDepth(levels)).isTooDeep).toBe(isTooDeep);
  });
});
