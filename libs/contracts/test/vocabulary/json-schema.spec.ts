import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { vocabularySchema } from '../../src/index.ts';
import { everyTerm } from './builders.ts';

interface Definition {
  readonly title: string;
  readonly description: string;
  readonly required?: readonly string[];
  readonly properties: Readonly<Record<string, { readonly description: string }>>;
  readonly examples: readonly object[];
}

const document = vocabularySchema() as {
  readonly $schema: string;
  readonly $id: string;
  readonly $defs: Readonly<Record<string, Definition>>;
};
const ajv = new Ajv2020({ strictTypes: false, allowUnionTypes: true });
ajv.addSchema(document);

test('the document is JSON Schema draft 2020-12 with a fixed id', () => {
  expect(document).toMatchObject({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'urn:sestante:vocabulary:v1',
  });
  expect(ajv.validateSchema(document)).toBe(true);
  expect(Object.keys(document.$defs)).toEqual(everyTerm.map(([name]) => name));
});

describe.each(everyTerm)('the definition of %s', (name, { titles, description, must, may, example }) => {
  const definition = document.$defs[name]!;

  test('matches the vocabulary', () => {
    expect(definition).toMatchObject({ title: titles[0], description, examples: [example] });
    expect(definition.required ?? []).toEqual(Object.keys(must));
    expect(Object.entries(definition.properties).map(([field, { description }]) => [field, description])).toEqual(
      Object.entries({ ...must, ...may }).map(([field, declared]) => [field, declared.description]),
    );
  });

  test('allows its own example', () => {
    const validate = ajv.getSchema(`${document.$id}#/$defs/${name}`)!;
    expect([validate(example), validate.errors]).toEqual([true, null]);
  });
});
