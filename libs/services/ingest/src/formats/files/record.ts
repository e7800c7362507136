import { isObject, type Violation } from '@sestante/contracts';
import type { Read } from '../read.ts';
import type { ReadEvent } from './line.ts';

/**
 * An event of a file as it is judged, and stored if it is rejected: the event, with the violations of its line and the time zone of its file. They are
 * needed when it is reprocessed.
 */
export function recordOf({ event, violations }: ReadEvent, timeZone: string | null): unknown {
  if (!isObject(event)) return event;
  const { writeKey: _, violations: _own, timeZone: _zone, ...fields } = event;
  return { ...fields, ...(violations && { violations }), ...(timeZone !== null && { timeZone }) };
}

export function readRecord(value: unknown): Read {
  if (!isObject(value)) return { event: value };
  const { violations, timeZone, ...event } = value as Partial<FileFields> & Record<string, unknown>;
  return { event, ...(violations && { violations }), ...(timeZone !== undefined && { timeZone }) };
}

interface FileFields {
  readonly violations: readonly Violation[];
  readonly timeZone: string;
}
