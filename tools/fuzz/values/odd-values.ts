import fc from 'fast-check';
import { rawJson } from './raw-json.ts';

/** Texts that often cause errors. */
const oddTexts = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\udc00x',
  '👩‍🚀',
  '\u202egnirts',
  '\ufeff',
  '\uffff',
  'ﬀ',
  'İ',
  'ß',
  "'; drop table ingest.rejected; --",
  '$1',
  '%00',
  '\\u0000',
  '__proto__',
  'constructor',
  'null',
  'NaN',
  '-1',
  '1e999',
  '0x10',
  '9007199254740993',
  '2026-02-30',
  '0000-01-01T00:00:00Z',
  '9999-12-31T23:59:59.999Z',
  '+275760-09-13T00:00:00.000Z',
  '00000000-0000-0000-0000-000000000000',
];

const longTexts = [127, 128, 129, 255, 256, 257, 513, 5_000, 40_000].flatMap((length) =>
  ['x', '\u0000', '👩'].map((letter) => letter.repeat(length)),
);

/** Numbers in JSON; many of them are not exact or not finite in JavaScript. */
const oddNumbers = [
  '0',
  '-0',
  '-1',
  '1.5',
  '1e-999',
  '1e999',
  '-1e999',
  '9007199254740991',
  '9007199254740992',
  '9007199254740993',
  '2147483648',
  '18446744073709551616',
  '0.1e1',
  '1'.repeat(400),
].map(rawJson);

const nested = (levels: number) => rawJson('['.repeat(levels) + ']'.repeat(levels));
const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, nth) => [`p${nth}`, nth]));

const oddShapes: readonly unknown[] = [
  null,
  true,
  false,
  [],
  {},
  [[]],
  [null],
  { '': '' },
  { toString: 1, valueOf: null, length: -1, constructor: { prototype: { a: 1 } } },
  rawJson('{"__proto__":{"isAdmin":true}}'),
  rawJson('{"a":1,"a":2}'),
  rawJson('{"\\u0000":1,"\\ud800":2}'),
  ...[31, 32, 33, 1_000, 20_000].map(nested),
  many(10_000),
];

export const oddText: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...oddTexts) },
  { weight: 1, arbitrary: fc.constantFrom(...longTexts) },
  { weight: 3, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
);

export const oddValue: fc.Arbitrary<unknown> = fc.oneof(
  oddText,
  fc.constantFrom(...oddNumbers),
  fc.constantFrom(...oddShapes),
  fc.jsonValue({ maxDepth: 3 }),
);
