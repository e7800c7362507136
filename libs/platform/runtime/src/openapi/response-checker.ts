import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { Document, Operation } from './document.ts';

/** An observed HTTP response. */
export interface ObservedResponse {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly status: number;
  readonly contentType: string | null | undefined;
  /** Parsed JSON; undefined if the body is not checked. */
  readonly body: unknown;
}

export interface ResponseChecker {
  /** How the response differs from the document; undefined if it conforms. */
  mismatchOf(response: ObservedResponse): string | undefined;
}

/** Compares responses with the OpenAPI document of the process that sent them. */
export function responseChecker(document: Document): ResponseChecker {
  const ajv = new Ajv2020({ strict: false, validateSchema: false });
  formats.default(ajv);
  ajv.addSchema(document, 'document');
  const validators = new Map<string, ValidateFunction>();
  const validatorAt = (...path: readonly string[]) => {
    const pointer = path.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/');
    const validator = validators.get(pointer) ?? ajv.compile({ $ref: `document#/${pointer}` });
    validators.set(pointer, validator);
    return validator;
  };
  return {
    mismatchOf({ method, path, status, contentType, body }) {
      const summary = `${method} ${path.split('?')[0]} responded with ${status}`;
      const found = operationOf(document, method, path.split('?')[0]!);
      const [location, response] = responseOf(document, found, String(status)) ?? [];
      if (!location || !response) return `${summary}, which is not documented`;
      if (!response.content || method === 'HEAD') return undefined;
      const type = String(contentType).split(';')[0]!;
      const media = Object.keys(response.content).find((name) => name === type || name === type.replace(/\/.*/, '/*'));
      if (media === undefined) return `${summary} and the content type ${type}, which is not documented`;
      const validate = validatorAt(...location, 'content', media, 'schema');
      if (body === undefined || validate(body)) return undefined;
      const faults = ajv.errorsText(validate.errors, { dataVar: 'the body' });
      return `${summary} and a body that differs from the document: ${faults}: ${JSON.stringify(body).slice(0, longestShown)}`;
    },
  };
}

const longestShown = 300;

interface Found {
  /** The JSON pointer of the operation, as its segments. */
  readonly location: readonly string[];
  readonly operation: Operation;
}

/** The operation that matches the path. One without path parameters has priority. */
function operationOf({ paths }: Document, method: string, path: string): Found | undefined {
  const verb = (method === 'HEAD' ? 'get' : method).toLowerCase();
  const parts = path.replace(/(?<=.)\/$/, '').split('/');
  const [template] = Object.keys(paths)
    .filter((name) => verb in paths[name]! && matches(name.split('/'), parts))
    .sort((one, other) => one.split('{').length - other.split('{').length);
  return template === undefined
    ? undefined
    : { location: ['paths', template, verb], operation: paths[template]![verb]! };
}

function matches(template: readonly string[], parts: readonly string[]): boolean {
  return template.length === parts.length && template.every((part, at) => part.startsWith('{') || part === parts[at]);
}

type Response = Operation['responses'][string];

/** The response of the operation for the status, or else the one that all requests may have. */
function responseOf(
  { components }: Document,
  found: Found | undefined,
  status: string,
): readonly [readonly string[], Response] | undefined {
  const own = found?.operation.responses[status];
  if (found && own) return [[...found.location, 'responses', status], own];
  const ofAll = components.responses[status] as Response | undefined;
  return ofAll && [['components', 'responses', status], ofAll];
}
