import type { DataSource } from 'typeorm';
import type { Counts } from './counted.ts';
import type { Movements, Window } from './movement.ts';

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
     on conflict (model_id, day) do update set counts = excluded.counts`,
    [modelId, JSON.stringify(days)],
  );
}

/** What has changed in the last days until an instant, in milliseconds since 1970. */
export interface StoredMovements {
  readonly countedAt: number;
  readonly elements: Movements;
}

export async function readMovements(
  dataSource: DataSource,
  modelId: number,
  days: Window,
): Promise<StoredMovements | undefined> {
  const [row] = await dataSource.query<StoredMovements[]>(
    `select extract(epoch from counted_at)::float8 * 1000 as "countedAt", elements from scoring.movement where model_id = $1 and days = $2`,
    [modelId, days],
  );
  return row;
}

export async function saveMovements(
  dataSource: DataSource,
  modelId: number,
  countedAt: number,
  movements: ReadonlyMap<Window, Movements>,
): Promise<void> {
  const rows = [...movements].map(([days, elements]) => ({ days, elements }));
  await dataSource.query(
    `insert into scoring.movement as m (model_id, days, counted_at, elements)
     select $1, new.days, to_timestamp($2::float8 / 1000), new.elements from json_to_recordset($3::json) as new (days smallint, elements json)
     on conflict (model_id, days) do update set counted_at = excluded.counted_at, elements = excluded.elements
      where m.counted_at < excluded.counted_at`,
    [modelId, countedAt, JSON.stringify(rows)],
  );
}
