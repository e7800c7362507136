import { Cursor } from './cursor.ts';
import { type BatchContext, decodeRecords, type FetchedRecord } from './decode-records.ts';
import { codecOf, incompleteBatch } from './internals.ts';

/** The decoder of kafkajs: a buffer and the position of the next byte. */
export interface Decoder {
  readonly buffer: Buffer;
  offset: number;
}

interface RecordBatch {
  readonly partitionLeaderEpoch: number;
  readonly inTransaction: boolean;
  readonly isControlBatch: boolean;
  readonly lastOffsetDelta: number;
  readonly producerId: string;
  readonly producerEpoch: number;
  readonly firstSequence: number;
  readonly records: readonly FetchedRecord[];
}

const [logAppendTimeFlag, transactionalFlag, controlFlag] = [0x8, 0x10, 0x20];
const prefixBytes = 12;

/**
 * Decodes a record batch, and moves the decoder behind it. Rejects with `KafkaJSPartialMessageError` if its end is missing. Like kafkajs, it does not
 * check the checksum. Layout: https://kafka.apache.org/documentation/#recordbatch.
 */
export async function decodeBatch(decoder: Decoder): Promise<RecordBatch> {
  const { buffer, offset: start } = decoder;
  const length = buffer.readInt32BE(start + 8);
  const end = start + prefixBytes + length;
  decoder.offset = end;
  if (buffer.length < end)
    throw incompleteBatch(`The record batch has ${buffer.length - start - prefixBytes} of ${length} bytes.`);

  const attributes = buffer.readInt16BE(start + 21);
  const fields = {
    firstOffset: String(buffer.readBigInt64BE(start)),
    firstTimestamp: String(buffer.readBigInt64BE(start + 27)),
    partitionLeaderEpoch: buffer.readInt32BE(start + 12),
    inTransaction: (attributes & transactionalFlag) > 0,
    isControlBatch: (attributes & controlFlag) > 0,
    lastOffsetDelta: buffer.readInt32BE(start + 23),
    producerId: String(buffer.readBigInt64BE(start + 43)),
    producerEpoch: buffer.readInt16BE(start + 51),
    firstSequence: buffer.readInt32BE(start + 53),
    maxTimestamp: String(buffer.readBigInt64BE(start + 35)),
    timestampType: (attributes & logAppendTimeFlag) > 0 ? 1 : 0,
  };
  const context = { ...fields, magicByte: buffer.readInt8(start + 16) };
  const records = buffer.subarray(start + 57, end);
  return { ...fields, records: await recordsOf(records, attributes, context) };
}

/** The number of records, and the records, which may be compressed. */
async function recordsOf(bytes: Buffer, attributes: number, context: BatchContext): Promise<FetchedRecord[]> {
  const count = Math.max(0, bytes.readInt32BE(0));
  const codec = codecOf(attributes);
  if (!codec || count === 0) return decodeRecords(new Cursor(bytes, 4), count, context);
  return decodeRecords(new Cursor(await codec.decompress(bytes.subarray(4)), 0), count, context);
}
