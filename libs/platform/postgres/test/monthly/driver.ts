import type { DataSource, MigrationInterface, QueryRunner } from 'typeorm';
import { connect, dataSourceOf, MonthlyPartitions, transaction } from '../../src/index.ts';
import { testDatabase } from '../../src/testing/index.ts';

class Activities1763800000000 implements MigrationInterface {
  name = 'Activities1763800000000';
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table profile.activity (
        activity_id uuid not null default gen_random_uuid(),
        member_id int not null default 1,
        name text not null default 'page.viewed' check (name <> ''),
        length int generated always as (char_length(name)) stored,
        occurred_at timestamptz not null default now(),
        received_at timestamptz not null,
        primary key (activity_id, received_at)
      ) partition by range (received_at);
      create index activity_member on profile.activity (member_id, occurred_at desc, activity_id desc)`);
  }
  async down(): Promise<void> {}
}

/** A process with its own connections. */
export interface Process {
  readonly dataSource: DataSource;
  readonly months: MonthlyPartitions;
  /** Ensures the partitions and inserts an activity for each instant, as a handler does. */
  record(...instants: string[]): Promise<void>;
}

/** A database with the table of activities, and processes that use it. */
export interface Driver {
  /** The first of the processes. */
  readonly first: Process;
  start(): Promise<Process>;
  query<Row = Record<string, unknown>>(sql: string): Promise<Row[]>;
  /** The names of the partitions without the name of the table, such as `y2026m11`. */
  partitions(): Promise<string[]>;
  /** The number of activities. */
  count(): Promise<number>;
  /** Removes all partitions. Processes that know them are not told. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

export async function activities(): Promise<Driver> {
  const database = await testDatabase();
  const opened: DataSource[] = [];
  const start = async () => {
    const dataSource = dataSourceOf({ url: database.url, schema: 'profile', migrations: [Activities1763800000000] });
    opened.push(dataSource);
    await connect(dataSource, 'profile');
    return processOn(dataSource);
  };
  const first = await start();
  const query = <Row>(sql: string) => first.dataSource.query<Row[]>(sql);
  const partitions = async () => {
    const found = await query<{ name: string }>(
      `select relname as name from pg_inherits join pg_class on oid = inhrelid
       where inhparent = 'profile.activity'::regclass and relkind = 'r' order by relname`,
    );
    return found.map(({ name }) => name.replace('activity_', ''));
  };
  return {
    first,
    start,
    query,
    partitions,
    count: async () => Number((await query<{ count: string }>('select count(*) from profile.activity'))[0]!.count),
    async clear() {
      for (const name of await partitions()) await query(`drop table profile.activity_${name}`);
    },
    async close() {
      for (const dataSource of opened) await dataSource.destroy();
      await database.drop();
    },
  };
}

function processOn(dataSource: DataSource): Process {
  const months = new MonthlyPartitions(dataSource, { schema: 'profile', table: 'activity' });
  return {
    dataSource,
    months,
    async record(...instants) {
      await months.ensure(instants);
      await months.inserting(() =>
        transaction(dataSource, (client) =>
          client.query('insert into profile.activity (received_at) select unnest($1::timestamptz[])', [instants]),
        ),
      );
    },
  };
}
