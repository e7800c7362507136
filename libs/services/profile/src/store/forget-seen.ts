import { transaction } from '@sestante/postgres';
import type { DataSource } from 'typeorm';

/** Of the index by reception. */
export const pagesPerRange = 32;

export interface ForgettingOptions {
  /** Ids are removed this number of months after their reception. */
  readonly keepMonths: number;
  /** By default the clock of this process. */
  readonly now?: Date;
  /** The largest number of ids that one statement removes. */
  readonly stepSize?: number;
}

/**
 * Removes the ids of activities after their retention time, in small steps. An id is expired only if it is so by the clock of this process and by that
 * of the database, and no id is removed while an activity as old is in the timeline: otherwise, a repeat could be stored a second time. Resolves to
 * the number of removed ids; 0 if another process is removing them.
 */
export async function forgetSeen(dataSource: DataSource, options: ForgettingOptions): Promise<number> {
  const { keepMonths, now = new Date(), stepSize = 5_000 } = options;
  const [{ before } = { before: now }] = await dataSource.query<{ before: Date }[]>(
    'select least($1::timestamptz, now()) - make_interval(months => $2::int) as before',
    [now, keepMonths],
  );
  const ranges = new Set<string>();
  let forgotten = 0;
  for (;;) {
    const step = await forgetStep(dataSource, before, stepSize);
    for (const { range, count } of step) {
      ranges.add(range);
      forgotten += count;
    }
    if (step.reduce((sum, { count }) => sum + count, 0) < stepSize) break;
  }
  if (ranges.size > 0) await resetRanges(dataSource, [...ranges]);
  return forgotten;
}

/** The removed ids of one step, by the first page of their range of the index. */
type Step = readonly { readonly range: string; readonly count: number }[];

function forgetStep(dataSource: DataSource, before: Date, stepSize: number): Promise<Step> {
  return transaction(dataSource, async (client) => {
    const { rows: locks } = await client.query<{ locked: boolean }>(
      `select pg_try_advisory_xact_lock(hashtextextended('sestante.profile.seen.remove', 0)) as locked`,
    );
    if (!locks[0]!.locked) return [];
    const { rows } = await client.query<Step[number]>({
      name: 'profile-forget-seen',
      text: `
        with old as (
          delete from profile.seen
           where ctid = any(array(select ctid from profile.seen where received_at < $1::timestamptz limit $2::int))
             and not exists (select from profile.activity where received_at < $1::timestamptz)
          returning ctid
        ),
        counted as (update profile.forgotten set count = count + (select count(*) from old) where exists (select from old))
        select (ctid::text::point)[0]::bigint / $3::int * $3::int as range, count(*)::int as count from old group by 1`,
      values: [before, stepSize, pagesPerRange],
    });
    return rows;
  });
}

/**
 * Makes the index compute the ranges again at the next vacuum. A range stays as wide as it was when its rows are removed, so that every later run would
 * read it.
 */
async function resetRanges(dataSource: DataSource, ranges: readonly string[]): Promise<void> {
  await dataSource.query(
    `select brin_desummarize_range('profile.seen_by_reception', page) from unnest($1::bigint[]) as page`,
    [ranges],
  );
}
