import { isDeepStrictEqual } from 'node:util';
import type { Schema } from './says.ts';

/** The value with each schema that has an `$id` replaced by a reference to it, and those schemas by their ids. Throws where two share one. */
export function hoisted<T>(value: T): { readonly value: T; readonly schemas: Readonly<Record<string, Schema>> } {
  const schemas: Record<string, Schema> = {};
  const copied = (inner: unknown): unknown => {
    if (typeof inner !== 'object' || inner === null) return inner;
    if (Array.isArray(inner)) return inner.map(copied);
    const { $id, ...rest } = inner as Readonly<Record<string, unknown>>;
    const copy = Object.fromEntries(Object.entries(rest).map(([key, member]) => [key, copied(member)]));
    if (typeof $id !== 'string') return copy;
    if (!isDeepStrictEqual(schemas[$id] ?? copy, copy)) throw new Error(`There are two schemas called ${$id}.`);
    schemas[$id] = copy;
    return { $ref: `#/components/schemas/${$id}` };
  };
  return { value: copied(value) as T, schemas };
}
