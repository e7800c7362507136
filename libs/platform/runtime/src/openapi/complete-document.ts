import type { OpenAPIObject } from '@nestjs/swagger';
import { STATUS_CODES } from 'node:http';
import type { Document, Operation } from './document.ts';
import { namedSchemas } from './named-schemas.ts';
import { problemResponse } from './problem-response.ts';
import { problemsOfAll, usualProblems } from './usual-problems.ts';

/** The tags of routes of every process. They follow those of the services. */
const lastTags = ['Dead letters', 'API keys', 'Sessions', 'Statistics', 'Operation'];

/** The document of `@nestjs/swagger` with the common problems of every route, and with each named schema once, as a component. */
export function completeDocument(given: OpenAPIObject): Document {
  const document = given as unknown as Document;
  const paths = mapValues(document.paths, (methods) => mapValues(methods, withUsualProblems));
  const responses = Object.fromEntries(
    problemsOfAll.map(([status, codes]) => [status, problemResponse(status, codes)]),
  );
  const { value, schemas } = namedSchemas({ paths, responses }, mapValues(document.components.schemas ?? {}, closed));
  return {
    ...document,
    tags: tagsOf(paths),
    paths: value.paths,
    components: { ...document.components, schemas, responses: value.responses },
  };
}

/** A request class accepts only declared properties. */
const closed = (schema: object) => ({ ...schema, additionalProperties: false });

function withUsualProblems(operation: Operation, method: string): Operation {
  const responses = mapValues(operation.responses, ({ description, ...response }, status) => ({
    description: description || STATUS_CODES[status]!,
    ...response,
  }));
  for (const [status, codes] of usualProblems(method, operation))
    responses[status] = problemResponse(status, codes, responses[status]);
  return { ...operation, parameters: operation.parameters.toSorted(byLocation), responses };
}

const locations = ['path', 'query', 'header'];
type Parameter = Operation['parameters'][number];
const byLocation = (one: Parameter, other: Parameter) => locations.indexOf(one.in) - locations.indexOf(other.in);

function tagsOf(paths: Document['paths']): Document['tags'] {
  const used = Object.values(paths).flatMap((methods) => Object.values(methods).flatMap(({ tags }) => tags));
  const names = [...new Set(used)];
  const isLast = (name: string) => lastTags.includes(name);
  return [...names.filter((name) => !isLast(name)), ...lastTags.filter((name) => names.includes(name))].map((name) => ({
    name,
  }));
}

function mapValues<T, R>(record: Readonly<Record<string, T>>, change: (value: T, key: string) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value, key)]));
}
