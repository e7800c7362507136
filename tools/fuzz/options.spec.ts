import { expect, test } from '@jest/globals';
import { readOptions } from './options.ts';

test.each([
  [[], { requests: 20_000, seed: expect.any(Number) }],
  [['--requests', '5', '--seed', '7'], { requests: 5, seed: 7 }],
])('parses %j', (args, options) => {
  expect(readOptions(args)).toEqual(options);
});

test.each([[['--requests', '-1']], [['--requests', '0x10']], [['--seed', '']], [['--lanes', '2']], [['5']]])(
  'rejects %j with the usage',
  (args) => {
    expect(() => readOptions(args)).toThrow('npm run fuzz -- [--requests <whole number>]');
  },
);
