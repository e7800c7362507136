import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { KafkaMessage } from 'kafkajs';
import { isDeepStrictEqual } from 'node:util';
import { toDelivery } from '../delivery.ts';
import { decodeBatch } from './decode-batch.ts';
import { load } from './internals.ts';

const Encoder = load('kafkajs/src/protocol/encoder.js');
const Decoder = load('kafkajs/src/protocol/decoder.js');
const ofKafkajs = load('kafkajs/src/protocol/recordBatch/v0/decoder.js');
const { RecordBatch } = load('kafkajs/src/protocol/recordBatch/v0/index.js');

interface Written {
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly timestampDelta: bigint;
  readonly headers: readonly (readonly [name: string, value: Buffer | null])[];
}

const bytes: fc.Arbitrary<Buffer> = fc.oneof(
  fc.uint8Array({ maxLength: 100 }).map((array) => Buffer.from(array)),
  fc.string({ unit: 'binary', maxLength: 20 }).map((text) => Buffer.from(text)),
  fc.nat(70_000).map((length) => Buffer.alloc(length, 'x')),
);
const anyName = fc.oneof(fc.constantFrom('a', 'b', '', 'é', '7'), fc.string({ unit: 'binary', maxLength: 10 }));
/** kafkajs takes what every object inherits for an earlier value of the header. */
const name = anyName.filter((text) => !(text in {}));
const specialName = fc.constantFrom('constructor', 'toString', '__proto__');
/** The same value as before is read by another path. */
const headerValue: fc.Arbitrary<Buffer | null> = fc.option(fc.oneof(bytes, fc.constant(Buffer.from('same'))));
const record = (headerName: fc.Arbitrary<string>): fc.Arbitrary<Written> =>
  fc.record({
    key: fc.option(bytes),
    value: fc.option(bytes),
    timestampDelta: fc.oneof(
      fc.constant(0n),
      fc.bigInt({ min: -5n, max: 5n }),
      fc.bigInt({ min: -(2n ** 61n), max: 2n ** 61n }),
    ),
    headers: fc.array(fc.tuple(headerName, headerValue), { maxLength: 6 }),
  });
const long = fc.oneof(fc.nat().map(BigInt), fc.bigInt({ min: -1n, max: 2n ** 61n }));
const batch = (headerName: fc.Arbitrary<string>) =>
  fc.record({
    records: fc.array(record(headerName), { maxLength: 6 }),
    compression: fc.constantFrom(0, 1),
    flags: fc.constantFrom(0, 0x8, 0x10, 0x20, 0x38),
    firstOffset: long,
    firstTimestamp: long,
    maxTimestamp: long,
    producerId: long,
    producerEpoch: fc.nat(32_767),
    firstSequence: fc.nat(),
    lastOffsetDelta: fc.nat(),
    partitionLeaderEpoch: fc.nat(),
  });
type Batch = ReturnType<typeof batch> extends fc.Arbitrary<infer T> ? T : never;

/** Written with the encoder of kafkajs. Unlike its records, these may have headers without a value. */
function encodeRecord({ key, value, timestampDelta, headers }: Written, offsetDelta: number) {
  const body = new Encoder()
    .writeInt8(0)
    .writeVarLong(timestampDelta)
    .writeVarInt(offsetDelta)
    .writeVarIntBytes(key)
    .writeVarIntBytes(value)
    .writeVarInt(headers.length);
  for (const [name, value] of headers) body.writeVarIntString(name).writeVarIntBytes(value);
  return new Encoder().writeVarInt(body.size()).writeEncoder(body);
}

async function encode({ records, flags, ...fields }: Batch): Promise<Buffer> {
  const { buffer } = await RecordBatch({ ...fields, records: records.map(encodeRecord) });
  buffer.writeInt16BE(buffer.readInt16BE(21) | flags, 21);
  return buffer;
}

type Decoded = Awaited<ReturnType<typeof decodeBatch>>;

const text = (value: unknown): unknown => (Array.isArray(value) ? value.map(text) : (value?.toString() ?? null));
const withTexts = (batch: Decoded) => ({
  ...batch,
  records: batch.records.map(({ headers, ...record }) => ({
    ...record,
    headers: Object.entries(headers).map(([name, value]) => [name, text(value)]),
  })),
});
const delivered = ({ records }: Decoded) =>
  records.map((record) => toDelivery('t', 0, record as unknown as KafkaMessage));

describe('a record batch', () => {
  test('is decoded as by kafkajs, except that headers are texts', async () => {
    const property = fc.asyncProperty(batch(name), async (written) => {
      const buffer = await encode(written);
      const [theirs, mine] = [new Decoder(buffer), new Decoder(buffer)];
      const [expected, actual] = [await ofKafkajs(theirs), await decodeBatch(mine)];
      expect(isDeepStrictEqual(withTexts(actual), withTexts(expected))).toBe(true);
      expect(mine.offset).toBe(theirs.offset);
    });
    await fc.assert(property, { numRuns: 300 });
  });

  test('is delivered as by kafkajs, whatever the names of its headers', async () => {
    const property = fc.asyncProperty(batch(fc.oneof(anyName, specialName)), async (written) => {
      const buffer = await encode(written);
      const expected = delivered(await ofKafkajs(new Decoder(buffer)));
      expect(delivered(await decodeBatch(new Decoder(buffer)))).toEqual(expected);
    });
    await fc.assert(property, { numRuns: 200 });
  });

  test('follows another in the same buffer', async () => {
    const property = fc.asyncProperty(batch(name), batch(name), async (first, second) => {
      const decoder = new Decoder(Buffer.concat([await encode(first), await encode(second)]));
      await decodeBatch(decoder);
      const expected = await ofKafkajs(new Decoder(await encode(second)));
      expect(isDeepStrictEqual(withTexts(await decodeBatch(decoder)), withTexts(expected))).toBe(true);
    });
    await fc.assert(property, { numRuns: 50 });
  });

  test('without its end is rejected as by kafkajs', async () => {
    const records = [encodeRecord({ key: null, value: Buffer.from('v'), timestampDelta: 0n, headers: [] }, 0)];
    const { buffer } = await RecordBatch({ records });
    const part = buffer.subarray(0, buffer.length - 1);
    await expect(ofKafkajs(new Decoder(part))).rejects.toHaveProperty('name', 'KafkaJSPartialMessageError');
    await expect(decodeBatch(new Decoder(part))).rejects.toHaveProperty('name', 'KafkaJSPartialMessageError');
  });
});
