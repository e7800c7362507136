import type { DataSource } from 'typeorm';
import { withClient } from './transaction.ts';

/**
 * Opens the pool, creates the schema and runs the pending migrations. An advisory lock per schema serialises processes that
 * start at the same time. May be called again after a failure.
 */
export async function connect(dataSource: DataSource, schema: string): Promise<void> {
  if (!dataSource.isInitialized) await dataSource.initialize();
  await withClient(dataSource, async (client) => {
    await client.query('select pg_advisory_lock(hashtext($1))', [`sestante.${schema}`]);
    try {
      await client.query(`create schema if not exists ${client.escapeIdentifier(schema)}`);
      await dataSource.runMigrations();
    } finally {
      await client.query('select pg_advisory_unlock(hashtext($1))', [`sestante.${schema}`]);
    }
  });
}
