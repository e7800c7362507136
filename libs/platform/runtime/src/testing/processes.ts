import { type TestDatabase, testDatabase } from '@sestante/postgres/testing';
import { eventually } from '@sestante/streaming/testing';
import type { DataSource } from 'typeorm';

interface WithDataSource {
  readonly dataSource: DataSource;
}

/** Processes of a service that share a database. */
export interface Processes<Process> {
  another(): Promise<Process>;
  query<Row>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
  /** Holds a lock until `waiting` sessions that `work` started wait for it. Resolves to the result of `work`. */
  whileLocked<T>(lock: string, waiting: number, work: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Starts the first process on a new database. */
export async function startProcesses<Process extends WithDataSource>(
  start: (database: TestDatabase) => Promise<Process>,
): Promise<Process & Processes<Process>> {
  const database = await testDatabase();
  const processes: Process[] = [];
  const another = async () => {
    const process = await start(database);
    processes.push(process);
    return process;
  };
  const first = await another();
  const query = <Row>(sql: string, values: readonly unknown[] = []) => first.dataSource.query<Row[]>(sql, [...values]);
  return {
    ...first,
    another,
    query,
    whileLocked: async (lock, waiting, work) => {
      const runner = first.dataSource.createQueryRunner();
      await runner.startTransaction();
      await runner.query(lock);
      const outcome = work();
      outcome.catch(() => undefined);
      await eventually(async () => {
        const [row] = await query<{ count: number }>(
          `select count(*)::int as count from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        );
        if (row!.count < waiting) throw new Error(`${row!.count} of ${waiting} are waiting for a lock`);
      });
      await runner.commitTransaction();
      await runner.release();
      return outcome;
    },
    async close() {
      await Promise.all(processes.map(({ dataSource }) => dataSource.destroy()));
      await database.drop();
    },
  };
}
