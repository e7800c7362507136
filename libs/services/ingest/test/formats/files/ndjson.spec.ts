import { describe, expect, test } from '@jest/globals';
import { keptBytesOfLongLine, longestLineBytes } from '../../../src/formats/files/line.ts';
import { ndjson } from '../../../src/formats/files/ndjson.ts';
import { pieces, readFile } from '../../imports/files.ts';
import { Splitter } from '../../../src/formats/files/splitter.ts';

const ada = { type: 'page', userId: 'ada' };
const bob = { type: 'page', userId: 'bob' };
const [adaLine, bobLine] = [JSON.stringify(ada), JSON.stringify(bob)];
const both = [
  [1, ada],
  [2, bob],
];

describe.each([[Infinity], [7], [1]])('in pieces of %d bytes', (piece) => {
  test.each<[string, string | Buffer, unknown[]]>([
    ['two lines', `${adaLine}\n${bobLine}\n`, both],
    ['a last line without an end', `${adaLine}\n${bobLine}`, both],
    ['Windows line ends', `${adaLine}\r\n${bobLine}\r\n`, both],
    ['a byte order mark', `\ufeff${adaLine}\n${bobLine}`, both],
    [
      'blank lines, which count',
      `\n${adaLine}\n \t\n\r\n${bobLine}\n\n`,
      [
        [2, ada],
        [5, bob],
      ],
    ],
    ['only blank lines', '\n \r\n\n', []],
    ['nothing', '', []],
    [
      'a line that is not JSON',
      `${adaLine}\n{"type":\n${bobLine}`,
      [
        [1, ada],
        [2, 'not-json'],
        [3, bob],
      ],
    ],
    [
      'a line that is not UTF-8',
      Buffer.concat([Buffer.from('{"type":"page","userId":"'), Buffer.from([0xe9]), Buffer.from(`"}\n${bobLine}`)]),
      [
        [1, 'not-utf8'],
        [2, bob],
      ],
    ],
    ['characters of several bytes', '{"type":"page","userId":"Zoë 👩‍🚀"}', [[1, { type: 'page', userId: 'Zoë 👩‍🚀' }]]],
    [
      'JSON that is no object',
      '5\n"text"\n[]\nnull',
      [
        [1, 5],
        [2, 'text'],
        [3, []],
        [4, null],
      ],
    ],
  ])('%s', async (_, content, lines) => {
    expect((await readFile(content, { format: 'ndjson', piece })).lines).toEqual(lines);
  });
});

describe('an event of a line', () => {
  const eventOf = async (event: object) =>
    (await readFile(JSON.stringify(event), { format: 'ndjson' })).lines[0]![1] as object;

  test.each([
    ['with an event name is a track', { event: 'Order Completed' }, { event: 'Order Completed', type: 'track' }],
    [
      'with an event name and an empty type is a track',
      { type: '', event: 'Order Completed' },
      { event: 'Order Completed', type: 'track' },
    ],
    ['with a type keeps it', { type: 'identify', event: 'x' }, { type: 'identify', event: 'x' }],
    ['with neither is unchanged', { userId: 'ada' }, { userId: 'ada' }],
    [
      'has the corrected time, not that of the device',
      { type: 'page', timestamp: '2025-01-01', originalTimestamp: '1999-01-01', sentAt: '2025-01-02' },
      { type: 'page', timestamp: '2025-01-01' },
    ],
    [
      'has the time of the device if there is no other',
      { type: 'page', timestamp: null, originalTimestamp: '2025-01-01', sentAt: '2025-01-02' },
      { type: 'page', timestamp: '2025-01-01' },
    ],
  ])('%s', async (_, event, read) => {
    expect(await eventOf(event)).toEqual(read);
  });

  test('cannot set a prototype', async () => {
    const { lines } = await readFile('{"type":"page","__proto__":{"isAdmin":true}}', { format: 'ndjson' });
    expect(lines).toEqual([[1, { type: 'page' }]]);
  });
});

describe('a line', () => {
  const line = (bytes: number) => `"${'x'.repeat(bytes - 2)}"`;

  test.each([
    [-1, false],
    [0, false],
    [1, true],
  ])('with %d bytes over the limit is too long: %j', async (more, isTooLong) => {
    for (const piece of [Infinity, 100_000]) {
      const { lines } = await readFile(`${adaLine}\n${line(longestLineBytes + more)}\n${bobLine}`, {
        format: 'ndjson',
        piece,
      });
      expect(lines.map(([number]) => number)).toEqual([1, 2, 3]);
      expect(lines[1]![1] === 'line-too-long').toBe(isTooLong);
    }
  });

  test('that is too long is retained only in part', async () => {
    const splitter = new Splitter(ndjson(), 1);
    const megabyte = Buffer.alloc(1024 * 1024, 'x');
    const before = process.memoryUsage().arrayBuffers;
    for (let count = 0; count < 200; count += 1) expect([...splitter.push(megabyte)]).toEqual([]);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(50 * 1024 * 1024);
    const [long, next] = [...splitter.push(Buffer.from(`x\n${adaLine}\n`))];
    expect([long!.isTooLong, long!.bytes.length, long!.number]).toEqual([true, keptBytesOfLongLine, 1]);
    expect([next!.isTooLong, next!.number]).toEqual([false, 2]);
  });

  test('that is too long may be the last one, without a line end', async () => {
    for await (const piece of pieces(line(longestLineBytes + 1), 64 * 1024)) expect(piece.length).toBeGreaterThan(0);
    const { lines } = await readFile(line(longestLineBytes + 1), { format: 'ndjson', piece: 64 * 1024 });
    expect(lines).toEqual([[1, 'line-too-long']]);
  });
});
