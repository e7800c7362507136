import { startsWithValidDate } from '@sestante/contracts';
import { validate } from 'uuid';
import type { Cursor } from './store/timeline.ts';

/** The format of `Date.toISOString` for the years 1 to 9999. */
const instant = /^(?!0000)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** Encodes the cursor as an opaque text that is safe in URLs. */
export function writeCursor({ timestamp, activityId }: Cursor): string {
  return Buffer.from(`${timestamp} ${activityId}`).toString('base64url');
}

/** Decodes a text of `writeCursor`; undefined for any other text. */
export function readCursor(text: string): Cursor | undefined {
  const [timestamp = '', activityId = '', ...more] = Buffer.from(text, 'base64url').toString().split(' ');
  const isInstant = instant.test(timestamp) && startsWithValidDate(timestamp) && !Number.isNaN(Date.parse(timestamp));
  return isInstant && validate(activityId) && more.length === 0 ? { timestamp, activityId } : undefined;
}
