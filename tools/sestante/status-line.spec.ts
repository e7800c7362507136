import { describe, expect, it } from '@jest/globals';
import { bar, statusLine } from './status-line.ts';

function given(isTTY: boolean, plainEveryMs?: number) {
  let now = 0;
  const written: string[] = [];
  const output = { isTTY, columns: 10, write: (text: string | Uint8Array) => written.push(String(text)) > 0 };
  const line = statusLine({ output, now: () => now, ...(plainEveryMs ? { plainEveryMs } : {}) });
  return { line, written, pass: (ms: number) => (now += ms) };
}

describe('a status line', () => {
  it('is one line on a terminal, cut to its width, and is erased by a printed line', () => {
    const { line, written } = given(true);
    line.show('a very long text');
    line.print('done');
    expect(written.join('')).toBe('\r\u001b[2Ka very lo\r\u001b[2Kdone\n');
  });

  it('is printed every three seconds without a terminal', () => {
    const { line, written, pass } = given(false);
    line.show('1');
    line.show('2');
    pass(3_000);
    line.show('3');
    line.clear();
    expect(written).toEqual(['1\n', '3\n']);
  });

  it('can be disabled without a terminal', () => {
    const { line, written } = given(false, Number.POSITIVE_INFINITY);
    line.show('1');
    line.print('2');
    expect(written).toEqual(['2\n']);
  });
});

describe('a bar', () => {
  it.each([
    [-1, '░░░░'],
    [0.5, '██░░'],
    [1, '████'],
    [7, '████'],
  ])('of %d', (share, drawn) => expect(bar(share, 4)).toBe(drawn));
});
