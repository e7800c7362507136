import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { addPartitions } from './partitions.ts';

/** The size of the data that a shop has after some time. */
export interface GrownSize {
  readonly customers: number;
  readonly activities: number;
  /** The activities are spread evenly over this time until now. */
  readonly months: number;
}

/**
 * Fills the tables of a new database as if the activities had been processed. Afterwards the statistics are current, all rows are known to
 * be visible (so that no vacuum runs during a measurement), and all pages are written.
 */
export async function loadGrown(url: string, size: GrownSize, log: (line: string) => void): Promise<void> {
  await addPartitions(url, size.months);
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    for (const [name, value] of Object.entries(size))
      await client.query('select set_config($1, $2, false)', [`grown.${name}`, String(value)]);
    for (const name of ['history', 'profile', 'scoring', 'offers']) {
      log(`  loading ${name}.sql`);
      await client.query(await readFile(join(import.meta.dirname, `${name}.sql`), 'utf8'));
    }
    log('  vacuum, analyze and checkpoint');
    await client.query('drop table person, event');
    await client.query('vacuum (analyze)');
    await client.query('checkpoint');
  } finally {
    await client.end();
  }
}
