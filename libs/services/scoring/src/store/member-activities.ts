import type { Activity } from '@sestante/engagement';
import { uuidArray } from '@sestante/postgres';
import type { PoolClient } from 'pg';
import { type ActivityRow, activityColumns, toActivity } from './activity-row.ts';

/** An activity with the instant at which it was received, in milliseconds since 1970. */
export interface KeptActivity {
  readonly activity: Activity;
  readonly receivedAt: number;
}

/** The kept activities of each of these members that has any, in no order. */
export async function readActivities(
  client: PoolClient,
  memberIds: readonly string[],
): Promise<Map<string, KeptActivity[]>> {
  const { rows } = await client.query<ActivityRow & { member_id: string; received_at: number }>({
    name: 'scoring-activities-of-members',
    text: `select a.member_id, extract(epoch from a.received_at)::float8 * 1000 as received_at, ${activityColumns}
             from scoring.activity a where a.member_id = any($1::uuid[])`,
    values: [uuidArray(memberIds)],
  });
  const histories = new Map<string, KeptActivity[]>();
  for (const row of rows) {
    const kept = { activity: toActivity(row), receivedAt: Math.round(row.received_at) };
    const history = histories.get(row.member_id);
    if (history) history.push(kept);
    else histories.set(row.member_id, [kept]);
  }
  return histories;
}
