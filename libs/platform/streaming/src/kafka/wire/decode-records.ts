import type { Cursor } from './cursor.ts';
import { Texts } from './texts.ts';

/** What the records of a batch have in common. Integers of 64 bits are texts, as in kafkajs. */
export interface BatchContext {
  readonly firstOffset: string;
  readonly firstTimestamp: string;
  readonly maxTimestamp: string;
  readonly timestampType: number;
  readonly isControlBatch: boolean;
  readonly magicByte: number;
}

type HeaderValue = string | null;

/** A record as kafkajs has it, except that the values of its headers are texts instead of buffers. */
export interface FetchedRecord {
  readonly magicByte: number;
  readonly attributes: number;
  readonly timestamp: string;
  readonly offset: string;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: Record<string, HeaderValue | HeaderValue[]>;
  readonly isControlRecord: boolean;
  readonly batchContext: BatchContext;
}

const logAppendTime = 1;

/** Decodes the next `count` records. Their keys and values are parts of the buffer of the cursor. */
export function decodeRecords(cursor: Cursor, count: number, context: BatchContext): FetchedRecord[] {
  const { magicByte, isControlBatch: isControlRecord } = context;
  const texts = new Texts();
  const timestamps = timestampsOf(context);
  const firstOffset = Number(context.firstOffset);
  const records = new Array<FetchedRecord>(count);
  for (let i = 0; i < count; i++) {
    const length = cursor.readVarInt();
    const end = cursor.at + length;
    const attributes = cursor.buffer.readInt8(cursor.at++);
    const timestamp = timestamps(cursor.readVarLong());
    const offset = sum(context.firstOffset, firstOffset, cursor.readVarInt());
    const key = cursor.readBytes();
    const value = cursor.readBytes();
    const headers = readHeaders(cursor, texts);
    records[i] = {
      magicByte,
      attributes,
      timestamp,
      offset,
      key,
      value,
      headers,
      isControlRecord,
      batchContext: context,
    };
    cursor.at = end;
  }
  return records;
}

/** A repeated header has an array of its values. */
function readHeaders(cursor: Cursor, texts: Texts): FetchedRecord['headers'] {
  const headers: FetchedRecord['headers'] = {};
  const count = cursor.readVarInt();
  for (let i = 0; i < count; i++) {
    const name = String(texts.read(cursor, 2 * i));
    const value = texts.read(cursor, 2 * i + 1);
    if (!Object.hasOwn(headers, name)) {
      headers[name] = value;
      continue;
    }
    const earlier = headers[name]!;
    headers[name] = Array.isArray(earlier) ? [...earlier, value] : [earlier, value];
  }
  return headers;
}

/** Most records of a batch have the same timestamp: its text is made once. */
function timestampsOf(context: BatchContext): (delta: number | bigint) => string {
  const { firstTimestamp, maxTimestamp, timestampType } = context;
  if (timestampType === logAppendTime) return () => maxTimestamp;
  const first = Number(firstTimestamp);
  let lastDelta: number | bigint = 0;
  let last = firstTimestamp;
  return (delta) => {
    if (delta === lastDelta) return last;
    lastDelta = delta;
    return (last = sum(firstTimestamp, first, delta));
  };
}

/** The sum as a text. BigInt is slow, and only used where numbers are not exact. */
function sum(text: string, first: number, delta: number | bigint): string {
  if (typeof delta === 'number') {
    const result = first + delta;
    if (Number.isSafeInteger(first) && Number.isSafeInteger(result)) return String(result);
  }
  return String(BigInt(text) + BigInt(delta));
}
