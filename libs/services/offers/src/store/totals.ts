import { prepared } from '@sestante/postgres';
import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';

/** How many decisions and offers were made, also those whose month has been removed since. */
export interface Totals {
  readonly decisions: number;
  readonly offers: number;
}

/**
 * Adds to the totals. They are stored by partition of the input: its applied offset is locked, so there is no other writer of the row. Counting the
 * rows instead would take longer with every month.
 */
export async function addToTotals(client: PoolClient, partition: number, { decisions, offers }: Totals): Promise<void> {
  if (decisions === 0) return;
  await client.query({
    name: 'offers-add-to-totals',
    text: `
      insert into offers.total as t (partition, decisions, offers) values ($1, $2, $3)
      on conflict (partition) do update set decisions = t.decisions + excluded.decisions, offers = t.offers + excluded.offers`,
    values: [partition, decisions, offers],
  });
}

export async function readTotals(dataSource: DataSource): Promise<Totals> {
  const rows = await prepared<{ decisions: string; offers: string }>(dataSource, {
    name: 'offers-read-totals',
    text: 'select coalesce(sum(decisions), 0) as decisions, coalesce(sum(offers), 0) as offers from offers.total',
    values: [],
  });
  return { decisions: Number(rows[0]!.decisions), offers: Number(rows[0]!.offers) };
}
