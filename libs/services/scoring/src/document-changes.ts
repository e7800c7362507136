import { isDeepStrictEqual } from 'node:util';

/** A difference between two documents. */
export interface Change {
  /** Such as `rules[3].signals[0].weight`; empty for the documents themselves. */
  readonly place: string;
  /** Absent if it was added. */
  readonly before?: unknown;
  /** Absent if it was removed. */
  readonly after?: unknown;
}

/**
 * The differences between two JSON values, in the order of the first one. Items that two arrays have in common at their beginning and their end are not told, so
 * that an item that is added or removed is one change; its place is that in the array which has it.
 */
export function changesBetween(before: unknown, after: unknown, place = ''): Change[] {
  if (isDeepStrictEqual(before, after)) return [];
  if (Array.isArray(before) && Array.isArray(after)) return changedItems(before, after, place);
  if (isObject(before) && isObject(after)) return changedFields(before, after, place);
  return [{ place, before, after }];
}

function changedFields(before: Fields, after: Fields, place: string): Change[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((name): Change[] => {
    const inner = place === '' ? name : `${place}.${name}`;
    if (!Object.hasOwn(after, name)) return [{ place: inner, before: before[name] }];
    if (!Object.hasOwn(before, name)) return [{ place: inner, after: after[name] }];
    return changesBetween(before[name], after[name], inner);
  });
}

function changedItems(before: readonly unknown[], after: readonly unknown[], place: string): Change[] {
  const start = commonItems(before, after);
  const end = commonItems(before.slice(start).reverse(), after.slice(start).reverse());
  const removed = before.slice(start, before.length - end);
  const added = after.slice(start, after.length - end);
  return Array.from({ length: Math.max(removed.length, added.length) }, (_, index) => index).flatMap((index) => {
    const inner = `${place}[${start + index}]`;
    if (index >= added.length) return [{ place: inner, before: removed[index] }];
    if (index >= removed.length) return [{ place: inner, after: added[index] }];
    return changesBetween(removed[index], added[index], inner);
  });
}

/** How many items at the beginning are equal. */
function commonItems(one: readonly unknown[], other: readonly unknown[]): number {
  const first = one.findIndex((item, index) => index >= other.length || !isDeepStrictEqual(item, other[index]));
  return first === -1 ? one.length : first;
}

type Fields = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
