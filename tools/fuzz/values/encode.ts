import fc from 'fast-check';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';

/** An encoded body with its headers. */
export interface Encoded {
  readonly bytes: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

const zipped = { 'content-encoding': 'gzip' };
const plain = (bytes: Buffer): Encoded => ({ bytes, headers: {} });

/** Valid and invalid encodings of JSON. */
const encodings: readonly ((json: Buffer, chance: number) => Encoded)[] = [
  (json) => ({ bytes: gzipSync(json), headers: zipped }),
  (json) => plain(gzipSync(json)),
  (json) => ({ bytes: json, headers: zipped }),
  (json, chance) => ({ bytes: gzipSync(json).subarray(0, chance), headers: zipped }),
  (json) => plain(Buffer.concat([gzipSync(json), Buffer.from('garbage')])),
  (json) => plain(Buffer.concat([gzipSync(json), gzipSync(json)])),
  (json) => plain(gzipSync(gzipSync(json))),
  (json, chance) => plain(flipped(gzipSync(json), chance)),
  (json) => ({ bytes: deflateSync(json), headers: { 'content-encoding': 'deflate' } }),
  (json) => ({ bytes: brotliCompressSync(json), headers: { 'content-encoding': 'br' } }),
  (json) => ({ bytes: json, headers: { 'content-encoding': 'gzip, gzip' } }),
  (json) => plain(Buffer.from(json.toString(), 'utf16le')),
  (json) => plain(Buffer.from(`\ufeff${json.toString()}`, 'utf16le')),
  (json) => plain(Buffer.from(`\ufeff${json.toString()}`, 'utf16le').swap16()),
  (json, chance) => plain(withLoneByte(json, chance)),
  (json, chance) => ({ bytes: gzipSync(withLoneByte(json, chance)), headers: zipped }),
  (json) => plain(Buffer.from(json.toString(), 'latin1')),
  (json) => plain(Buffer.concat([Buffer.from('\ufeff'), json])),
  (json) => plain(gzipSync(Buffer.concat([Buffer.from('\ufeff'), json]))),
  (json) => plain(Buffer.concat([Buffer.from('\ufeff\ufeff'), json])),
  (json) => plain(Buffer.concat([json, Buffer.from(' \n')])),
  (json) => plain(Buffer.concat([json, json])),
  (json, chance) => plain(json.subarray(0, chance % (json.length + 1))),
  (json, chance) => plain(flipped(json, chance)),
  () => plain(Buffer.alloc(0)),
  () => plain(Buffer.from(' \n\t')),
  () => plain(Buffer.alloc(600_000, ' ')),
  () => plain(gzipSync(Buffer.alloc(5_000_000, ' '))),
  (_, chance) => plain(Buffer.from([0x1f, 0x8b, chance & 0xff])),
];

/** Mostly plain JSON, sometimes another encoding. */
export const encoding: fc.Arbitrary<(json: string) => Encoded> = fc.oneof(
  { weight: 7, arbitrary: fc.constant((json: string) => plain(Buffer.from(json))) },
  {
    weight: 3,
    arbitrary: fc.tuple(fc.constantFrom(...encodings), fc.nat({ max: 200 })).map(
      ([encode, chance]) =>
        (json: string) =>
          encode(Buffer.from(json), chance),
    ),
  },
);

/** Inserts a byte that is a letter in Latin-1 and invalid in UTF-8. */
function withLoneByte(bytes: Buffer, chance: number): Buffer {
  const at = chance % (bytes.length + 1);
  return Buffer.concat([bytes.subarray(0, at), Buffer.from([0xe4]), bytes.subarray(at)]);
}

/** Flips bits of one byte. */
function flipped(bytes: Buffer, chance: number): Buffer {
  const copy = Buffer.from(bytes);
  if (copy.length > 0) copy[chance % copy.length]! ^= 0x5a;
  return copy;
}
