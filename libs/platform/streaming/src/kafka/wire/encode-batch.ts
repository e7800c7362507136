import { crc32c } from './crc32c.ts';
import { encodeRecords, type NewRecord } from './encode-records.ts';
import { codecOf } from './internals.ts';

/** A message as kafkajs passes it on to a request. */
export interface NewMessage extends Omit<NewRecord, 'timestampDelta'> {
  /** Milliseconds, as a text. */
  readonly timestamp?: string | null;
}

export interface NewBatch {
  readonly messages: readonly NewMessage[];
  readonly compression: number;
  readonly isTransactional: boolean;
  readonly producerId: unknown;
  readonly producerEpoch: number;
  readonly firstSequence: number;
}

const headBytes = 61;
const [magicByte, transactionalFlag] = [2, 0x10];

/** A record batch in two parts: its head, and its records. Layout: https://kafka.apache.org/documentation/#recordbatch. */
export async function encodeBatch(batch: NewBatch): Promise<readonly [head: Buffer, records: Buffer]> {
  const { messages, compression } = batch;
  const now = Date.now();
  // In the order of texts, like kafkajs.
  const set = messages
    .flatMap(({ timestamp }) => (timestamp === undefined || timestamp === null ? [] : [timestamp]))
    .sort();
  const timestamps: readonly (number | string)[] = set.length === 0 ? [now] : set;
  const first = Number(timestamps[0]);
  const plain = encodeRecords(
    messages.map((message) => ({ ...message, timestampDelta: Number(message.timestamp || now) - first })),
  );
  const codec = codecOf(compression);
  const records = codec ? await codec.compress({ buffer: plain }) : plain;
  return [headOf(batch, [timestamps[0]!, timestamps.at(-1)!], records), records];
}

type Integer = string | number | bigint;

function headOf(batch: NewBatch, [first, last]: readonly [Integer, Integer], records: Buffer): Buffer {
  const { messages, compression, isTransactional, producerId, producerEpoch, firstSequence } = batch;
  const head = Buffer.alloc(headBytes);
  head.writeInt32BE(headBytes - 12 + records.length, 8);
  head.writeInt8(magicByte, 16);
  head.writeInt16BE(compression | (isTransactional ? transactionalFlag : 0), 21);
  head.writeInt32BE(messages.length - 1, 23);
  head.writeBigInt64BE(BigInt(first), 27);
  head.writeBigInt64BE(BigInt(last), 35);
  head.writeBigInt64BE(BigInt(String(producerId)), 43);
  head.writeInt16BE(producerEpoch, 51);
  head.writeInt32BE(firstSequence, 53);
  head.writeInt32BE(messages.length, 57);
  head.writeUInt32BE(crc32c(records, crc32c(head.subarray(21))), 17);
  return head;
}
