import { describe, expect, test } from '@jest/globals';
import { mostBytesOfBatch, mostLinesOfBatch } from '../../../src/formats/files/batches.ts';
import { unzipped } from '../../../src/formats/files/unzipped.ts';
import { batchesOf } from '../../../src/formats/files/batches.ts';
import { ndjson } from '../../../src/formats/files/ndjson.ts';
import { gzipSync } from 'node:zlib';
import { pieces, readFile } from '../../imports/files.ts';

const line = (number: number) => JSON.stringify({ type: 'page', userId: `user-${number}` });
const linesOf = (count: number, from = 1) => Array.from({ length: count }, (_, index) => line(from + index)).join('\n');

describe('a batch', () => {
  test.each([
    [-1, [mostLinesOfBatch - 1]],
    [0, [mostLinesOfBatch]],
    [1, [mostLinesOfBatch, 1]],
  ])('with %d lines over the limit is split into %j', async (more, batches) => {
    expect((await readFile(linesOf(mostLinesOfBatch + more), { format: 'ndjson' })).batches).toEqual(batches);
  });

  test.each([
    [-1, [3]],
    [0, [2, 1]],
    [1, [2, 1]],
  ])('ends with the line that makes it %d bytes larger than a megabyte: %j', async (more, batches) => {
    const [one, other] = ['x'.repeat(mostBytesOfBatch / 2), 'x'.repeat(mostBytesOfBatch / 2 + more)];
    expect((await readFile([one, other, line(3)].join('\n'), { format: 'ndjson' })).batches).toEqual(batches);
  });

  test('has at most as many lines as the source may send in a second', async () => {
    expect((await readFile(linesOf(5), { format: 'ndjson', mostLines: 2 })).batches).toEqual([2, 2, 1]);
  });
});

describe('a file that is sent again', () => {
  const whole = linesOf(10);
  const storedBodyOf = async (content: string, format: 'ndjson' | 'csv' = 'ndjson') =>
    (await readFile(content, { format })).until;

  test.each([0, 1, 4, 9])('is read from the line after the %d stored lines', async (count) => {
    const stored = await storedBodyOf(linesOf(count));
    const { lines, until } = await readFile(whole, { format: 'ndjson', stored, piece: 11 });
    expect(lines.map(([number]) => number)).toEqual(
      Array.from({ length: 10 - count }, (_, index) => count + index + 1),
    );
    expect(until).toEqual(await storedBodyOf(whole));
  });

  test('has no new lines if it is stored completely', async () => {
    const stored = await storedBodyOf(whole);
    expect(await readFile(whole, { format: 'ndjson', stored })).toEqual({ lines: [], batches: [], until: stored });
  });

  test('that starts after the stored lines has the line numbers of the whole file', async () => {
    const stored = await storedBodyOf(linesOf(4));
    const { lines, until } = await readFile(linesOf(6, 5), { format: 'ndjson', stored, from: 5 });
    expect(lines.map(([number]) => number)).toEqual([5, 6, 7, 8, 9, 10]);
    expect(until).toEqual(await storedBodyOf(whole));
  });

  test('as CSV has its header each time', async () => {
    const [header, ...rows] = ['type,userId', 'page,ada', 'page,"b\nob"', 'page,eve'];
    const stored = await storedBodyOf([header, ...rows.slice(0, 2)].join('\n'), 'csv');
    expect(stored.lines).toBe(4);
    const eve = [[5, { type: 'page', userId: 'eve' }]];
    expect((await readFile([header, ...rows].join('\n'), { format: 'csv', stored })).lines).toEqual(eve);
    expect((await readFile([header, rows[2]].join('\n'), { format: 'csv', stored, from: 5 })).lines).toEqual(eve);
  });

  test.each([
    ['is another file', whole.replace('user-2', 'user-x'), 4],
    ['is shorter than the stored part', linesOf(3), 4],
    ['is empty', '', 1],
    ['is another file of the same length', linesOf(4).replace('user-4', 'user-x'), 4],
  ])('is rejected if it %s', async (_, content, count) => {
    const stored = await storedBodyOf(linesOf(count));
    await expect(readFile(content, { format: 'ndjson', stored })).rejects.toMatchObject({
      status: 400,
      code: 'file-differs',
    });
  });

  test('is rejected if it has several lines instead of one record', async () => {
    const stored = await storedBodyOf('type,userId\npage,ada', 'csv');
    await expect(readFile('type,userId\npage,"a\nda"', { format: 'csv', stored })).rejects.toMatchObject({
      code: 'file-differs',
    });
  });
});

