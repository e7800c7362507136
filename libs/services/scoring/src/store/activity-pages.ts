import type { Activity } from '@sestante/engagement';
import type { DataSource } from 'typeorm';
import { type ActivityRow, activityColumns, toActivity } from './activity-row.ts';
import { customerOf } from './customer-of.ts';

/** How many activities are in memory at a time. */
export const pageSize = 1_000;

interface Asked {
  readonly modelId: number;
  /** The id of the customer, or a former one. */
  readonly customerId: string;
  /** The last instant of the activities, in milliseconds since 1970. */
  readonly until: number;
}

/** The kept activities of all members of a customer, oldest first, page by page. */
export async function* activityPages(
  dataSource: DataSource,
  { modelId, customerId, until }: Asked,
): AsyncGenerator<Activity[]> {
  let after: { position: string; activity_id: string } | undefined;
  for (;;) {
    const rows: (ActivityRow & { position: string })[] = await dataSource.query(
      `select one.* from scoring.member m
        cross join lateral (
                select ${activityColumns}, a.happened_at::text as position
                  from scoring.activity a
                 where a.member_id = m.member_id and a.happened_at <= to_timestamp($3::float8 / 1000)
                   and ($4::timestamptz is null or (a.happened_at, a.activity_id) > ($4, $5::uuid))
                 order by a.happened_at, a.activity_id limit ${pageSize}) one
        where m.model_id = $1 and m.customer_id = ${customerOf}
        order by one.happened_at, one.activity_id limit ${pageSize}`,
      [modelId, customerId, until, after?.position ?? null, after?.activity_id ?? null],
    );
    if (rows.length > 0) yield rows.map(toActivity);
    if (rows.length < pageSize) return;
    after = rows.at(-1);
  }
}
