import { isDeepStrictEqual } from 'node:util';

type Schemas = Readonly<Record<string, object>>;

/** Replaces each schema that has an `$id` by a reference. Returns the new value, and all schemas by their ids, with `others`. Throws if two different schemas have the same id. */
export function namedSchemas<T>(value: T, others: Schemas = {}): { readonly value: T; readonly schemas: Schemas } {
  const schemas: Record<string, object> = { ...others };
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
