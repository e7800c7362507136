/** A request in parts that are copied once, when it is complete. kafkajs takes it for one of its encoders. */
export class Parts {
  readonly list: Buffer[] = [];

  add(part: Buffer): this {
    this.list.push(part);
    return this;
  }

  int16(value: number): this {
    const part = Buffer.allocUnsafe(2);
    part.writeInt16BE(value);
    return this.add(part);
  }

  int32(value: number): this {
    const part = Buffer.allocUnsafe(4);
    part.writeInt32BE(value);
    return this.add(part);
  }

  /** A text of at most 32 kB, with its length before it. */
  string(value: string | null): this {
    if (value === null) return this.int16(-1);
    const part = Buffer.from(value);
    return this.int16(part.length).add(part);
  }

  size(): number {
    return this.list.reduce((sum, { length }) => sum + length, 0);
  }

  get buffer(): Buffer {
    return Buffer.concat(this.list);
  }

  /** kafkajs knows its encoders by this field. */
  get buf(): Buffer {
    return this.buffer;
  }
}
