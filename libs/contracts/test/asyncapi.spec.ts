import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { asyncapiFile, asyncapiText } from '../publishing/documents.ts';
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

test.each(['1.2', '1.1'] as const)('YAML %s reads it as it is', (version) => {
  expect(parse(asyncapiText, { version })).toEqual(JSON.parse(JSON.stringify(document)));
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
        .flatMap(([name, { consumers, otherProducers = [] }]) => [
          ...[`send ${name}`, ...otherProducers.map(() => `send ${name}`)],
          ...consumers.map(() => `receive ${name}`),
        ])
        .concat('receive inbound')
        .map((line) => line.replace(' ', ' #/channels/'))
        .sort(),
    );
  });

  test.each(everyEvent)(
    'holds the schema, the example and the producers of $event on $topic.name',
    ({ topic, event, declared }) => {
      const { $id, ...schema } = JSON.parse(JSON.stringify(declared.schema)) as { $id: string };
      expect(document.components.schemas[$id]).toEqual(schema);
      const [first, ...others] = [topic.producer, ...(topic.otherProducers ?? [])].map((one) => `/sestante/${one}`);
      const [channel] = Object.entries<Topic>(topics).find(([, { name }]) => name === topic.name)!;
      expect(document.components.messages[`${channel}.${event}`]).toMatchObject({
        title: declared.type,
        payload: { $ref: `#/components/schemas/${$id}` },
        examples: [{ payload: declared.example }],
        headers: { properties: { ce_source: others.length > 0 ? { enum: [first, ...others] } : { const: first } } },
      });
    },
  );

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
