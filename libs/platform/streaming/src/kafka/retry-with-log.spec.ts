import { describe, expect, test } from '@jest/globals';
import { retryWithLog } from './retry-with-log.ts';

const aTry = () => {
  const [lines, closing]: [string[], AbortController] = [[], new AbortController()];
  return {
    lines,
    closing,
    trying: { name: 'reader', log: (line: string) => lines.push(line), closing: closing.signal },
  };
};

describe('retryWithLog', () => {
  test('says once that work fails, and once that it works again', async () => {
    const { lines, trying } = aTry();
    let failures = 3;
    const result = await retryWithLog(async () => {
      if (failures-- > 0) throw new Error(`failure ${failures}`);
      return 'done';
    }, trying);
    expect(result).toBe('done');
    expect(lines).toEqual(['reader: interrupted, is being tried again (failure 2)', 'reader: works again']);
  });

  test('says nothing when all is well', async () => {
    const { lines, trying } = aTry();
    await retryWithLog(async (onWorking) => onWorking(), trying);
    expect(lines).toEqual([]);
  });

  test('says both again for the next interruption of long work', async () => {
    const { lines, trying } = aTry();
    const lives = ['fails at once', 'is interrupted', 'ends'];
    await retryWithLog(async (onWorking) => {
      const life = lives.shift();
      if (life === 'fails at once') throw new Error('first');
      onWorking();
      if (life === 'is interrupted') throw new Error('second');
    }, trying);
    expect(lines).toEqual([
      'reader: interrupted, is being tried again (first)',
      'reader: works again',
      'reader: interrupted, is being tried again (second)',
      'reader: works again',
    ]);
  });

  test('throws what no waiting mends', async () => {
    const { trying } = aTry();
    const work = async () => {
      throw new Error('wrong credentials');
    };
    await expect(retryWithLog(work, { ...trying, isPermanent: () => true })).rejects.toThrow('wrong credentials');
  });

  test('ends while it waits', async () => {
    const { trying, closing } = aTry();
    const ended = retryWithLog(async () => {
      throw new Error('away');
    }, trying);
    closing.abort();
    await expect(ended).rejects.toThrow();
  });
});
