import type { Field, Fields } from './field.ts';
import { isObject } from './is-object.ts';
import { numberIn } from './number-in.ts';
import { spellingsOf } from './spellings.ts';
import type { Properties } from './term.ts';
import { booleanIn } from './boolean-in.ts';

type Read<T> = (value: T) => T;

/**
 * Creates a reader that normalises properties: it corrects the spelling of field names, removes null, removes an empty string if the type does not
 * allow it, and converts an unambiguous string to a number or a boolean if one is expected. Other values stay unchanged. Returns the same object if
 * nothing changes.
 */
export function propertyReader(fields: Fields): Read<Properties> {
  const reads = new Map(Object.entries(fields).map(([name, field]) => [name, readerOf(field)]));
  const readNames = nameReader(fields);
  return (raw) => {
    const given = readNames(raw);
    let copy: Record<string, unknown> | undefined;
    for (const name of Object.keys(given)) {
      const read = reads.get(name);
      if (!read) continue;
      const value = given[name] === null ? undefined : read(given[name]);
      if (value === given[name]) continue;
      copy ??= { ...given };
      if (value === undefined) delete copy[name];
      else copy[name] = value;
    }
    return copy ?? given;
  };
}

/** Renames properties to the names of their fields. Another spelling does not replace a property that has the right name. */
function nameReader(fields: Fields): Read<Properties> {
  const fieldOf = spellingsOf(fields);
  const isPresent = (given: Properties, name: string) => given[name] !== undefined && given[name] !== null;
  return (given) => {
    let copy: Record<string, unknown> | undefined;
    for (const name in given) {
      if (Object.hasOwn(fields, name)) continue;
      const field = fieldOf(name);
      if (field === undefined || isPresent(copy ?? given, field)) continue;
      copy ??= { ...given };
      copy[field] = copy[name];
      delete copy[name];
    }
    return copy ?? given;
  };
}

function readerOf({ schema, typeName, fields }: Field): Read<unknown> {
  const { type, pattern } = schema as { type?: unknown; pattern?: unknown };
  if (type === 'number') return (value) => numberOf(unlessBlank(value));
  if (type === 'boolean' || typeName.startsWith('true, false')) return (value) => booleanIn(unlessBlank(value));
  if (pattern !== undefined) return unlessBlank;
  if (type === 'array')
    return fields ? listOf(objectOf(propertyReader(fields)), isObject) : listOf((value) => value, isLabel);
  return fields ? objectOf(propertyReader(fields)) : (value) => value;
}

/** Many systems write an empty string for a missing value. */
function unlessBlank(value: unknown): unknown {
  return typeof value === 'string' && value.trim() === '' ? undefined : value;
}

function numberOf(value: unknown): unknown {
  return typeof value === 'string' ? (numberIn(value) ?? value) : value;
}

const isLabel = (value: unknown) => typeof value === 'string' || typeof value === 'number';

const objectOf =
  (readProperties: Read<Properties>): Read<unknown> =>
  (value) =>
    isObject(value) ? readProperties(value) : value;

/** Conversion from XML turns a list with one item into that item. */
function listOf(item: Read<unknown>, isItem: (value: unknown) => boolean): Read<unknown> {
  return (value) => {
    if (isItem(value)) return [item(value)];
    if (!Array.isArray(value)) return value;
    const read = value.map(item);
    return read.every((one, index) => one === value[index]) ? value : read;
  };
}
