/** The header of COPY in binary: a signature of 11 bytes, flags, and the length of an extension (PostgreSQL, "COPY", binary format). */
const headerBytes = 19;

/** What a field is read as. Instants are milliseconds since 1970. */
export type FieldType = 'text' | 'double' | 'int' | 'boolean' | 'instant';
export type FieldValue = string | number | boolean | null;

const year2000 = Date.UTC(2000, 0);

/**
 * Reads what COPY writes in binary, as columns of up to `most` rows. A chunk may end anywhere. Own code: the packages that read it give an object per row, which takes
 * longer than all the rest of an export.
 */
export async function* binaryColumns(
  chunks: AsyncIterable<Buffer>,
  types: readonly FieldType[],
  most: number,
): AsyncGenerator<FieldValue[][]> {
  let columns = types.map((): FieldValue[] => []);
  let rest: Buffer = Buffer.alloc(0);
  let isHeaderRead = false;
  for await (const chunk of chunks) {
    const bytes: Buffer = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let offset = 0;
    if (!isHeaderRead) {
      if (bytes.length < headerBytes) {
        rest = bytes;
        continue;
      }
      offset = headerBytes;
      isHeaderRead = true;
    }
    for (;;) {
      const end = endOfRow(bytes, offset, types.length);
      if (end === undefined) break;
      readRow(bytes, offset, types, columns);
      offset = end;
      if (columns[0]!.length < most) continue;
      yield columns;
      columns = types.map(() => []);
    }
    rest = bytes.subarray(offset);
  }
  if (columns[0]!.length > 0) yield columns;
}

/** Undefined if the row does not end within the bytes, and for the end of all rows. */
function endOfRow(bytes: Buffer, start: number, fields: number): number | undefined {
  let offset = start + 2;
  if (offset > bytes.length || bytes.readInt16BE(start) === -1) return undefined;
  for (let field = 0; field < fields; field += 1) {
    if (offset + 4 > bytes.length) return undefined;
    offset += 4 + Math.max(0, bytes.readInt32BE(offset));
  }
  return offset <= bytes.length ? offset : undefined;
}

function readRow(bytes: Buffer, start: number, types: readonly FieldType[], columns: readonly FieldValue[][]): void {
  let offset = start + 2;
  for (let field = 0; field < types.length; field += 1) {
    const length = bytes.readInt32BE(offset);
    offset += 4;
    columns[field]!.push(length === -1 ? null : readField(bytes, offset, { type: types[field]!, length }));
    offset += Math.max(0, length);
  }
}

function readField(
  bytes: Buffer,
  offset: number,
  { type, length }: { readonly type: FieldType; readonly length: number },
): FieldValue {
  switch (type) {
    case 'text':
      return bytes.toString('utf8', offset, offset + length);
    case 'double':
      return bytes.readDoubleBE(offset);
    case 'int':
      return bytes.readInt32BE(offset);
    case 'boolean':
      return bytes[offset] === 1;
    case 'instant':
      return year2000 + Math.floor(Number(bytes.readBigInt64BE(offset)) / 1_000);
  }
}
