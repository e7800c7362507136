import { describe, expect, it } from '@jest/globals';
import { readOptions } from './options.ts';

describe('options', () => {
  it('default to a random seed and a hundred shoppers', () => {
    expect(readOptions([])).toEqual({ seed: expect.any(Number), shoppers: 100 });
    expect(readOptions(['--seed', '7', '--shoppers=20'])).toEqual({ seed: 7, shoppers: 20 });
  });

  it.each([[['--seed', 'x']], [['--shoppers', '3']], [['--shoppers', '401']], [['more']], [['--fast']]])(
    'must not be %p',
    (args) => {
      expect(() => readOptions(args)).toThrow('npm run demo -- [--seed');
    },
  );
});
