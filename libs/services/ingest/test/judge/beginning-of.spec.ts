import { expect, test } from '@jest/globals';
import { beginningOf } from '../../src/judge/beginning-of.ts';

test.each([
  ['abc', 2, 'ab'],
  ['abc', 3, 'abc'],
  ['abc', 4, 'abc'],
  ['', 0, ''],
  ['\ud83d\ude00é注', 3, '\ud83d\ude00é'],
  ['a\ud83d\ude00', 2, 'a\ud83d'],
])('of %j, the first %i characters are %j', (text, length, beginning) => {
  expect(beginningOf(text, length)).toBe(beginning);
});
