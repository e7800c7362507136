import { isSuspicious } from './clean.ts';
import { deepestLevel } from './limits.ts';

/** What one look at a JSON value tells, without copying it: almost all are fine as they are. */
export interface Inspection {
  /** It nests deeper than `deepestLevel`, and was not looked at any further. */
  readonly isTooDeep: boolean;
  /** There is something in it that cannot be stored as it is. */
  readonly needsCleaning: boolean;
  /** It has so many bytes at most, as JSON in UTF-8. */
  readonly mostBytes: number;
}

/** A control character takes six bytes as JSON, any other at most three. */
const mostBytesOfUnit = 6;
const mostBytesOfNumber = 25;
/** Quotes, a colon, a comma, brackets. */
const bytesAround = 6;

export function inspect(value: unknown): Inspection {
  const found = { isTooDeep: false, needsCleaning: false, mostBytes: 0 };
  look(value, 1, found);
  return found;
}

type Found = { -readonly [K in keyof Inspection]: Inspection[K] };

function look(value: unknown, level: number, found: Found): void {
  if (typeof value === 'string') {
    found.mostBytes += value.length * mostBytesOfUnit + bytesAround;
    if (!found.needsCleaning) found.needsCleaning = isSuspicious(value);
  } else if (typeof value === 'object' && value !== null) {
    if (level > deepestLevel) found.isTooDeep = true;
    else lookInto(value as Record<string, unknown>, level, found);
  } else {
    found.mostBytes += mostBytesOfNumber;
  }
}

function lookInto(inner: Readonly<Record<string, unknown>> | readonly unknown[], level: number, found: Found): void {
  found.mostBytes += bytesAround;
  if (Array.isArray(inner)) {
    for (const item of inner as readonly unknown[]) look(item, level + 1, found);
    return;
  }
  // Values from JSON have no members but their own.
  for (const key in inner) {
    look((inner as Readonly<Record<string, unknown>>)[key], level + 1, found);
    found.mostBytes += key.length * mostBytesOfUnit + bytesAround;
    if (!found.needsCleaning) found.needsCleaning = isSuspicious(key) || key === '__proto__';
    if (found.isTooDeep) return;
  }
}
