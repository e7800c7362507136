import type { Operation } from './document.ts';

/** Codes of problems that an answer of a status may have. */
export type Problems = readonly (readonly [status: number, codes: readonly string[]])[];

/** The problems of a request before it comes to any route. */
export const problemsOfAll: Problems = [
  [400, ['bad-request', 'bad-url', 'bad-host', 'not-json', 'not-utf8', 'not-gzip']],
  [404, ['not-found']],
  [408, ['request-timeout']],
  [413, ['body-too-large']],
  [414, ['max-param-length']],
  [417, ['expectation-failed']],
  [431, ['request-header-fields-too-large']],
];

/** The problems that follow from what a route takes. */
export function usualProblems(method: string, { parameters, requestBody }: Operation): Problems {
  return [
    ...(method === 'get' ? [] : ofBodies),
    ...(parameters.some((parameter) => parameter.in === 'path') ? ofPaths : []),
    ...(parameters.some(isChecked) || hasClass(requestBody) ? ofInput : []),
    [500, ['internal']],
  ];
}

/** Queries are of a class, parts of the path may have a pipe. */
const isChecked = ({ in: place, schema }: Operation['parameters'][number]) =>
  place === 'query' || (place === 'path' && ['format', 'pattern', 'anyOf'].some((keyword) => keyword in schema));

/** Only the schemas of classes are references here. */
const hasClass = (body: Operation['requestBody']) =>
  Object.values(body?.content ?? {}).some(({ schema = {} }) => '$ref' in schema);

const ofInput: Problems = [[400, ['bad-request']]];

const ofBodies: Problems = [
  [400, ['not-json', 'not-utf8', 'not-gzip']],
  [413, ['body-too-large']],
  [429, ['busy']],
];

const ofPaths: Problems = [
  [400, ['bad-url']],
  [414, ['max-param-length']],
];