describe('gzip', () => {
  const text = async (content: Buffer | string, { isZipped = false, piece = Infinity } = {}) => {
    const read: Buffer[] = [];
    for await (const bytes of unzipped(pieces(content, piece), isZipped)) read.push(bytes);
    return Buffer.concat(read).toString();
  };

  test.each([Infinity, 1])('is recognised by its first two bytes, in pieces of %d', async (piece) => {
    expect(await text(gzipSync('lines'), { piece })).toBe('lines');
    expect(await text('lines', { piece })).toBe('lines');
    expect(await text('l', { piece })).toBe('l');
  });

  test('may have several members', async () => {
    const two = Buffer.concat([gzipSync('one\n'), gzipSync('two\n')]);
    for (const piece of [Infinity, gzipSync('one\n').length, 7, 1])
      expect(await text(two, { piece })).toBe('one\ntwo\n');
  });

  test.each<[string, Buffer | string, boolean]>([
    ['with invalid data', 'lines', true],
    ['that is truncated', gzipSync('lines').subarray(0, 20), false],
    ['that is truncated in its header', gzipSync('lines').subarray(0, 5), false],
    ['with a wrong checksum', Buffer.concat([gzipSync('lines').subarray(0, -8), Buffer.alloc(8)]), true],
    ['with trailing data', Buffer.concat([gzipSync('lines'), Buffer.from('lines')]), false],
  ])('%s is rejected', async (_, content, isZipped) => {
    for (const piece of [Infinity, gzipSync('lines').length])
      await expect(text(content, { isZipped, piece })).rejects.toMatchObject({
        status: 400,
        code: 'not-gzip',
      });
  });

  test('of an empty file is valid, an empty body is not', async () => {
    expect(await text(gzipSync(''))).toBe('');
    await expect(text('')).rejects.toMatchObject({ status: 400, code: 'file-empty' });
    await expect(text('', { isZipped: true })).rejects.toMatchObject({ status: 400, code: 'file-empty' });
  });

  test('that breaks off in the middle returns the lines before it', async () => {
    const count = 20_000;
    const zipped = gzipSync(linesOf(count));
    const broken = zipped.subarray(0, zipped.length / 2);
    const read: number[] = [];
    const reading = async () => {
      const file = unzipped(pieces(broken, 4_096), false);
      const stretch = { stored: { lines: 0, crc: 0 }, from: 1, mostLines: 500 };
      for await (const { units } of batchesOf(file, ndjson(), stretch))
        read.push(...units.map(({ lines: [first] }) => first!.number));
    };
    await expect(reading()).rejects.toMatchObject({ code: 'not-gzip' });
    expect(read.length).toBeGreaterThan(count / 4);
    expect(read).toEqual(Array.from(read, (_, index) => index + 1));
  });

  test('with a compression ratio of 1000 is read in pieces', async () => {
    const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024, 'x'));
    expect(bomb.length).toBeLessThan(300 * 1024);
    const before = process.memoryUsage().arrayBuffers;
    const { lines } = await readBomb(bomb);
    expect(lines).toEqual([[1, true]]);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(50 * 1024 * 1024);
  });

  async function readBomb(bomb: Buffer) {
    const lines: [number, boolean][] = [];
    const stretch = { stored: { lines: 0, crc: 0 }, from: 1, mostLines: 500 };
    for await (const batch of batchesOf(unzipped(pieces(bomb, 4_096), false), ndjson(), stretch))
      for (const unit of batch.units)
        lines.push(...unit.lines.map(({ number, isTooLong }): [number, boolean] => [number, isTooLong]));
    return { lines };
  }
});
