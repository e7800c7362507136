import { sizeOfVarInt, sizeOfVarLong, writeVarInt, writeVarLong } from './varint.ts';

type Bytes = string | Buffer;

/** A record to encode, with the difference of its timestamp to the first one of its batch, in milliseconds. */
export interface NewRecord {
  readonly timestampDelta: number;
  readonly key?: Bytes | null;
  readonly value: Bytes | null;
  readonly headers?: Readonly<Record<string, Bytes | readonly Bytes[]>>;
}

/**
 * The records of a batch, one after another, in a buffer of their size. The first pass notes the size of each part, the second writes them. Throws a
 * TypeError for a key, value or header that is neither text nor a Buffer, as kafkajs does for most of them.
 */
export function encodeRecords(records: readonly NewRecord[]): Buffer {
  const sizes: number[] = [];
  let total = 0;
  for (let i = 0; i < records.length; i++) {
    const size = noteSizes(records[i]!, i, sizes);
    total += sizeOfVarInt(size) + size;
  }
  const buffer = Buffer.allocUnsafe(total);
  const writer = new Writer(buffer, sizes);
  for (let i = 0; i < records.length; i++) writer.writeRecord(records[i]!, i);
  return buffer;
}

/** Appends the size of the record, then those of its key and value, the number of its headers, and the sizes of their names and values. */
function noteSizes(record: NewRecord, offsetDelta: number, sizes: number[]): number {
  const { timestampDelta, key, value, headers = {} } = record;
  const place = sizes.length;
  const [keySize, valueSize] = [sizeOf(key), sizeOf(value)];
  sizes.push(0, keySize, valueSize, 0);
  let [size, count] = [0, 0];
  const noteHeader = (nameSize: number, one: Bytes) => {
    const oneSize = isAbsent(one) ? refuse(one) : sizeOf(one);
    sizes.push(nameSize, oneSize);
    size += withLength(nameSize) + withLength(oneSize);
    count++;
  };
  for (const name of Object.keys(headers)) {
    const nameSize = sizeOf(name);
    const header = headers[name]!;
    if (Array.isArray(header)) for (const one of header as readonly Bytes[]) noteHeader(nameSize, one);
    else noteHeader(nameSize, header as Bytes);
  }
  size += 1 + sizeOfVarLong(timestampDelta) + sizeOfVarInt(offsetDelta);
  size += withLength(keySize) + withLength(valueSize) + sizeOfVarInt(count);
  sizes[place] = size;
  sizes[place + 3] = count;
  return size;
}

/** -1 stands for an absent one. */
function sizeOf(bytes: Bytes | null | undefined): number {
  if (typeof bytes === 'string') return Buffer.byteLength(bytes);
  if (isAbsent(bytes)) return -1;
  return Buffer.isBuffer(bytes) ? bytes.length : refuse(bytes);
}

function isAbsent(bytes: unknown): bytes is null | undefined {
  return bytes === null || bytes === undefined;
}

function withLength(size: number): number {
  return sizeOfVarInt(size) + Math.max(0, size);
}

function refuse(bytes: unknown): never {
  throw new TypeError(`A key, value or header of a Kafka record must be a string or a Buffer, got ${typeof bytes}.`);
}

class Writer {
  private at = 0;
  private place = 0;
  private readonly buffer: Buffer;
  private readonly sizes: readonly number[];

  constructor(buffer: Buffer, sizes: readonly number[]) {
    this.buffer = buffer;
    this.sizes = sizes;
  }

  writeRecord({ timestampDelta, key, value, headers = {} }: NewRecord, offsetDelta: number): void {
    const { buffer, sizes } = this;
    this.at = writeVarInt(buffer, this.at, sizes[this.place++]!);
    buffer[this.at++] = 0;
    this.at = writeVarLong(buffer, this.at, timestampDelta);
    this.at = writeVarInt(buffer, this.at, offsetDelta);
    this.write(key);
    this.write(value);
    this.at = writeVarInt(buffer, this.at, sizes[this.place++]!);
    for (const name of Object.keys(headers)) {
      const header = headers[name]!;
      if (!Array.isArray(header)) {
        this.write(name);
        this.write(header as Bytes);
        continue;
      }
      for (const one of header as readonly Bytes[]) {
        this.write(name);
        this.write(one);
      }
    }
  }

  private write(bytes: Bytes | null | undefined): void {
    const size = this.sizes[this.place++]!;
    const at = (this.at = writeVarInt(this.buffer, this.at, size));
    if (isAbsent(bytes)) return;
    if (typeof bytes === 'string') this.buffer.write(bytes, at, size);
    else bytes.copy(this.buffer, at);
    this.at = at + size;
  }
}
