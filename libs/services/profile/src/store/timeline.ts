import { Injectable } from '@nestjs/common';
import type { ActivityReceived } from '@sestante/contracts';
import { jsonArray, MonthlyPartitions, textArray } from '@sestante/postgres';
import type { PoolClient } from 'pg';
import { DataSource } from 'typeorm';
import type { NewActivities } from './new-activities.ts';

/** The months of the timeline, by the instant of reception: an activity may have happened long before. */
export const timelineMonths = (dataSource: DataSource) =>
  new MonthlyPartitions(dataSource, { schema: 'profile', table: 'activity' });

/** Adds activities. The same transaction adds their ids by `addSeen`, so that none is added twice. */
export async function addToTimeline(client: PoolClient, activities: NewActivities): Promise<void> {
  const { entries, activityIds, memberIds, occurredAt, receivedAt } = activities;
  if (entries.length === 0) return;
  await client.query({
    name: 'profile-add-activities',
    text: `insert into profile.activity (activity_id, member_id, occurred_at, received_at, source, message_id, name, channel, properties, violations, vouched_by)
           select * from unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::timestamptz[], $5::text[], $6::text[], $7::text[], $8::text[],
                                $9::json[], $10::json[], $11::text[])`,
    values: [
      activityIds,
      memberIds,
      occurredAt,
      receivedAt,
      textArray(entries.map(({ source }) => source)),
      textArray(entries.map(({ messageId }) => messageId)),
      textArray(entries.map(({ name }) => name)),
      textArray(entries.map(({ channel }) => channel)),
      jsonArray(entries.map(({ properties }) => JSON.stringify(properties))),
      jsonArray(entries.map(({ violations }) => (violations ? JSON.stringify(violations) : null))),
      textArray(entries.map(({ vouchedBy }) => (vouchedBy === 'secret' ? null : vouchedBy))),
    ],
  });
}

/** An activity as stored in the timeline, with the customer that its member belongs to now. */
export interface StoredActivity {
  readonly activityId: string;
  readonly memberId: string;
  readonly customerId: string;
  /** How often the member was moved to another customer. */
  readonly moves: number;
  readonly name: string;
  readonly channel: ActivityReceived['channel'];
  readonly vouchedBy: ActivityReceived['vouchedBy'];
  readonly timestamp: string;
  readonly receivedAt: string;
  readonly properties: Record<string, unknown>;
  readonly violations?: ActivityReceived['violations'] | null;
}

/** The columns of an activity `a` and its member `m`, apart from the id. */
export const timelineColumns = `m.member_id as "memberId", m.customer_id as "customerId", m.moves, a.name, a.channel,
  a.occurred_at as "timestamp", a.received_at as "receivedAt", a.properties, a.violations,
  coalesce(a.vouched_by, 'secret') as "vouchedBy"`;

export type Row = Omit<StoredActivity, 'timestamp' | 'receivedAt'> & {
  readonly timestamp: Date;
  readonly receivedAt: Date;
};

export const toStoredActivity = (row: Row): StoredActivity => ({
  ...row,
  timestamp: row.timestamp.toISOString(),
  receivedAt: row.receivedAt.toISOString(),
});

/** The position of an activity in the timeline. A page begins after it. */
export interface Cursor {
  readonly timestamp: string;
  readonly activityId: string;
}

/** Which activities of a customer, in which order. */
export interface TimelineFilter {
  readonly order: 'asc' | 'desc';
  readonly cursor?: Cursor | undefined;
  readonly names?: readonly string[] | undefined;
  readonly channel?: string | undefined;
  /** The first instant. */
  readonly from?: string | undefined;
  /** The first instant that is too late. */
  readonly until?: string | undefined;
}

@Injectable()
export class Timeline {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * The activities of all members of the customer in the order of their instants. Without names and channel, it reads at most `limit` rows per member, and one
   * of each month.
   */
  async page(customerId: string, filter: TimelineFilter, limit: number): Promise<StoredActivity[]> {
    const { order } = filter;
    const { conditions, values } = conditionsOf(filter, [customerId, limit]);
    const rows = await this.dataSource.query<Row[]>(
      `select a.activity_id as "activityId", ${timelineColumns}
         from profile.member m cross join lateral (
                select * from profile.activity b
                 where ${['b.member_id = m.member_id', ...conditions].join(' and ')}
                 order by b.occurred_at ${order}, b.activity_id ${order} limit $2) a
        where m.customer_id = $1 order by a.occurred_at ${order}, a.activity_id ${order} limit $2`,
      values,
    );
    return rows.map(toStoredActivity);
  }
}

/** Only the conditions that are asked for. Not `$3 is null or …`: a generic plan would read all activities. */
function conditionsOf({ order, cursor, names, channel, from, until }: TimelineFilter, first: readonly unknown[]) {
  const values = [...first];
  const value = (of: unknown) => `$${values.push(of)}`;
  const conditions: string[] = [];
  if (cursor) {
    const after = `(${value(cursor.timestamp)}::timestamptz, ${value(cursor.activityId)}::uuid)`;
    conditions.push(`(b.occurred_at, b.activity_id) ${order === 'desc' ? '<' : '>'} ${after}`);
  }
  if (from !== undefined) conditions.push(`b.occurred_at >= ${value(from)}::timestamptz`);
  if (until !== undefined) conditions.push(`b.occurred_at < ${value(until)}::timestamptz`);
  if (names) conditions.push(`b.name = any(${value(names)}::text[])`);
  if (channel !== undefined) conditions.push(`b.channel = ${value(channel)}`);
  return { conditions, values };
}
