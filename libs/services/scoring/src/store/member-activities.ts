import type { Activity } from '@sestante/engagement';
import { uuidArray } from '@sestante/postgres';
import type { PoolClient } from 'pg';
import { type ActivityRow, activityColumns, toActivity } from './activity-row.ts';

/** The kept activities of each of these members that has any, in no order. */
export async function readActivities(
  client: PoolClient,
  memberIds: readonly string[],
): Promise<Map<string, Activity[]>> {
  const { rows } = await client.query<ActivityRow & { member_id: string }>({
    name: 'scoring-activities-of-members',
    text: `select a.member_id, ${activityColumns} from scoring.activity a where a.member_id = any($1::uuid[])`,
    values: [uuidArray(memberIds)],
  });
  const histories = new Map<string, Activity[]>();
  for (const row of rows) {
    const history = histories.get(row.member_id);
    if (history) history.push(toActivity(row));
    else histories.set(row.member_id, [toActivity(row)]);
  }
  return histories;
}
