import { decodeBatch } from '@sestante/streaming/testing';
import pg from 'pg';

interface Column {
  readonly schema: string;
  readonly table: string;
  readonly column: string;
  readonly type: string;
}

/** The tables of a database that have one of the texts in a row: `schema.table: text`. Bytes are read as texts, and records of the stream are decompressed. */
export async function tablesWith(url: string, texts: readonly string[]): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<Column>(
      `select table_schema as schema, table_name as table, column_name as column, data_type as type
         from information_schema.columns where table_schema not in ('pg_catalog', 'information_schema') order by 1, 2`,
    );
    const found = new Set<string>();
    for (const { schema, table, column, type } of rows) {
      const value = type === 'bytea' ? `encode("${column}", 'escape')` : `"${column}"::text`;
      const all = await client.query<{ value: string | null; bytes?: Buffer }>(
        `select ${value} as value ${column === 'records' ? ', records as bytes' : ''} from "${schema}"."${table}"`,
      );
      for (const row of all.rows) {
        const content = row.bytes ? JSON.stringify(decodeBatch(row.bytes)) : (row.value ?? '');
        for (const text of texts) if (content.includes(text)) found.add(`${schema}.${table}: ${text}`);
      }
    }
    return [...found].sort();
  } finally {
    await client.end();
  }
}
