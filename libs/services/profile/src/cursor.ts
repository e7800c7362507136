import { startsWithValidDate } from '@sestante/contracts';
import { validate } from 'uuid';
import type { Cursor } from './store/timeline.ts';

/** What `Date.toISOString` writes for the years 1 to 9999. */
const instant = /^(?!0000)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** The cursor as an opaque word for URLs. */
export function writeCursor({ timestamp, activityId }: Cursor): string {
  return Buffer.from(`${timestamp} ${activityId}`).toString('base64url');
}

/** Reads what `writeCursor` wrote; undefined for anything else. */
export function readCursor(word: string): Cursor | undefined {
  const [timestamp = '', activityId = '', ...more] = Buffer.from(word, 'base64url').toString().split(' ');
  const isInstant = instant.test(timestamp) && startsWithValidDate(timestamp) && !Number.isNaN(Date.parse(timestamp));
  return isInstant && validate(activityId) && more.length === 0 ? { timestamp, activityId } : undefined;
}
