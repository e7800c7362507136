import { isObject } from '@sestante/contracts';
import type { Format } from '../types/format.ts';
import type { UnreadableLine } from './files/line.ts';

/**
 * An event as it came, to be mended: whole, as the bytes of a line or as JSON, but for the write key, which is a secret. Written again it has other
 * white space, and the parts of a name that stood twice are gone.
 */
export function keptOf(format: Format, event: unknown): Buffer {
  if (format === 'line') return (event as UnreadableLine).bytes;
  return Buffer.from(written(withoutKey(format, event)));
}

/** What an event says, but for the time of sending, which is another at each try. */
export function fingerprintOf(format: Format, event: unknown, kept: Buffer): string {
  if (!isObject(event) || !Object.hasOwn(event, 'sentAt')) return kept.toString('latin1');
  const { sentAt: _, ...said } = event;
  return keptOf(format, said).toString('latin1');
}

function withoutKey(format: Format, event: unknown): unknown {
  if (!isObject(event)) return event;
  if (format === 'tracking') return unkeyed(event);
  const { data } = event;
  return format === 'cloudevent' && isObject(data) ? { ...event, data: unkeyed(data) } : event;
}

function unkeyed({ writeKey: _, ...said }: Readonly<Record<string, unknown>>): object {
  return said;
}

/** Of an event that nests too deeply to be written, what could be written. */
function written(event: unknown): string {
  try {
    return JSON.stringify(event, (_, value: unknown) => (isTooLarge(value) ? rawJSON(spelt(value)) : value)) ?? 'null';
  } catch {
    return '"(nests too deeply to be kept)"';
  }
}

/** TypeScript does not know it yet. */
const { rawJSON } = JSON as unknown as { rawJSON(text: string): object };

/** JSON can spell numbers that are larger than any of ours. Written as null, they would say that nothing was there. */
const isTooLarge = (value: unknown): value is number => value === Infinity || value === -Infinity;
const spelt = (number: number) => (number > 0 ? '1e999' : '-1e999');
