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
