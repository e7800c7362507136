import { jest } from '@jest/globals';
import { type ActivityReceived, type CustomerActed, open, topics } from '@sestante/contracts';
import { connect, dataSourceOf } from '@sestante/postgres';
import { type TestDatabase, testDatabase } from '@sestante/postgres/testing';
import type { Message, Stream } from '@sestante/streaming';
import { eventually } from '@sestante/streaming/testing';
import type { DataSource } from 'typeorm';
import { ResolveActivities } from '../src/resolve-activities.handler.ts';
import { migrations } from '../src/store/migrations.ts';

/** Longer than `eventually` is patient: a test fails with what it waited for. */
jest.setTimeout(20_000);

/** One process of the service: its handler, and what it said. */
export interface Process {
  readonly dataSource: DataSource;
  /** Gives the activities to the handler as one batch. Resolves to what was published for it, in that order. */
  deliver(...activities: ActivityReceived[]): Promise<CustomerActed[]>;
  /** The same, but the process dies after its effects are committed and before it can publish. */
  deliverAndDie(...activities: ActivityReceived[]): Promise<void>;
}

/** Processes that share a database, with a stream that only remembers. */
export interface Driver extends Process {
  another(): Promise<Process>;
  query<Row>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
  /** Holds a lock, so that others run into each other: resolves to what lets go, once `work` has made `waiting` of them wait. */
  whileLocked<T>(lock: string, waiting: number, work: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export async function profileDriver(): Promise<Driver> {
  const database = await testDatabase();
  const processes: Process[] = [];
  const another = async () => {
    const process = await startProcess(database);
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

async function startProcess(database: TestDatabase): Promise<Process> {
  const dataSource = dataSourceOf({ url: database.url, schema: 'profile', migrations });
  await connect(dataSource, 'profile');
  const deliverWith = (publish: (messages: readonly Message[]) => Promise<void>, activities: ActivityReceived[]) => {
    const stream = { publish: (_topic: string, messages: readonly Message[]) => publish(messages) } as Stream;
    const batch = activities.map(
      (data, offset) => ({ event: 'ActivityReceived', id: data.activityId, data, partition: 0, offset }) as const,
    );
    return new ResolveActivities(dataSource, stream).handle(batch);
  };
  return {
    dataSource,
    async deliver(...activities) {
      const said: CustomerActed[] = [];
      await deliverWith(async (messages) => {
        said.push(...messages.map((message) => open(topics.customers, message).data));
      }, activities);
      return said;
    },
    async deliverAndDie(...activities) {
      const death = new Error('The process died.');
      await deliverWith(() => Promise.reject(death), activities).catch((error: unknown) => {
        if (error !== death) throw error;
      });
    },
  };
}
