import type { DataSource } from 'typeorm';
import type { Counts } from './counted.ts';

/** The counts of all customers at the end of a day (UTC), which is written YYYY-MM-DD. */
export interface DailyCounts {
  readonly day: string;
  readonly counts: Counts;
}

interface Days {
  readonly from: string;
  readonly to: string;
}

export async function readDays(dataSource: DataSource, modelId: number, { from, to }: Days): Promise<DailyCounts[]> {
  return dataSource.query<DailyCounts[]>(
    `select day::text as day, counts from scoring.daily_summary where model_id = $1 and day between $2 and $3 order by day`,
    [modelId, from, to],
  );
}

/** Stores days, in place of those that are there. */
export async function saveDays(dataSource: DataSource, modelId: number, days: readonly DailyCounts[]): Promise<void> {
  await dataSource.query(
    `insert into scoring.daily_summary (model_id, day, counts)
     select $1, new.day::date, new.counts from json_to_recordset($2::json) as new (day text, counts json)
     on conflict (model_id, day) do update set counts = excluded.counts, counted_at = excluded.counted_at`,
    [modelId, JSON.stringify(days)],
  );
}

/** The days that were counted after an instant, in milliseconds since 1970. */
export async function daysCountedSince(
  dataSource: DataSource,
  modelId: number,
  { from, to, since }: Days & { readonly since: number },
): Promise<Set<string>> {
  const rows = await dataSource.query<{ day: string }[]>(
    `select day::text as day from scoring.daily_summary
      where model_id = $1 and day between $2 and $3 and counted_at > to_timestamp($4::float8 / 1000)`,
    [modelId, from, to, since],
  );
  return new Set(rows.map(({ day }) => day));
}
