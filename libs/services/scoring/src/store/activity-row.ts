import type { Activity, Channel, Properties, VouchedBy } from '@sestante/engagement';

/** A row of `scoring.activity`, as `activityColumns` select it. */
export interface ActivityRow {
  readonly activity_id: string;
  readonly name: string;
  readonly channel: Channel;
  /** Null for a secret key. */
  readonly vouched_by: VouchedBy | null;
  /** In milliseconds since 1970. */
  readonly happened_at: number;
  /** Null for none. */
  readonly properties: Properties | null;
}

/** The columns of `scoring.activity a` that are the activity as the domain reads it. */
export const activityColumns =
  'a.activity_id, a.name, a.channel, extract(epoch from a.happened_at)::float8 * 1000 as happened_at, a.properties, a.vouched_by';

export function toActivity({ activity_id, name, channel, happened_at, properties, vouched_by }: ActivityRow): Activity {
  return {
    activityId: activity_id,
    name,
    channel,
    vouchedBy: vouched_by ?? 'secret',
    at: Math.round(happened_at),
    properties: properties ?? {},
  };
}

/**
 * The same columns as one list of JSON arrays: for thousands of activities, half the work of the driver of Postgres. Null without rows. `hasProperties` is a
 * condition in SQL: other activities are read without them.
 */
export const activitiesAsJson = (hasProperties: string) =>
  `json_agg(json_build_array(a.activity_id, a.name, a.channel, extract(epoch from a.happened_at)::float8 * 1000,
     case when ${hasProperties} then a.properties end, a.vouched_by))`;

/** An activity as `activitiesAsJson` selects it. */
export type ActivityArray = readonly [
  activityId: string,
  name: string,
  channel: Channel,
  happenedAt: number,
  properties: Properties | null,
  vouchedBy: VouchedBy | null,
];

export function fromArray([activityId, name, channel, at, properties, vouchedBy]: ActivityArray): Activity {
  return {
    activityId,
    name,
    channel,
    vouchedBy: vouchedBy ?? 'secret',
    at: Math.round(at),
    properties: properties ?? {},
  };
}
