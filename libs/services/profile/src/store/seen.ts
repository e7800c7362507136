import { bigintArray, isUniqueViolation, uuidArray } from '@sestante/postgres';
import type { PoolClient } from 'pg';
import type { NewActivities } from './new-activities.ts';
import { type Row, type StoredActivity, timelineColumns, toStoredActivity } from './timeline.ts';

/** An activity id that was used before. */
export interface SeenActivity {
  readonly contentHash: number;
  /** Undefined after the retention time of the timeline, and after its customer was erased. */
  readonly activity: StoredActivity | undefined;
}

/** Adds the ids of activities that were not seen yet. Throws `AlreadySeen`. `on conflict do nothing` would cost a WAL record for each row. */
export async function addSeen(client: PoolClient, activities: NewActivities): Promise<void> {
  const { entries, activityIds, memberIds, occurredAt, receivedAt } = activities;
  if (entries.length === 0) return;
  const contentHashes = bigintArray(entries.map(({ contentHash }) => contentHash));
  try {
    await client.query({
      name: 'profile-add-seen',
      text: `insert into profile.seen (activity_id, member_id, occurred_at, received_at, content_hash)
             select * from unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::timestamptz[], $5::bigint[])`,
      values: [activityIds, memberIds, occurredAt, receivedAt, contentHashes],
    });
  } catch (error) {
    throw isRepeated(error) ? new AlreadySeen(error) : error;
  }
}

function isRepeated(error: unknown): boolean {
  const { schema, table } = (error ?? {}) as Partial<Record<string, unknown>>;
  return isUniqueViolation(error) && schema === 'profile' && table === 'seen';
}

/** An activity of the batch was stored before. Retriable: a look-up finds it. */
export class AlreadySeen extends Error {
  readonly code = 'already-seen';
  readonly retriable = true;
  constructor(cause: unknown) {
    super('An activity of the batch was stored before.', { cause });
    this.name = 'AlreadySeen';
  }
}

type SeenRow = Omit<Row, 'name'> & { readonly name: string | null; readonly contentHash: number };

/**
 * The ids that were seen before, with their activities. Each activity is read from the one partition with its instant of reception, by the index of
 * its member. `offset 0` makes the server look up each row. A plan that joins whole tables is made while they are tiny, and stays in use.
 */
export async function findSeen(client: PoolClient, activityIds: readonly string[]): Promise<Map<string, SeenActivity>> {
  if (activityIds.length === 0) return new Map();
  const { rows } = await client.query<SeenRow>({
    name: 'profile-find-seen',
    text: `select s.content_hash::float8 as "contentHash", s.activity_id as "activityId", ${timelineColumns}
             from unnest($1::uuid[]) as wanted (activity_id)
            cross join lateral (select * from profile.seen where activity_id = wanted.activity_id offset 0) s
             left join lateral (select * from profile.member where member_id = s.member_id offset 0) m on true
             left join lateral (select * from profile.activity where received_at = s.received_at and member_id = s.member_id
                                   and occurred_at = s.occurred_at and activity_id = s.activity_id offset 0) a on true`,
    values: [uuidArray(activityIds)],
  });
  return new Map(
    rows.map(({ contentHash, name, ...row }) => [
      row.activityId,
      { contentHash, activity: name === null ? undefined : toStoredActivity({ ...row, name }) },
    ]),
  );
}
