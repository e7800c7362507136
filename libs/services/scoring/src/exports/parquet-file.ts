import { constants, zstdCompressSync } from 'node:zlib';
import { ByteWriter, ParquetWriter, schemaFromColumnData } from 'hyparquet-writer';
import { type CustomerColumn, customerColumns } from '../bi/customer-columns.ts';
import { binaryColumns, type FieldType, type FieldValue } from './binary-rows.ts';

/** The rows of a row group: they are in memory at the same time. */
export const rowsOfGroup = 10_000;

const fieldTypes: Readonly<Record<CustomerColumn['type'], FieldType>> = {
  uuid: 'text',
  text: 'text',
  texts: 'text',
  number: 'double',
  integer: 'int',
  boolean: 'boolean',
  instant: 'instant',
};
const parquetTypes = {
  text: 'STRING',
  double: 'DOUBLE',
  int: 'INT32',
  boolean: 'BOOLEAN',
  instant: 'TIMESTAMP',
} as const;

/** The rows that COPY writes in binary, as a Parquet file, one row group after another. */
export async function* parquetFile(chunks: AsyncIterable<Buffer>): AsyncGenerator<Uint8Array> {
  const writer = new ByteWriter();
  const schema = schemaFromColumnData({ columnData: columnData() });
  // Statistics of columns without order take longer than to write them.
  const file = new ParquetWriter({ writer, schema, codec: 'ZSTD', compressors: { ZSTD: compress }, statistics: false });
  const types = customerColumns.map(({ type }) => fieldTypes[type]);
  for await (const columns of binaryColumns(chunks, types, rowsOfGroup)) {
    await file.write({ columnData: columnData(columns), rowGroupSize: rowsOfGroup });
    yield take(writer);
  }
  await file.finish();
  yield take(writer);
}

const compress = (bytes: Uint8Array) => zstdCompressSync(bytes, { params: { [constants.ZSTD_c_compressionLevel]: 1 } });

function columnData(columns?: readonly FieldValue[][]) {
  return customerColumns.map(({ name, type }, index) => {
    const values = columns?.[index] ?? [];
    const data = type === 'instant' ? values.map((at) => (at === null ? null : new Date(at as number))) : values;
    // A dictionary is of use for texts that repeat only.
    const hasDictionary = type === 'text' || type === 'texts';
    const column = { name, data, type: parquetTypes[fieldTypes[type]], nullable: type !== 'uuid' };
    return hasDictionary ? column : { ...column, encoding: 'PLAIN' as const };
  });
}

/** The bytes that were written since the last call. The offset of the writer counts all bytes of the file. */
function take(writer: ByteWriter): Uint8Array {
  const bytes = new Uint8Array(writer.buffer.slice(0, writer.index));
  writer.index = 0;
  return bytes;
}
