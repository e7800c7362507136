import type { ActivityReceived } from '@sestante/contracts';
import { timestampArray, uuidArray } from '@sestante/postgres';
import { millisecondsOf } from './milliseconds.ts';

/** An activity with its resolved member and customer. */
export interface TimelineEntry extends ActivityReceived {
  readonly memberId: string;
  readonly customerId: string;
  /** How often the member was moved to another customer. */
  readonly moves: number;
}

/** New activities, and the columns that both of their tables have. */
export interface NewActivities {
  /** Ordered by id, so that batches cannot deadlock. */
  readonly entries: readonly TimelineEntry[];
  readonly activityIds: Buffer;
  readonly memberIds: Buffer;
  readonly occurredAt: Buffer;
  readonly receivedAt: Buffer;
}

/** Throws `InvalidInstant`. */
export function newActivitiesOf(batch: readonly TimelineEntry[]): NewActivities {
  const entries = batch.toSorted((a, b) => (a.activityId < b.activityId ? -1 : 1));
  return {
    entries,
    activityIds: uuidArray(entries.map(({ activityId }) => activityId)),
    memberIds: uuidArray(entries.map(({ memberId }) => memberId)),
    occurredAt: timestampArray(entries.map(({ timestamp }) => millisecondsOf(timestamp))),
    receivedAt: timestampArray(entries.map(({ receivedAt }) => millisecondsOf(receivedAt))),
  };
}
