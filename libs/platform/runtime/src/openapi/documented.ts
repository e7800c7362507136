import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { Document, Operation } from './document.ts';

/** What a process answered. */
export interface Answered {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly status: number;
  readonly contentType: string | null | undefined;
  /** JSON, where it is any; undefined where it was not looked at. */
  readonly body: unknown;
}

export interface Documented {
  /** Why the document does not allow the answer; undefined where it does. */
  complaintAbout(answer: Answered): string | undefined;
}

/** Compares answers with the document of the process that gave them. */
export function documented(document: Document): Documented {
  const ajv = new Ajv2020({ strict: false, validateSchema: false });
  formats.default(ajv);
  ajv.addSchema(document, 'document');
  const validators = new Map<string, ValidateFunction>();
  const validatorAt = (...place: readonly string[]) => {
    const pointer = place.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/');
    const known = validators.get(pointer) ?? ajv.compile({ $ref: `document#/${pointer}` });
    validators.set(pointer, known);
    return known;
  };
  return {
    complaintAbout({ method, path, status, contentType, body }) {
      const about = `${method} ${path.split('?')[0]} answered ${status}`;
      const found = operationOf(document, method, path.split('?')[0]!);
      const [place, response] = responseOf(document, found, String(status)) ?? [];
      if (!place || !response) return `${about}, which its document does not know`;
      if (!response.content || method === 'HEAD') return undefined;
      const type = String(contentType).split(';')[0]!;
      const media = Object.keys(response.content).find(
        (known) => known === type || known === type.replace(/\/.*/, '/*'),
      );
      if (media === undefined) return `${about} as ${type}, which its document does not know`;
      const validate = validatorAt(...place, 'content', media, 'schema');
      if (body === undefined || validate(body)) return undefined;
      const faults = ajv.errorsText(validate.errors, { dataVar: 'the answer' });
      return `${about}, not as documented: ${faults}: ${JSON.stringify(body).slice(0, longestShown)}`;
    },
  };
}

const longestShown = 300;

interface Found {
  readonly place: readonly string[];
  readonly operation: Operation;
}

/** The operation that the path leads to: one without parameters before one with. */
function operationOf({ paths }: Document, method: string, path: string): Found | undefined {
  const name = (method === 'HEAD' ? 'get' : method).toLowerCase();
  const parts = path.replace(/(?<=.)\/$/, '').split('/');
  const [template] = Object.keys(paths)
    .filter((known) => name in paths[known]! && leadsTo(known.split('/'), parts))
    .sort((one, other) => one.split('{').length - other.split('{').length);
  return template === undefined ? undefined : { place: ['paths', template, name], operation: paths[template]![name]! };
}

function leadsTo(template: readonly string[], parts: readonly string[]): boolean {
  return template.length === parts.length && template.every((part, at) => part.startsWith('{') || part === parts[at]);
}

type Response = Operation['responses'][string];

/** What the operation says of the status; or else what the document says of any request. */
function responseOf(
  { components }: Document,
  found: Found | undefined,
  status: string,
): readonly [readonly string[], Response] | undefined {
  const own = found?.operation.responses[status];
  if (found && own) return [[...found.place, 'responses', status], own];
  const ofAll = components.responses[status] as Response | undefined;
  return ofAll && [['components', 'responses', status], ofAll];
}
