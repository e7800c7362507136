import { isObject, type Violation } from '@sestante/contracts';
import type { Read } from '../read.ts';
import type { ReadEvent } from './line.ts';

/**
 * An event of a file as it is judged, and kept where it is rejected: the event itself, and beside its own fields what only its file tells, which it
 * needs when it is driven again.
 */
export function recordOf({ event, violations }: ReadEvent, timeZone: string | null): unknown {
  if (!isObject(event)) return event;
  const { writeKey: _, violations: _own, timeZone: _zone, ...fields } = event;
  return { ...fields, ...(violations && { violations }), ...(timeZone !== null && { timeZone }) };
}

export function readRecord(value: unknown): Read {
  if (!isObject(value)) return { event: value };
  const { violations, timeZone, ...event } = value as Partial<Told> & Record<string, unknown>;
  return { event, ...(violations && { violations }), ...(timeZone !== undefined && { timeZone }) };
}

interface Told {
  readonly violations: readonly Violation[];
  readonly timeZone: string;
}
