import { validate } from 'uuid';
import type { Cursor } from './store/timeline.ts';

/** The cursor as an opaque word for URLs. */
export function writeCursor({ timestamp, activityId }: Cursor): string {
  return Buffer.from(`${timestamp} ${activityId}`).toString('base64url');
}

/** Reads what `writeCursor` wrote; undefined for anything else. */
export function readCursor(word: string): Cursor | undefined {
  const [timestamp = '', activityId = ''] = Buffer.from(word, 'base64url').toString().split(' ');
  return !Number.isNaN(Date.parse(timestamp)) && validate(activityId) ? { timestamp, activityId } : undefined;
}
