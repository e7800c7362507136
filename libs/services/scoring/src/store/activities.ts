import type { Activity } from '@sestante/engagement';
import { intArray, jsonArray, textArray, timestampArray, uuidArray } from '@sestante/postgres';
import type { PoolClient } from 'pg';

/** An activity, to be stored. */
export interface StoredActivity extends Activity {
  readonly memberId: string;
  /** When the activity was received, in milliseconds since 1970. Its month is that of the partition. */
  readonly receivedAt: number;
  /** The version of the customer's scores that it led to; null if the change was too small to publish. */
  readonly version: number | null;
}

/** What finds an activity: its partition by its reception, its place in the index by its member and instant. */
export type ActivityKey = Pick<StoredActivity, 'activityId' | 'memberId' | 'receivedAt' | 'at'>;

/** The activities that are stored already, by id, with the version that each led to. */
export async function findVersions(
  client: PoolClient,
  keys: readonly ActivityKey[],
): Promise<Map<string, number | null>> {
  if (keys.length === 0) return new Map();
  // `offset 0` keeps the planner from joining the whole table: it looks up each activity, in one partition.
  const { rows } = await client.query<{ activity_id: string; version: number | null }>({
    name: 'scoring-find-versions',
    text: `
      select asked.activity_id, found.version
        from unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::timestamptz[]) as asked (activity_id, member_id, received_at, happened_at)
       cross join lateral (
               select version from scoring.activity a
                where a.member_id = asked.member_id and a.happened_at = asked.happened_at
                  and a.received_at = asked.received_at and a.activity_id = asked.activity_id
               offset 0) as found`,
    values: [
      uuidArray(keys.map(({ activityId }) => activityId)),
      uuidArray(keys.map(({ memberId }) => memberId)),
      timestampArray(keys.map(({ receivedAt }) => receivedAt)),
      timestampArray(keys.map(({ at }) => at)),
    ],
  });
  return new Map(rows.map((row) => [row.activity_id, row.version]));
}

/** Adds activities that are not stored. No unique index checks that: see `EffectsOnce`. */
export async function addActivities(client: PoolClient, activities: readonly StoredActivity[]): Promise<void> {
  if (activities.length === 0) return;
  await client.query({
    name: 'scoring-add-activities',
    text: `
      insert into scoring.activity (activity_id, member_id, received_at, happened_at, version, name, channel, properties, vouched_by)
      select * from unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::timestamptz[], $5::int[], $6::text[], $7::text[], $8::json[],
                           $9::text[])`,
    values: [
      uuidArray(activities.map(({ activityId }) => activityId)),
      uuidArray(activities.map(({ memberId }) => memberId)),
      timestampArray(activities.map(({ receivedAt }) => receivedAt)),
      timestampArray(activities.map(({ at }) => at)),
      intArray(activities.map(({ version }) => version)),
      textArray(activities.map(({ name }) => name)),
      textArray(activities.map(({ channel }) => channel)),
      jsonArray(activities.map(({ properties }) => packProperties(properties))),
      textArray(activities.map(({ vouchedBy }) => (vouchedBy === 'secret' ? null : vouchedBy))),
    ],
  });
}

function packProperties(properties: Activity['properties']): string | null {
  const text = JSON.stringify(properties);
  return text === '{}' ? null : text;
}
