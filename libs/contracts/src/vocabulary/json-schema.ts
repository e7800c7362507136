import { type TSchema, Type } from 'typebox';
import { optional, required } from './field.ts';
import type { Term } from './term.ts';
import { vocabulary } from './vocabulary.ts';

/** The schema of the properties of an activity. */
export function schemaOf({ titles, description, must, either, may, example }: Term): TSchema {
  return Type.Object(
    { ...required(must), ...optional(may) },
    {
      title: titles[0],
      description,
      ...('rating' in must || 'rating' in may ? unlessOnOwnScale : {}),
      ...(either ? { anyOf: either.map((name) => ({ required: [name] })) } : {}),
      examples: [example],
    },
  );
}

/** A rating without a scale is from 1 to 5. */
const unlessOnOwnScale = {
  if: { not: { anyOf: [{ required: ['scale_min'] }, { required: ['scale_max'] }] } },
  then: { properties: { rating: { minimum: 1, maximum: 5 } } },
};

/** The vocabulary as a JSON Schema document, with a definition of the properties of each activity under its name. */
export function vocabularySchema(): object {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'urn:sestante:vocabulary:v1',
    title: 'Vocabulary of Sestante',
    description:
      'The properties of every activity that Sestante defines, by name. Other fields are stored unchanged. ' +
      'null counts as missing. An unambiguous string is converted if a number or a boolean is expected.',
    $defs: Object.fromEntries(Object.entries(vocabulary).map(([name, term]) => [name, schemaOf(term)])),
  };
}
