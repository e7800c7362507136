import { addFault, type JsonNode } from './json/json-node.ts';

const format = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}:\d{2}(?:\.\d{1,3})?(?:Z|[+-]\d{2}:\d{2})$/;

/** Reads an RFC 3339 instant, in milliseconds since 1970. Adds a fault and returns NaN for any other value, such as 30 February. */
export function instantIn(node: JsonNode): number {
  const { value } = node;
  const day = typeof value === 'string' ? format.exec(value)?.[1] : undefined;
  const at = day !== undefined && isDay(day) ? Date.parse(String(value)) : Number.NaN;
  if (Number.isNaN(at)) addFault(node, 'must be an RFC 3339 instant, such as 2026-11-28T12:00:00Z');
  return at;
}

/** `Date.parse` reads 30 February as 2 March. */
function isDay(day: string): boolean {
  const midnight = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(day);
}
