import type { ClientBase } from 'pg';
import { DataSource, type EntitySchema, type Logger, type MigrationInterface } from 'typeorm';

type Class<T> = new () => T;

export interface DataSourceOptions {
  /** postgres://user:password@host:port/database */
  readonly url: string;
  /** The schema that the service owns; created if missing. */
  readonly schema: string;
  readonly entities?: readonly (EntitySchema | Class<unknown>)[];
  readonly migrations: readonly Class<MigrationInterface>[];
  /** The maximum number of connections in the pool of this service. */
  readonly poolSize?: number;
  /** Called when an idle connection breaks. The pool opens a new one. */
  readonly onConnectionLost?: (error: Error) => void;
}

/** Disables the console output of TypeORM. The caller gets the same errors as rejections. */
const silence: Logger = {
  logQuery: () => undefined,
  logQueryError: () => undefined,
  logQuerySlow: () => undefined,
  logSchemaBuild: () => undefined,
  logMigration: () => undefined,
  log: () => undefined,
};

/** Creates a TypeORM data source that is not connected: see `connect`. */
export function dataSourceOf(options: DataSourceOptions): DataSource {
  return new DataSource({
    type: 'postgres',
    url: options.url,
    schema: options.schema,
    entities: [...(options.entities ?? [])],
    migrations: [...options.migrations],
    migrationsTableName: 'migration',
    migrationsTransactionMode: 'each',
    poolSize: options.poolSize ?? 8,
    poolErrorHandler: (error: Error) => options.onConnectionLost?.(error),
    logger: silence,
    applicationName: `sestante-${options.schema}`,
    // Pipelining: statements that do not depend on each other's rows share one round trip to the server.
    extra: {
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
      pipeline: true,
      // A shutdown of the server may emit an error on a new connection before the pool hands it out and adds its listener.
      onConnect: (client: ClientBase) => void client.on('error', () => undefined),
      // Prepared statements look up by keys, so planning them again for each batch costs more than it gains. A plan that was made for a tiny table
      // stays in use while the table grows and would scan all of it. Disabling sequential scans avoids that and costs nothing for small tables.
      // The idle timeout releases the row locks of a process that hangs.
      options: '-c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c idle_in_transaction_session_timeout=30s',
    },
  });
}
