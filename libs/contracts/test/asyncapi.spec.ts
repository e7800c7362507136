import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { asyncapiFile, asyncapiText } from '../publishing/documents.ts';
import { toYaml } from '../publishing/to-yaml.ts';
import { asyncapi } from '../src/asyncapi.ts';
import { foreignTopics, type Topic, topics } from '../src/index.ts';
import { everyEvent } from './builders.ts';

interface Operation {
  readonly action: string;
  readonly channel: { readonly $ref: string };
}

const document = asyncapi(topics, foreignTopics) as {
  readonly channels: Record<string, { readonly address: string }>;
  readonly operations: Record<string, Operation>;
  readonly components: { readonly messages: Record<string, object>; readonly schemas: Record<string, object> };
};

test('docs/asyncapi.yaml is up to date; if not: npm run publish-contracts -w @sestante/contracts', () => {
  expect(readFileSync(asyncapiFile, 'utf8')).toBe(asyncapiText);
});

describe('the AsyncAPI document', () => {
  test('has a channel for each topic', () => {
    const addresses = Object.values(document.channels).map(({ address }) => address);
    expect(addresses).toEqual(Object.values({ ...topics, ...foreignTopics }).map(({ name }) => name));
  });

  test('has an operation for each producer and each consumer', () => {
    const told = Object.values(document.operations).map(({ action, channel }) => `${action} ${channel.$ref}`);
    expect(told.sort()).toEqual(
      Object.entries<Topic>(topics)
        .flatMap(([name, { consumers }]) => [`send ${name}`, ...consumers.map(() => `receive ${name}`)])
        .concat('receive inbound')
        .map((line) => line.replace(' ', ' #/channels/'))
        .sort(),
    );
  });

  test.each(everyEvent)('holds the schema and the example of $event', ({ event, declared }) => {
    const { $id, ...schema } = JSON.parse(JSON.stringify(declared.schema)) as { $id: string };
    expect(document.components.schemas[$id]).toEqual(schema);
    expect(document.components.messages[event]).toMatchObject({
      title: declared.type,
      payload: { $ref: `#/components/schemas/${$id}` },
      examples: [{ payload: declared.example }],
    });
  });

  test('points to nothing that it does not hold', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path]) => path!);
    expect(references.length).toBeGreaterThan(10);
    for (const path of references) {
      const target = path
        .split('/')
        .reduce<unknown>((inner, name) => (inner as Record<string, unknown>)?.[name], document);
      expect([path, target]).toEqual([path, expect.anything()]);
    }
  });
});

describe('a value in YAML', () => {
  test.each([
    ['a plain text', 'What a known customer did, in order.', 'What a known customer did, in order.\n'],
    ['a text with a colon', 'kind: value', '"kind: value"\n'],
    ['a text that looks like a number', '1.0', '"1.0"\n'],
    ['a text that looks like a boolean', 'no', '"no"\n'],
    ['a text that looks like a date', '2026-11-20', '"2026-11-20"\n'],
    ['a text with a comment sign', 'a # b', '"a # b"\n'],
    ['a text with a space at its end', 'a ', '"a "\n'],
    ['a text with a line break', 'a\nb', '"a\\nb"\n'],
    ['the empty text', '', '""\n'],
    ['a number', 41.5, '41.5\n'],
    ['null', null, 'null\n'],
    ['nothing in it', { object: {}, list: [] }, 'object: {}\nlist: []\n'],
    ['lists of lists', [[1, 2], [[3]]], '- - 1\n  - 2\n- - - 3\n'],
    ['objects in lists', { tags: [{ name: 'x', says: 'y' }] }, 'tags:\n  - name: "x"\n    says: "y"\n'],
    ['a reference', { $ref: '#/a' }, '$ref: "#/a"\n'],
  ])('%s', (_, value, yaml) => {
    expect(toYaml(value)).toBe(yaml);
  });
});
