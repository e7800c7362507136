import type { Field, Fields } from '../../src/vocabulary/field.ts';
import type { Term } from '../../src/vocabulary/term.ts';
import { vocabulary } from '../../src/vocabulary/vocabulary.ts';

/** Every term with its name. */
export const everyTerm: readonly (readonly [name: string, term: Term])[] = Object.entries(vocabulary);

export const fieldsOf = ({ must, may }: Term): Fields => ({ ...must, ...may });

/** Every field of every term, but for those in objects and lists. */
export const everyField: readonly (readonly [name: string, field: string, declared: Field])[] = everyTerm.flatMap(
  ([name, term]) => Object.entries(fieldsOf(term)).map(([field, declared]) => [name, field, declared] as const),
);

/** The example of the term without these fields. */
export function exampleWithout(name: string, ...fields: readonly string[]): Record<string, unknown> {
  const kept = Object.entries(vocabulary[name]!.example).filter(([field]) => !fields.includes(field));
  return Object.fromEntries(kept);
}

/** Values that no field of such a type may have, by the words for the type. */
export const wrongValues: Readonly<Record<string, readonly unknown[]>> = {
  'a text or number': [true, {}, ['a']],
  'a list of texts or numbers': [{}, [true], [['a']], [null], true],
  'a text': [5, false, {}, ['a']],
  'a day or an instant in ISO 8601': ['tomorrow', '24.11.2026', '2026-13-01', '2026-11-32', 1_763_632_800, {}],
  'a number': ['many', '1,234', '1e3', '4,00638E+12', '0x10', '1.2.3', '12%', true, {}, [1], Infinity],
  'a number of 0 or more': ['many', '1,234', -1, '-0.01', '3.00-', true, {}, [1], Infinity],
  'a number from 1 to 5': [0, 0.99, 5.01, 6, '6', 'good', true, {}],
  'true or false': ['maybe', 2, -1, {}, ['true']],
  'true, false, "granted" or "denied"': ['maybe', 2, 'later', {}],
  'a text, a number or an object': [true, ['a']],
  'an object': ['a', 5, true, []],
  'a list of objects': ['a', 5, true, ['a'], [5], [[]]],
};
