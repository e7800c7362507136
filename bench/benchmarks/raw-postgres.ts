import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import type { Benchmark, Context } from '../benchmark.ts';
import { customers, eventSource } from '../load/events.ts';
import type { Rate } from '../measure/rate.ts';
import { repeat } from '../measure/repeat.ts';
import { type Part, stopwatch, thisProcess } from '../measure/stopwatch.ts';
import { startPostgres } from '../system/postgres.ts';

const rowsEachStatement = 1_000;
const floats = Array.from({ length: 12 }, (_, index) => `f${index + 1}`);

export const rawInsert = 'Postgres, insert of rows with the event as JSON';
export const rawUpsert = 'Postgres, upsert of 12 floats';

/** The cost of storing an event, and of storing the numbers of a customer, in Postgres alone. */
export const rawPostgres: Benchmark = {
  name: 'raw-postgres',
  async run(context) {
    await using postgres = await startPostgres();
    const client = new Client({ connectionString: postgres.url });
    await client.connect();
    try {
      const parts = [thisProcess('client'), postgres.part];
      const rows = context.isQuick ? 10_000 : 100_000;
      const rates = [await inserts(context, client, { parts, rows }), await upserts(context, client, { parts, rows })];
      const about = `One connection, synchronous commit, ${rowsEachStatement} rows per statement by \`unnest\`; client included.`;
      return { title: 'Baseline: Postgres alone', about, rates };
    } finally {
      await client.end();
    }
  },
};

interface Work {
  readonly parts: readonly Part[];
  readonly rows: number;
}

async function inserts(context: Context, client: Client, { parts, rows }: Work): Promise<Rate> {
  return repeat(context, { what: rawInsert }, async (run) => {
    await client.query('drop table if exists raw_event');
    await client.query(
      'create table raw_event (id uuid primary key, customer text not null, at timestamptz not null, body json not null)',
    );
    const next = eventSource(run);
    const events = Array.from({ length: rows }, () => [
      randomUUID(),
      `customer-${run}`,
      new Date().toISOString(),
      next(),
    ]);
    const read = stopwatch(parts);
    for (let from = 0; from < rows; from += rowsEachStatement) {
      const some = events.slice(from, from + rowsEachStatement);
      await client.query({
        name: 'raw-insert',
        text: 'insert into raw_event select * from unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::json[])',
        values: [0, 1, 2, 3].map((column) => some.map((event) => event[column])),
      });
    }
    return { events: rows, ...read() };
  });
}

async function upserts(context: Context, client: Client, { parts, rows }: Work): Promise<Rate> {
  await client.query(
    `create table raw_state (customer int primary key, ${floats.map((name) => `${name} float8 not null`).join()})
       with (fillfactor = 60)`,
  );
  const text = `
    insert into raw_state select * from unnest($1::int[], ${floats.map((_, index) => `$${index + 2}::float8[]`).join()})
    on conflict (customer) do update set ${floats.map((name) => `${name} = excluded.${name}`).join()}`;
  return repeat(context, { what: rawUpsert }, async () => {
    const read = stopwatch(parts);
    for (let from = 0; from < rows; from += rowsEachStatement) {
      const keys = Array.from({ length: rowsEachStatement }, (_, index) => (from + index) % customers);
      const values = [keys, ...floats.map(() => keys.map(() => Math.random()))];
      await client.query({ name: 'raw-upsert', text, values });
    }
    return { events: rows, ...read() };
  });
}
