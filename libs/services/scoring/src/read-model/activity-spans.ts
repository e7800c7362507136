import { uuidArray } from '@sestante/postgres';
import type { PoolClient } from 'pg';

/** The instants of the first and the last of some activities, in milliseconds since 1970. */
export interface ActivitySpan {
  readonly firstAt: number;
  readonly lastAt: number;
}

/** The span of some that already have one, with one more activity. */
export function extended(span: ActivitySpan | undefined, at: number): ActivitySpan {
  return { firstAt: Math.min(span?.firstAt ?? at, at), lastAt: Math.max(span?.lastAt ?? at, at) };
}

/** The spans of the kept activities of customers. Those without any are absent. */
export async function findSpans(
  client: PoolClient,
  modelId: number,
  customerIds: readonly string[],
): Promise<Map<string, ActivitySpan>> {
  if (customerIds.length === 0) return new Map();
  const { rows } = await client.query<{ customer_id: string; first_at: Date | null; last_at: Date | null }>({
    name: 'scoring-find-activity-spans',
    text: `
      select asked.customer_id, found.first_at, found.last_at
        from unnest($2::uuid[]) as asked (customer_id)
       cross join lateral (
               select min((select min(a.happened_at) from scoring.activity a where a.member_id = m.member_id)) as first_at,
                      max((select max(a.happened_at) from scoring.activity a where a.member_id = m.member_id)) as last_at
                 from scoring.member m
                where m.customer_id = asked.customer_id and m.model_id = $1
               offset 0) as found`,
    values: [modelId, uuidArray(customerIds)],
  });
  return new Map(
    rows.flatMap(({ customer_id, first_at, last_at }) =>
      first_at && last_at ? [[customer_id, { firstAt: first_at.getTime(), lastAt: last_at.getTime() }] as const] : [],
    ),
  );
}
