import { Client } from 'pg';
import type { Benchmark } from '../benchmark.ts';
import { follow } from '../load/follow.ts';
import { requestsOf } from '../load/requests.ts';
import { sendAll } from '../load/send.ts';
import { table } from '../report/table.ts';
import { databaseUrlOf } from '../system/database.ts';
import { makeFolder } from '../system/folder.ts';
import { startStandalone } from '../system/server.ts';
import { figure } from '../report/figures.ts';

const about = `The tables of each service with their indexes (\`pg_total_relation_size\`) after the same events as in the chapter on all four stages, without the records of the stream,
which are kept for a time. Tables that grow with customers: bytes per customer; all others: bytes per activity. One run.`;

/** The tables that have rows for each customer, each identifier or each link, not for each activity. */
const growWithCustomers = new Set([
  'profile.member',
  'profile.link',
  'profile.moved',
  'profile.consent',
  'scoring.member',
  'offers.member',
]);

/** Smaller tables are not listed. */
const leastShare = 0.01;

/** What is stored of customers and activities. */
export const storage: Benchmark = {
  name: 'storage',
  async run(context) {
    const events = context.isQuick ? 10_000 : 100_000;
    await using folder = await makeFolder();
    await using server = await startStandalone(context, { folder: folder.path });
    const progress = await follow(server);
    await sendAll(server.port, requestsOf(server, { events, eachRequest: 200, seed: 1 }), 4);
    await progress.until(events);
    const { customers, tables } = await readSizes(databaseUrlOf(folder.path));
    const of = (isOfCustomers: boolean) => tables.filter(({ name }) => growWithCustomers.has(name) === isOfCustomers);
    const perCustomer = bytesOf(of(true)) / customers;
    const perActivity = bytesOf(of(false)) / events;
    context.log(`  ${Math.round(perCustomer)} bytes per customer, ${Math.round(perActivity)} per activity`);
    return {
      title: 'Bytes per customer and per activity',
      about,
      readings: [
        { what: 'per customer', unit: 'bytes', values: [perCustomer] },
        { what: 'per activity', unit: 'bytes', values: [perActivity] },
      ],
      remarks: [
        sizesTable(of(true), { head: 'bytes per customer', count: customers }),
        sizesTable(of(false), { head: 'bytes per activity', count: events }),
        `${customers.toLocaleString('en-US')} customers and ${events.toLocaleString('en-US')} activities.`,
      ],
    };
  },
};

interface TableSize {
  readonly name: string;
  readonly rows: number;
  readonly bytes: number;
}

const bytesOf = (tables: readonly TableSize[]) => tables.reduce((sum, { bytes }) => sum + bytes, 0);

/** The sizes of the tables of the services, the largest first. Partitions count as one table. */
async function readSizes(url: string): Promise<{ customers: number; tables: TableSize[] }> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('analyze');
    const tables = await client.query<TableSize>(`
      select coalesce(pg_partition_root(c.oid), c.oid)::regclass::text as name, sum(greatest(c.reltuples, 0))::float8 as rows,
             sum(pg_total_relation_size(c.oid))::float8 as bytes
        from pg_class c
       where c.relkind = 'r' and c.relnamespace::regnamespace::text in ('ingest', 'profile', 'scoring', 'offers')
       group by 1 order by 3 desc`);
    const customers = await client.query<{ count: number }>(
      'select count(distinct customer_id)::float8 as count from profile.member',
    );
    return { customers: customers.rows[0]!.count, tables: tables.rows };
  } finally {
    await client.end();
  }
}

function sizesTable(tables: readonly TableSize[], { head, count }: { head: string; count: number }): string {
  const listed = tables.filter(({ bytes }) => bytes >= leastShare * bytesOf(tables));
  const rows = listed.map(({ name, rows, bytes }) => [name, figure(rows / count), figure(bytes / count)]);
  return table([['', 'rows', head], ...rows]);
}
