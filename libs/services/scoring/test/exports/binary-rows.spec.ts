import { describe, expect, it } from '@jest/globals';
import { binaryColumns } from '../../src/exports/binary-rows.ts';

const header = Buffer.concat([Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'), Buffer.alloc(8)]);
const end = Buffer.from([0xff, 0xff]);

function field(value: string | number | null): Buffer {
  if (value === null) return Buffer.from([0xff, 0xff, 0xff, 0xff]);
  const bytes = typeof value === 'string' ? Buffer.from(value) : Buffer.alloc(8);
  if (typeof value === 'number') bytes.writeDoubleBE(value);
  const length = Buffer.alloc(4);
  length.writeInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}
const row = (text: string | null, number: number | null) =>
  Buffer.concat([Buffer.from([0, 2]), field(text), field(number)]);

async function read(bytes: Buffer, { piece, most = 10 }: { piece: number; most?: number }) {
  async function* pieces() {
    for (let start = 0; start < bytes.length; start += piece) yield bytes.subarray(start, start + piece);
  }
  const groups = [];
  for await (const columns of binaryColumns(pieces(), ['text', 'double'], most)) groups.push(columns);
  return groups;
}

const rows = Buffer.concat([header, row('ä', 1.5), row(null, null), row('', -0.1), end]);

describe('rows in binary', () => {
  it.each([1, 2, 3, 7, 19, 1_000])('are read from pieces of %i bytes', async (piece) => {
    expect(await read(rows, { piece })).toEqual([
      [
        ['ä', null, ''],
        [1.5, null, -0.1],
      ],
    ]);
  });

  it.each([
    [2, [2, 1]],
    [3, [3]],
    [4, [3]],
  ])('come in groups of at most %i', async (most, lengths) => {
    const groups = await read(rows, { piece: 1_000, most });
    expect(groups.map(([texts]) => texts!.length)).toEqual(lengths);
  });

  it('may be none', async () => {
    expect(await read(Buffer.concat([header, end]), { piece: 5 })).toEqual([]);
  });
});
