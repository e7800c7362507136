import { describe, expect, test } from '@jest/globals';
import { codesOf, type Document, type Operation } from '@sestante/runtime/openapi';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { documentOfAll, documents, fileOf, textOf } from '../publishing/documents.ts';

const services = join(import.meta.dirname, '../../../libs/services');

/** What may be asked of a service, such as `GET /metrics`. */
type Asked = readonly [string, Operation];

const operationsOf = ({ paths }: Document): Asked[] =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): Asked => [`${method.toUpperCase()} ${path}`, operation]),
  );

interface Property {
  readonly default?: unknown;
}

/** What parameters and the properties of named schemas may be. */
function propertiesOf(document: Document): (readonly [string, Property])[] {
  const parameters = operationsOf(document).flatMap(([asked, operation]) =>
    operation.parameters.map(({ name, schema }) => [`${name} of ${asked}`, schema] as const),
  );
  const properties = Object.entries(document.components.schemas).flatMap(([name, schema]) =>
    Object.entries((schema as { properties?: Record<string, Property> }).properties ?? {}).map(
      ([property, value]) => [`${property} of ${name}`, value] as const,
    ),
  );
  return [...parameters, ...properties];
}

/** The problems that a service makes by `new Problem(status, code, …)`: status and code. */
function thrownBy(service: string): string[][] {
  const folder = join(services, service, 'src');
  const found: string[][] = [];
  const look = (node: ts.Node): void => {
    const [status, code] = ts.isNewExpression(node) && node.expression.getText() === 'Problem' ? node.arguments! : [];
    if (status && code && ts.isNumericLiteral(status) && ts.isStringLiteral(code)) found.push([status.text, code.text]);
    ts.forEachChild(node, look);
  };
  for (const file of globSync('**/*.ts', { cwd: folder }))
    look(ts.createSourceFile(file, readFileSync(join(folder, file), 'utf8'), ts.ScriptTarget.Latest, true));
  return found;
}

test('one process of all services has the routes of each, and no two schemas under one name', () => {
  const paths = Object.values(documents).flatMap((document) => Object.keys(document.paths));
  expect(new Set(Object.keys(documentOfAll.paths))).toEqual(new Set(paths));
});

test('the document of all services is what stands in docs/openapi', async () => {
  expect(readFileSync(fileOf('all'), 'utf8')).toBe(await textOf(documentOfAll));
});

describe.each(Object.entries(documents))('the OpenAPI document of %s', (service, document) => {
  const { schemas } = document.components;
  const operations = operationsOf(document);
  const ajv = new Ajv2020({ strictTypes: false, allowUnionTypes: true });
  formats.default(ajv);
  for (const [name, schema] of Object.entries(schemas)) ajv.addSchema(schema, `#/components/schemas/${name}`);
  const faultsOf = (value: unknown, schema: object) => (ajv.validate(schema, value) ? null : ajv.errorsText());

  test('is what stands in docs/openapi; if not: npm run publish-openapi -w @sestante/app-standalone', async () => {
    expect(readFileSync(fileOf(service), 'utf8')).toBe(await textOf(document));
  });

  test('is OpenAPI 3.1', async () => {
    expect(document.openapi).toBe('3.1.0');
    expect(await new Validator().validate(structuredClone({ ...document }))).toEqual({ valid: true });
  });

  test('names every operation once', () => {
    const ids = operations.map(([, { operationId }]) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test.each(operations)('tells in a sentence what %s does, and who may', (_, { summary, security }) => {
    expect(summary).toMatch(/^[A-Z][^.]{8,}\.$/);
    expect(security).toBeDefined();
    // What a controller and its route both declare would stand side by side.
    const schemes = security!.map((requirement) => Object.keys(requirement)[0] ?? 'none');
    expect(new Set(schemes).size).toBe(schemes.length);
    if (schemes.includes('apiKey')) expect(schemes).not.toContain('none');
  });

  test.each(operations)('tells what %s takes, with an example', (_, { parameters, requestBody }) => {
    for (const { schema } of parameters) expect(ajv.validateSchema(schema)).toBe(true);
    for (const { schema } of Object.values(requestBody?.content ?? {})) expect(schema).toBeDefined();
    const { schema, examples } = requestBody?.content['application/json'] ?? {
      schema: {},
      examples: { none: { value: null } },
    };
    const [example, ...others] = Object.values(examples ?? {});
    expect(example).toBeDefined();
    for (const { value } of [example!, ...others]) expect(faultsOf(value, schema!)).toBeNull();
  });

  test.each(operations)('tells what %s answers', (_, { responses }) => {
    const [success, ...others] = Object.entries(responses);
    expect(success![0]).toMatch(/^2/);
    if (success![0] !== '204') expect(Object.values(success![1].content!)[0]!.schema).toBeDefined();
    for (const [status, { content = {} }] of others)
      expect([status, ...Object.keys(content)].join(' ')).toMatch(
        /^(304|503 application\/json|[45]\d\d application\/problem\+json)$/,
      );
  });

  test.each(propertiesOf(document))('has a default of %s that is as it says', (_, { default: usual, ...schema }) => {
    if (usual !== undefined) expect(faultsOf(usual, schema)).toBeNull();
  });

  test('has examples that are as its schemas say', () => {
    const examples = Object.values(schemas).flatMap((schema) =>
      ((schema as { examples?: unknown[] }).examples ?? []).map((example) => [example, schema] as const),
    );
    expect(examples.map(([example, schema]) => faultsOf(example, schema))).toEqual(examples.map(() => null));
  });

  test.each(thrownBy(service))('knows the problem %s %s', (status, code) => {
    const isKnown = operations.some(([, { responses }]) => codesOf(responses[status] ?? {}).includes(code!));
    expect(isKnown).toBe(true);
  });
});
