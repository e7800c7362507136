import { isObject } from '@sestante/contracts';
import type { Format } from '../types/format.ts';
import type { UnreadableLine } from './files/line.ts';

/**
 * The body of an event to store, so that it can be corrected: the bytes of a line, or JSON. It lacks the write key, which is a secret, and
 * duplicate JSON keys; its white space may differ.
 */
export function storedBodyOf(format: Format, event: unknown): Buffer {
  if (format === 'line') return (event as UnreadableLine).bytes;
  return Buffer.from(serialised(withoutKey(format, event)));
}

/** The content of an event without `sentAt`, which differs at each attempt. */
export function fingerprintOf(format: Format, event: unknown, body: Buffer): string {
  if (!isObject(event) || !Object.hasOwn(event, 'sentAt')) return body.toString('latin1');
  const { sentAt: _, ...content } = event;
  return storedBodyOf(format, content).toString('latin1');
}

function withoutKey(format: Format, event: unknown): unknown {
  if (!isObject(event)) return event;
  if (format === 'tracking') return withoutWriteKey(event);
  const { data } = event;
  return format === 'cloudevent' && isObject(data) ? { ...event, data: withoutWriteKey(data) } : event;
}

function withoutWriteKey({ writeKey: _, ...fields }: Readonly<Record<string, unknown>>): object {
  return fields;
}

/** The event as JSON; a placeholder if it is nested too deeply to be serialised. */
function serialised(event: unknown): string {
  try {
    return (
      JSON.stringify(event, (_, value: unknown) => (isTooLarge(value) ? rawJSON(literalOf(value)) : value)) ?? 'null'
    );
  } catch {
    return '"(nested too deeply to be stored)"';
  }
}

/** TypeScript has no type for it yet. */
const { rawJSON } = JSON as unknown as { rawJSON(text: string): object };

/** JSON can contain numbers beyond the range of JavaScript's. Serialised as null, they would look like missing values. */
const isTooLarge = (value: unknown): value is number => value === Infinity || value === -Infinity;
const literalOf = (number: number) => (number > 0 ? '1e999' : '-1e999');
