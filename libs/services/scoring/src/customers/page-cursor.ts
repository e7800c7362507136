import { isUUID } from 'class-validator';

/** Where a page of customers ends. */
export interface PageCursor {
  /** The instant of the scores, in milliseconds since 1970: that of the first page. */
  readonly at: number;
  /** Of the last customer of the page: what the list is sorted by, and the id. */
  readonly key: number | null;
  readonly customerId: string;
}

/** The last instant of a `Date`. */
const latest = 8.64e15;

/** An opaque text. The order is part of it: it belongs to no other list. */
export function writeCursor({ at, key, customerId }: PageCursor, orderedBy: string): string {
  return Buffer.from(JSON.stringify([orderedBy, at, key, customerId])).toString('base64url');
}

/** The inverse of `writeCursor`; undefined for any other text, and for one of a list in another order. */
export function readCursor(text: string, orderedBy: string): PageCursor | undefined {
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(text, 'base64url').toString());
  } catch {
    return undefined;
  }
  if (!Array.isArray(parts) || parts.length !== 4 || parts[0] !== orderedBy) return undefined;
  const [, at, key, customerId] = parts as unknown[];
  const isInstant = Number.isInteger(at) && Math.abs(at as number) <= latest;
  if (!isInstant || !isUUID(customerId) || (key !== null && typeof key !== 'number')) return undefined;
  return { at: at as number, key, customerId: customerId as string };
}
