import type { Type } from '@nestjs/common';
import { alwaysUnzippedBytes, largestBodyBytes, largestUnzippedBytes, mostTimesUnzipped } from '../http/read-body.ts';
import { answersOf, problemsOf } from './answers.ts';
import { failuresOfAll } from './failures.ts';
import { hoisted } from './hoisted.ts';
import { parametersOf } from './parameters.ts';
import { requestSchema } from './request-schema.ts';
import { type Route, routesOf } from './routes.ts';
import type { Schema } from './says.ts';
import { securityOf, securitySchemes } from './security.ts';

/** A document of OpenAPI 3.1, as far as it is read here. */
export interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: Readonly<Record<'schemas' | 'responses' | 'securitySchemes', Readonly<Record<string, object>>>>;
}

export interface Operation {
  readonly operationId: string;
  readonly summary?: string;
  readonly parameters: readonly { name: string; in: string; required: boolean; schema: Schema }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { schema?: Schema; example?: unknown }>> };
  readonly responses: Readonly<
    Record<string, { description: string; content?: Readonly<Record<string, { schema: Schema }>> }>
  >;
  /** Undefined where the route is closed. */
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
}

const description = `Everything but success is answered with problem details (RFC 9457): \`code\` is for programs and stays, \`detail\` is for people.
A body is JSON in UTF-8, whatever its content type says, or gzip of it; at most ${largestBodyBytes / 1024} KiB, unzipped ${largestUnzippedBytes / 1024 ** 2} MiB and, beyond ${alwaysUnzippedBytes / 1024} KiB, ${mostTimesUnzipped} times what came. Every GET may be a HEAD.
What no route is to blame for is among the responses of the components.`;

/** The document of all HTTP routes of the modules. */
export function openapi(modules: readonly Type[]): Document {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routesOf(modules)) (paths[route.path] ??= {})[route.method] = operationOf(route);
  const { value, schemas } = hoisted({ paths, responses: problemsOf(failuresOfAll) });
  return {
    openapi: '3.1.0',
    info: { title: 'Sestante', version: '1.0.0', description },
    paths: value.paths,
    components: { schemas, responses: value.responses, securitySchemes },
  } as unknown as Document;
}

function operationOf(route: Route): object {
  const { method, path, controller, access, told } = route;
  return {
    operationId: [method, ...path.match(/\w+/g)!].map((word, at) => (at > 0 ? capitalised(word) : word)).join(''),
    tags: [controller.replace(/Controller$/, '')],
    summary: told?.summary,
    parameters: parametersOf(route),
    ...bodyOf(route),
    responses: answersOf(route),
    security: securityOf(access, told?.as === 'text/event-stream'),
  };
}

function bodyOf({ arguments: given, told }: Route): { requestBody?: object } {
  const body = given.find(({ kind }) => kind === 'body');
  if (!body && !told?.takesToo) return {};
  const ofClass = body?.type && requestSchema(body.type);
  const schema = told?.takes ?? (ofClass && { $id: body!.type!.name, ...ofClass });
  const example = told?.example === undefined ? {} : { example: told.example };
  const others = Object.entries(told?.takesToo ?? {}).map(([contentType, other]) => [contentType, { schema: other }]);
  // A route that reads its body itself has no parameter for it.
  const json = body ? { 'application/json': { schema, ...example } } : {};
  // An empty body is an empty request, where nothing has to be in it.
  const required = !body || told?.takes !== undefined || ofClass?.required !== undefined;
  return { requestBody: { required, content: { ...json, ...Object.fromEntries(others) } as object } };
}

const capitalised = (word: string) => word[0]!.toUpperCase() + word.slice(1);
