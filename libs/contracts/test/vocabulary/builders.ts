import type { Field, Fields } from '../../src/vocabulary/field.ts';
import type { Term } from '../../src/vocabulary/term.ts';
import { vocabulary } from '../../src/vocabulary/vocabulary.ts';

/** Every term with its name. */
export const everyTerm: readonly (readonly [name: string, term: Term])[] = Object.entries(vocabulary);

export const fieldsOf = ({ must, may }: Term): Fields => ({ ...must, ...may });

/** Every field of every term, without the fields of objects and lists. */
export const everyField: readonly (readonly [name: string, field: string, declared: Field])[] = everyTerm.flatMap(
  ([name, term]) => Object.entries(fieldsOf(term)).map(([field, declared]) => [name, field, declared] as const),
);

/** The example of the term without these fields. */
export function exampleWithout(name: string, ...fields: readonly string[]): Record<string, unknown> {
  const remaining = Object.entries(vocabulary[name]!.example).filter(([field]) => !fields.includes(field));
  return Object.fromEntries(remaining);
}

/** Invalid values by the name of the type. */
export const wrongValues: Readonly<Record<string, readonly unknown[]>> = {
  'a string or number': [true, {}, ['a']],
  'an array of strings or numbers': [{}, [true], [['a']], [null], true],
  'a string': [5, false, {}, ['a']],
  'a date or an instant in ISO 8601': ['tomorrow', '24.11.2026', '2026-13-01', '2026-11-32', 1_763_632_800, {}],
  'the IANA name of a time zone, such as Europe/Rome': ['+02:00', 'EST', 'Rome', 5, {}],
  'a number': ['many', '1,234', '1e3', '4,00638E+12', '0x10', '1.2.3', '12%', true, {}, [1], Infinity],
  'a number of at least 0': ['many', '1,234', -1, '-0.01', '3.00-', true, {}, [1], Infinity],
  'a number from 1 to 5, or on the scale that is sent with it': [0, 0.99, 5.01, 6, '6', 'good', true, {}],
  'true or false': ['maybe', 2, -1, {}, ['true']],
  'true, false, "granted" or "denied"': ['maybe', 2, 'later', {}],
  'a string, a number or an object': [true, ['a']],
  'an object': ['a', 5, true, []],
  'an array of objects': ['a', 5, true, ['a'], [5], [[]]],
};
