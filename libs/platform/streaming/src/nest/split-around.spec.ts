import { describe, expect, it } from '@jest/globals';
import { splitAround } from './split-around.ts';

const isText = (one: number | string): one is string => typeof one === 'string';

describe('a batch that is split around some of its events', () => {
  it('has them alone, and the others together, in their order', () => {
    expect(splitAround([1, 2, 'a', 'b', 3, 'c'], isText)).toEqual([[1, 2], 'a', 'b', [3], 'c']);
  });

  it('stays as it is without such events', () => {
    const batch = [1, 2];
    expect(splitAround<number | string, string>(batch, isText)[0]).toBe(batch);
  });
});
