import type { Field, Fields } from './field.ts';
import { isObject } from './is-object.ts';
import { numberIn } from './number-in.ts';
import { spellingsOf } from './spellings.ts';
import type { Properties } from './term.ts';
import { truthIn } from './truth-in.ts';

type Read<T> = (value: T) => T;

/**
 * Reads properties as they are meant: under another spelling of a field's name, null is no value at all, an empty text is none where it could not
 * be one, and a text that can only mean a number or a truth is one where that is expected.
 * Everything else stays as it is. Without a difference it gives back what it was given.
 */
export function plainValues(fields: Fields): Read<Properties> {
  const reads = new Map(Object.entries(fields).map(([name, field]) => [name, readerOf(field)]));
  const named = plainNames(fields);
  return (spelt) => {
    const given = named(spelt);
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

/** Properties under the names that their fields have. One that is there under its own name is not overruled by another spelling. */
function plainNames(fields: Fields): Read<Properties> {
  const meantBy = spellingsOf(fields);
  const isThere = (given: Properties, name: string) => given[name] !== undefined && given[name] !== null;
  return (given) => {
    let copy: Record<string, unknown> | undefined;
    for (const name in given) {
      if (Object.hasOwn(fields, name)) continue;
      const field = meantBy(name);
      if (field === undefined || isThere(copy ?? given, field)) continue;
      copy ??= { ...given };
      copy[field] = copy[name];
      delete copy[name];
    }
    return copy ?? given;
  };
}

function readerOf({ schema, words, fields }: Field): Read<unknown> {
  const { type, pattern } = schema as { type?: unknown; pattern?: unknown };
  if (type === 'number') return (value) => numberOf(unlessBlank(value));
  if (type === 'boolean' || words.startsWith('true, false')) return (value) => truthIn(unlessBlank(value));
  if (pattern !== undefined) return unlessBlank;
  if (type === 'array')
    return fields ? listOf(objectOf(plainValues(fields)), isObject) : listOf((value) => value, isLabel);
  return fields ? objectOf(plainValues(fields)) : (value) => value;
}

/** Many systems write an empty text for "nothing". */
function unlessBlank(value: unknown): unknown {
  return typeof value === 'string' && value.trim() === '' ? undefined : value;
}

function numberOf(value: unknown): unknown {
  return typeof value === 'string' ? (numberIn(value) ?? value) : value;
}

const isLabel = (value: unknown) => typeof value === 'string' || typeof value === 'number';

const objectOf =
  (plain: Read<Properties>): Read<unknown> =>
  (value) =>
    isObject(value) ? plain(value) : value;

/** Who writes XML turns a list of one into that one. */
function listOf(item: Read<unknown>, isItem: (value: unknown) => boolean): Read<unknown> {
  return (value) => {
    if (isItem(value)) return [item(value)];
    if (!Array.isArray(value)) return value;
    const read = value.map(item);
    return read.every((one, index) => one === value[index]) ? value : read;
  };
}
