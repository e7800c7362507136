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
  /** The most connections of this service's pool. */
  readonly poolSize?: number;
  /** Told when an idle connection breaks; the pool opens a new one by itself. */
  readonly onConnectionLost?: (error: Error) => void;
}

/** TypeORM would print to the console; whoever calls it gets the same errors as rejections. */
const silence: Logger = {
  logQuery: () => undefined,
  logQueryError: () => undefined,
  logQuerySlow: () => undefined,
  logSchemaBuild: () => undefined,
  logMigration: () => undefined,
  log: () => undefined,
};

/** A TypeORM data source that is not connected yet: see `connect`. */
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
    // Statements that do not wait for each other's rows travel together: one way to the server and back for all of them.
    extra: {
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
      pipeline: true,
      // A server may say that it ends before the pool has lent the connection that it has just made, when nobody listens yet.
      onConnect: (client: ClientBase) => void client.on('error', () => undefined),
      // Prepared statements look up by keys: planning them anew for each batch costs more than it can win. A plan that was made for a tiny table is
      // kept while it grows, and would read it from one end to the other: for a small one that costs nothing to rule out. And the rows that a
      // process holds must not stay held because it hangs.
      options: '-c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c idle_in_transaction_session_timeout=30s',
    },
  });
}
