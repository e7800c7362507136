import { Injectable } from '@nestjs/common';
import type { ActivityReceived } from '@sestante/contracts';
import type { PoolClient } from 'pg';
import { DataSource } from 'typeorm';
import { lines, Race, uuids } from '@sestante/postgres';

/** An activity with its resolved member and customer. */
export interface TimelineEntry extends ActivityReceived {
  readonly memberId: string;
  readonly customerId: string;
}

/** Adds activities that are not in the timeline yet, ordered by id so that batches cannot deadlock. Throws `Race`. */
export async function addToTimeline(client: PoolClient, batch: readonly TimelineEntry[]): Promise<void> {
  if (batch.length === 0) return;
  const entries = batch.toSorted((a, b) => (a.activityId < b.activityId ? -1 : 1));
  const { rowCount } = await client.query({
    name: 'profile-add-activities',
    text: `
      insert into profile.activity (activity_id, member_id, source, name, channel, occurred_at, received_at, properties, content_hash,
                                    violations, message_id)
      select a::uuid, m::uuid, s, n, c, o::timestamptz, r::timestamptz, p::json, h::bigint, nullif(v, '')::json, i
        from unnest(string_to_array($1, E'\\n'), string_to_array($2, E'\\n'), string_to_array($3, E'\\n'), string_to_array($4, E'\\n'),
                    string_to_array($5, E'\\n'), string_to_array($6, E'\\n'), string_to_array($7, E'\\n'), string_to_array($8, E'\\n'),
                    string_to_array($9, E'\\n'), string_to_array($10, E'\\n'), $11::text[]) as row(a, m, s, n, c, o, r, p, h, v, i)
      on conflict do nothing`,
    values: [
      lines(entries, (entry) => entry.activityId),
      lines(entries, (entry) => entry.memberId),
      lines(entries, (entry) => entry.source),
      lines(entries, (entry) => entry.name),
      lines(entries, (entry) => entry.channel),
      lines(entries, (entry) => entry.timestamp),
      lines(entries, (entry) => entry.receivedAt),
      lines(entries, (entry) => JSON.stringify(entry.properties)),
      lines(entries, (entry) => String(entry.contentHash)),
      lines(entries, ({ violations }) => (violations ? JSON.stringify(violations) : '')),
      entries.map((entry) => entry.messageId),
    ],
  });
  if (rowCount !== entries.length) throw new Race('an activity of the batch');
}

/** An activity as stored in the timeline, with the customer that its member belongs to now. */
export interface StoredActivity {
  readonly activityId: string;
  readonly memberId: string;
  readonly customerId: string;
  readonly name: string;
  readonly channel: ActivityReceived['channel'];
  readonly timestamp: string;
  readonly receivedAt: string;
  readonly properties: Record<string, unknown>;
  readonly contentHash: number;
  readonly violations?: ActivityReceived['violations'] | null;
}

const columns = `a.activity_id as "activityId", a.member_id as "memberId", m.customer_id as "customerId", a.name, a.channel,
  a.occurred_at as "timestamp", a.received_at as "receivedAt", a.properties,
  a.content_hash::float8 as "contentHash", a.violations`;

type Row = Omit<StoredActivity, 'timestamp' | 'receivedAt'> & { timestamp: Date; receivedAt: Date };

const toStoredActivity = (row: Row): StoredActivity => ({
  ...row,
  timestamp: row.timestamp.toISOString(),
  receivedAt: row.receivedAt.toISOString(),
});

/** The stored activities with these ids, by id. A repeated delivery never changes a stored activity. */
export async function findActivities(
  client: PoolClient,
  activityIds: readonly string[],
): Promise<Map<string, StoredActivity>> {
  const { rows } = await client.query<Row>({
    name: 'profile-find-activities',
    text: `select ${columns} from profile.activity a join profile.member m using (member_id) where a.activity_id = any($1::uuid[])`,
    values: [uuids(activityIds)],
  });
  return new Map(rows.map((row) => [row.activityId, toStoredActivity(row)]));
}

/** The position of an activity in the timeline. A page begins after it. */
export interface Cursor {
  readonly timestamp: string;
  readonly activityId: string;
}

@Injectable()
export class Timeline {
  constructor(private readonly dataSource: DataSource) {}

  /** The activities of all members of the customer, newest first. Reads at most `limit` rows per member. */
  async page(customerId: string, before: Cursor | undefined, limit: number): Promise<StoredActivity[]> {
    const rows = await this.dataSource.query<Row[]>(
      `select ${columns}
         from profile.member m cross join lateral (
                select * from profile.activity b
                 where b.member_id = m.member_id and ($2::timestamptz is null or (b.occurred_at, b.activity_id) < ($2, $3::uuid))
                 order by b.occurred_at desc, b.activity_id desc limit $4) a
        where m.customer_id = $1 order by a.occurred_at desc, a.activity_id desc limit $4`,
      [customerId, before?.timestamp ?? null, before?.activityId ?? null, limit],
    );
    return rows.map(toStoredActivity);
  }
}
