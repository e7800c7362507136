import type { Field, Fields } from './field.ts';
import type { Properties } from './term.ts';

/** A number as many shop systems write it, in quotes. */
const plainDecimal = /^-?\d+(?:\.\d+)?$/;

type Read<T> = (value: T) => T;

/**
 * Reads properties as they are meant: null is no value at all, and a plain decimal in quotes is a number where a number is expected.
 * Everything else stays as it is. Without a difference it gives back what it was given.
 */
export function plainValues(fields: Fields): Read<Properties> {
  const reads = new Map(Object.entries(fields).map(([name, field]) => [name, valueOf(field)]));
  return (given) => {
    let copy: Record<string, unknown> | undefined;
    for (const name of Object.keys(given)) {
      const value = given[name];
      const read = reads.get(name)?.(value);
      if (read === value || !reads.has(name)) continue;
      copy ??= { ...given };
      if (read === undefined) delete copy[name];
      else copy[name] = read;
    }
    return copy ?? given;
  };
}

function valueOf({ schema, fields }: Field): Read<unknown> {
  const { type } = schema as { type?: unknown };
  const plain = fields && plainValues(fields);
  const read: Read<unknown> =
    type === 'number' ? decimalOf : plain ? (type === 'array' ? listOf(plain) : objectOf(plain)) : (value) => value;
  return (value) => (value === null ? undefined : read(value));
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
