import type { Field, Fields } from './field.ts';
import type { Properties } from './term.ts';

/** A number as many shop systems write it, in quotes. */
const plainDecimal = /^-?\d+(?:\.\d+)?$/;

type Read<T> = (value: T) => T;

/**
 * Reads properties as they are meant: null is no value at all, an empty text is none where it could not be one, and a plain decimal in quotes
 * is a number where a number is expected.
 * Everything else stays as it is. Without a difference it gives back what it was given.
 */
export function plainValues(fields: Fields): Read<Properties> {
  const reads = new Map(Object.entries(fields).map(([name, field]) => [name, readerOf(field)]));
  return (given) => {
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

function readerOf({ schema, fields }: Field): Read<unknown> {
  const { type, pattern } = schema as { type?: unknown; pattern?: unknown };
  if (type === 'number') return (value) => decimalOf(unlessBlank(value));
  if (pattern !== undefined) return unlessBlank;
  if (!fields) return (value) => value;
  return type === 'array' ? listOf(plainValues(fields)) : objectOf(plainValues(fields));
}

/** Many systems write an empty text for "nothing". */
function unlessBlank(value: unknown): unknown {
  return typeof value === 'string' && value.trim() === '' ? undefined : value;
}

function decimalOf(value: unknown): unknown {
  return typeof value === 'string' && plainDecimal.test(value) ? Number(value) : value;
}

const objectOf =
  (plain: Read<Properties>): Read<unknown> =>
  (value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) ? plain(value as Properties) : value;

function listOf(plain: Read<Properties>): Read<unknown> {
  const item = objectOf(plain);
  return (value) => {
    if (!Array.isArray(value)) return value;
    const read = value.map(item);
    return read.every((one, index) => one === value[index]) ? value : read;
  };
}
