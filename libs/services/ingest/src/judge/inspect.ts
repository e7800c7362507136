import { isSuspicious } from './clean.ts';
import { deepestLevel } from './limits.ts';

/** The result of one traversal of a JSON value, without copying it: almost all values need no change. */
export interface Inspection {
  /** It nests deeper than `deepestLevel`; the traversal stopped there. */
  readonly isTooDeep: boolean;
  /** It contains characters or keys that cannot be stored. */
  readonly needsCleaning: boolean;
  /** An upper bound of its size in bytes, as JSON in UTF-8. */
  readonly mostBytes: number;
}

/** A control character takes six bytes as JSON, any other at most three. */
const mostBytesOfUnit = 6;
const mostBytesOfNumber = 25;
/** Quotes, a colon, a comma, brackets. */
const bytesAround = 6;

export function inspect(value: unknown): Inspection {
  const found = { isTooDeep: false, needsCleaning: false, mostBytes: 0 };
  inspectValue(value, 1, found);
  return found;
}

type MutableInspection = { -readonly [K in keyof Inspection]: Inspection[K] };

function inspectValue(value: unknown, level: number, found: MutableInspection): void {
  if (typeof value === 'string') {
    found.mostBytes += value.length * mostBytesOfUnit + bytesAround;
    if (!found.needsCleaning) found.needsCleaning = isSuspicious(value);
  } else if (typeof value === 'object' && value !== null) {
    if (level > deepestLevel) found.isTooDeep = true;
    else inspectMembers(value as Record<string, unknown>, level, found);
  } else {
    found.mostBytes += mostBytesOfNumber;
  }
}

function inspectMembers(
  inner: Readonly<Record<string, unknown>> | readonly unknown[],
  level: number,
  found: MutableInspection,
): void {
  found.mostBytes += bytesAround;
  if (Array.isArray(inner)) {
    for (const item of inner as readonly unknown[]) inspectValue(item, level + 1, found);
    return;
  }
  // Values from JSON have own members only.
  for (const key in inner) {
    inspectValue((inner as Readonly<Record<string, unknown>>)[key], level + 1, found);
    found.mostBytes += key.length * mostBytesOfUnit + bytesAround;
    if (!found.needsCleaning) found.needsCleaning = isSuspicious(key) || key === '__proto__';
    if (found.isTooDeep) return;
  }
}
