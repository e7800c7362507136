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
  test('logs once that the work fails and once that it works again', async () => {
    const { lines, trying } = aTry();
    let failures = 3;
    const result = await retryWithLog(async () => {
      if (failures-- > 0) throw new Error(`failure ${failures}`);
      return 'done';
    }, trying);
    expect(result).toBe('done');
    expect(lines).toEqual(['reader: failed, retrying: failure 2', 'reader: works again']);
  });

  test('logs nothing if the work succeeds', async () => {
    const { lines, trying } = aTry();
    await retryWithLog(async (onWorking) => onWorking(), trying);
    expect(lines).toEqual([]);
  });

  test('logs both again for the next failure of long-running work', async () => {
    const { lines, trying } = aTry();
    const attempts = ['fails at once', 'is interrupted', 'ends'];
    await retryWithLog(async (onWorking) => {
      const attempt = attempts.shift();
      if (attempt === 'fails at once') throw new Error('first');
      onWorking();
      if (attempt === 'is interrupted') throw new Error('second');
    }, trying);
    expect(lines).toEqual([
      'reader: failed, retrying: first',
      'reader: works again',
      'reader: failed, retrying: second',
      'reader: works again',
    ]);
  });

  test('throws a permanent error', async () => {
    const { trying } = aTry();
    const work = async () => {
      throw new Error('wrong credentials');
    };
    await expect(retryWithLog(work, { ...trying, isPermanent: () => true })).rejects.toThrow('wrong credentials');
  });

  test('stops during a pause', async () => {
    const { trying, closing } = aTry();
    const ended = retryWithLog(async () => {
      throw new Error('unavailable');
    }, trying);
    closing.abort();
    await expect(ended).rejects.toThrow();
  });
});
