/** Reads the parts of Kafka's records from one buffer, without a slice for each. */
export class Cursor {
  readonly buffer: Buffer;
  /** The position of the next byte. */
  at: number;

  constructor(buffer: Buffer, at: number) {
    this.buffer = buffer;
    this.at = at;
  }

  /** An integer of 32 bits. */
  readVarInt(): number {
    const { buffer } = this;
    let byte = buffer[this.at++]!;
    let bits = byte & 0x7f;
    for (let shift = 7; byte >= 0x80; shift += 7) {
      byte = buffer[this.at++]!;
      bits |= (byte & 0x7f) << shift;
    }
    return (bits >>> 1) ^ -(bits & 1);
  }

  /** An integer of 64 bits: a number if it has at most 28 bits. */
  readVarLong(): number | bigint {
    const start = this.at;
    while (this.buffer[this.at]! >= 0x80) this.at++;
    const size = ++this.at - start;
    if (size <= 4) {
      this.at = start;
      return this.readVarInt();
    }
    let bits = 0n;
    for (let i = 0; i < size; i++) bits |= BigInt(this.buffer[start + i]! & 0x7f) << BigInt(7 * i);
    return (bits >> 1n) ^ -(bits & 1n);
  }

  /** Bytes with their length before them; null if the length is negative. */
  readBytes(): Buffer | null {
    const length = this.readVarInt();
    if (length < 0) return null;
    const start = this.at;
    this.at += length;
    return this.buffer.subarray(start, this.at);
  }
}
