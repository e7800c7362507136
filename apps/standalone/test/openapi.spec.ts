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

/** A route such as `GET /metrics`, with its operation. */
type Route = readonly [string, Operation];

const operationsOf = ({ paths }: Document): Route[] =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): Route => [`${method.toUpperCase()} ${path}`, operation]),
  );

interface Property {
  readonly default?: unknown;
}

/** The schemas of all parameters, and of the properties of named schemas. */
function propertiesOf(document: Document): (readonly [string, Property])[] {
  const parameters = operationsOf(document).flatMap(([route, operation]) =>
    operation.parameters.map(({ name, schema }) => [`${name} of ${route}`, schema] as const),
  );
  const properties = Object.entries(document.components.schemas).flatMap(([name, schema]) =>
    Object.entries((schema as { properties?: Record<string, Property> }).properties ?? {}).map(
      ([property, value]) => [`${property} of ${name}`, value] as const,
    ),
  );
  return [...parameters, ...properties];
}

/** The status and code of each `new Problem(status, code, …)` in a service. */
function thrownBy(service: string): string[][] {
  const folder = join(services, service, 'src');
  const found: string[][] = [];
  const visit = (node: ts.Node): void => {
    const [status, code] = ts.isNewExpression(node) && node.expression.getText() === 'Problem' ? node.arguments! : [];
    if (status && code && ts.isNumericLiteral(status) && ts.isStringLiteral(code)) found.push([status.text, code.text]);
    ts.forEachChild(node, visit);
  };
  for (const file of globSync('**/*.ts', { cwd: folder }))
    visit(ts.createSourceFile(file, readFileSync(join(folder, file), 'utf8'), ts.ScriptTarget.Latest, true));
  return found;
}

test('one process of all services has the routes of each, and no two schemas with one name', () => {
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

  test('equals the file in docs/openapi; if not: npm run publish-openapi -w @sestante/app-standalone', async () => {
    expect(readFileSync(fileOf(service), 'utf8')).toBe(await textOf(document));
  });

  test('is OpenAPI 3.1', async () => {
    expect(document.openapi).toBe('3.1.0');
    expect(await new Validator().validate(structuredClone({ ...document }))).toEqual({ valid: true });
  });

  test('has a unique id for every operation', () => {
    const ids = operations.map(([, { operationId }]) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test.each(operations)('has a sentence as summary of %s, and its access', (_, { summary, security }) => {
    expect(summary).toMatch(/^[A-Z][^.]{8,}\.$/);
    expect(security).toBeDefined();
    // Declarations of a controller and of its route would both be listed.
    const schemes = security!.map((requirement) => Object.keys(requirement)[0] ?? 'none');
    expect(new Set(schemes).size).toBe(schemes.length);
    if (schemes.includes('apiKey')) expect(schemes).not.toContain('none');
  });

  test.each(operations)('has the parameters and the body of %s, with an example', (_, { parameters, requestBody }) => {
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

  test.each(operations)('has the responses of %s', (_, { responses }) => {
    const [success, ...others] = Object.entries(responses);
    expect(success![0]).toMatch(/^2/);
    if (success![0] !== '204') expect(Object.values(success![1].content!)[0]!.schema).toBeDefined();
    for (const [status, { content = {} }] of others)
      expect([status, ...Object.keys(content)].join(' ')).toMatch(
        /^(304|20[0-2] application\/json|503 application\/json|[45]\d\d application\/problem\+json)$/,
      );
  });

  test.each(propertiesOf(document))('has a valid default of %s', (_, { default: defaultValue, ...schema }) => {
    if (defaultValue !== undefined) expect(faultsOf(defaultValue, schema)).toBeNull();
  });

  test('has examples that match its schemas', () => {
    const examples = Object.values(schemas).flatMap((schema) =>
      ((schema as { examples?: unknown[] }).examples ?? []).map((example) => [example, schema] as const),
    );
    expect(examples.map(([example, schema]) => faultsOf(example, schema))).toEqual(examples.map(() => null));
  });

  test('has every problem that the service throws', () => {
    for (const [status, code] of thrownBy(service)) {
      const isDocumented = operations.some(([, { responses }]) => codesOf(responses[status!] ?? {}).includes(code!));
      expect([status, code, isDocumented]).toEqual([status, code, true]);
    }
  });
});
