import type { DataSource } from 'typeorm';
import { withClient } from './transaction.ts';

/**
 * Opens the pool, creates the schema and runs the migrations that are missing. Processes that start together take turns
 * (an advisory lock per schema). May be called again after it failed.
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
