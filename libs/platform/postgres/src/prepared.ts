import type { QueryResultRow } from 'pg';
import type { DataSource } from 'typeorm';
import { withClient } from './transaction.ts';

/** A statement that each connection parses and plans once. */
export interface Prepared {
  readonly name: string;
  readonly text: string;
  readonly values: unknown[];
}

/** Runs one statement of a hot path on a connection of the pool, without a transaction. */
export async function prepared<Row extends QueryResultRow>(
  dataSource: DataSource,
  statement: Prepared,
): Promise<Row[]> {
  const { rows } = await withClient(dataSource, (client) => client.query<Row>(statement));
  return rows;
}
