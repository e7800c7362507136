import { type TSchema, Type } from 'typebox';
import { optional, required } from './field.ts';
import type { Term } from './term.ts';
import { vocabulary } from './vocabulary.ts';

/** The schema of the properties of an activity. */
export function schemaOf({ titles, says, must, either, may, example }: Term): TSchema {
  return Type.Object(
    { ...required(must), ...optional(may) },
    {
      title: titles[0],
      description: says,
      ...(either ? { anyOf: either.map((name) => ({ required: [name] })) } : {}),
      examples: [example],
    },
  );
}

/** The vocabulary as a JSON Schema document: the properties of each activity are a definition under its name. */
export function vocabularySchema(): object {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'urn:sestante:vocabulary:v1',
    title: 'Vocabulary of Sestante',
    description:
      'The properties of every activity that Sestante knows, by its name. Fields that are not named here are kept as they are. ' +
      'null counts as missing, and a text that can only mean a number or a truth as that, where one is expected.',
    $defs: Object.fromEntries(Object.entries(vocabulary).map(([name, term]) => [name, schemaOf(term)])),
  };
}
