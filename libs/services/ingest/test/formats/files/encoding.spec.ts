import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decoded } from '../../../src/formats/files/encoding.ts';
import type { Encoding } from '../../../src/formats/files/mapping.ts';
import { pieces, readMapped } from '../../imports/files.ts';

const swapped = (text: string) => Buffer.from(text, 'utf16le').swap16();
const windows = (text: string) => Buffer.from(text.replaceAll('€', '\u0080').replaceAll('–', '\u0096'), 'latin1');
const file = 'event;userId;city\na.b;ada;Köln €\na.b;böb;–\n';
const events = [
  [2, { type: 'track', event: 'a.b', userId: 'ada', properties: { city: 'Köln €' } }],
  [3, { type: 'track', event: 'a.b', userId: 'böb', properties: { city: '–' } }],
];

const read = async (content: Buffer, encoding: Encoding = 'auto', piece?: number) =>
  (await readMapped(content, { encoding }, piece === undefined ? {} : { piece })).lines.map((line) => [
    line.number,
    'event' in line ? line.event : line.code,
  ]);

describe.each([[undefined], [7], [1]])('in pieces of %s bytes', (piece) => {
  test.each<[string, Encoding, Buffer]>([
    ['UTF-8', 'auto', Buffer.from(file)],
    ['UTF-8 with a mark', 'auto', Buffer.from(`\ufeff${file}`)],
    ['UTF-8 with a byte order mark and another given encoding', 'windows-1252', Buffer.from(`\ufeff${file}`)],
    ['UTF-16 with a mark', 'auto', Buffer.from(`\ufeff${file}`, 'utf16le')],
    ['UTF-16 with a mark, the other way round', 'auto', swapped(`\ufeff${file}`)],
    ['UTF-16 with a byte order mark and another given byte order', 'utf-16be', Buffer.from(`\ufeff${file}`, 'utf16le')],
    ['UTF-16 in little-endian order', 'utf-16le', Buffer.from(file, 'utf16le')],
    ['UTF-16 in big-endian order', 'utf-16be', swapped(file)],
    ['Windows-1252', 'windows-1252', windows(file)],
    ['Latin-1, which browsers read as Windows-1252', 'iso-8859-1', windows(file)],
  ])('a file in %s is read', async (_, encoding, content) => {
    expect(await read(content, encoding, piece)).toEqual(events);
  });

  test('a line that is not UTF-8 is rejected with a hint, and stored unchanged', async () => {
    const { lines } = await readMapped(windows(file), {}, piece === undefined ? {} : { piece });
    expect(lines).toMatchObject([
      { number: 2, code: 'not-utf8', reason: expect.stringContaining('encoding=windows-1252') },
      { number: 3, code: 'not-utf8', bytes: windows('a.b;böb;–') },
    ]);
  });

  test('a line of UTF-16 with half a character is rejected, also at the end of the file', async () => {
    const half = Buffer.concat([Buffer.from('\ufeffevent;userId\na.b;', 'utf16le'), Buffer.from([0x00, 0xd8])]);
    const rest = Buffer.from('\na.b;bob', 'utf16le');
    expect(await read(Buffer.concat([half, rest]), 'auto', piece)).toEqual([
      [2, 'encoding-wrong'],
      [3, { type: 'track', event: 'a.b', userId: 'bob' }],
    ]);
    expect(await read(Buffer.concat([half, rest, Buffer.from([0x0a])]), 'auto', piece)).toEqual([
      [2, 'encoding-wrong'],
      [3, 'encoding-wrong'],
    ]);
  });
});

test.each([0x81, 0x8d, 0x8f, 0x90, 0x9d])('a byte that is undefined in Windows-1252, %d, is rejected', async (byte) => {
  const content = Buffer.concat([
    Buffer.from('event;userId\na.b;m'),
    Buffer.from([byte]),
    Buffer.from('nchen\na.b;ada'),
  ]);
  expect(await read(content, 'windows-1252')).toEqual([
    [2, 'encoding-wrong'],
    [3, { type: 'track', event: 'a.b', userId: 'ada' }],
  ]);
});

test('names that differ in one letter are two persons', async () => {
  const content = Buffer.from('event;userId\na.b;böhm\na.b;bähm', 'latin1');
  expect(await read(content)).toEqual([
    [2, 'not-utf8'],
    [3, 'not-utf8'],
  ]);
  expect((await read(content, 'iso-8859-1')).map(([, event]) => (event as { userId: string }).userId)).toEqual([
    'böhm',
    'bähm',
  ]);
});

const encoders: Readonly<Record<Exclude<Encoding, 'auto'>, (text: string) => Buffer>> = {
  'utf-8': (text) => Buffer.from(text),
  'utf-16le': (text) => Buffer.from(text, 'utf16le'),
  'utf-16be': swapped,
  'windows-1252': (text) => Buffer.from(text, 'latin1'),
  'iso-8859-1': (text) => Buffer.from(text, 'latin1'),
};

test.each(Object.keys(encoders) as Exclude<Encoding, 'auto'>[])(
  'a file in %s has the same content with pieces of any size',
  async (encoding) => {
    const inLatin1 = ['a', ';', '"', '\n', '\r\n', 'é', 'ß', ' '];
    const isUnicode = encoding.startsWith('utf');
    const unit = fc.constantFrom(...inLatin1, ...(isUnicode ? ['😀', '你', '\u0a0a', '\u0d0d'] : []));
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit, maxLength: 30 }),
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
        async (text, sizes) => {
          const content = encoders[encoding](`event;userId\n${text}`);
          async function* cut() {
            for (let at = 0, turn = 0; at < content.length; turn++) {
              const size = sizes[turn % sizes.length]!;
              yield content.subarray(at, at + size);
              at += size;
            }
          }
          const whole: Buffer[] = [];
          for await (const piece of (await decoded(cut(), encoding)).pieces) whole.push(piece);
          expect(Buffer.concat(whole).toString()).toBe(`event;userId\n${text}`);
          expect(await read(content, encoding, sizes[0])).toEqual(await read(content, encoding));
        },
      ),
    );
  },
);

test('an empty file is valid', async () => {
  expect((await decoded(pieces(''), 'utf-16le')).encoding).toBe('utf-16le');
});
