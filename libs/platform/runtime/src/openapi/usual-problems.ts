import type { Operation } from './document.ts';

/** The codes of problems by status. */
export type Problems = readonly (readonly [status: number, codes: readonly string[]])[];

/** The problems of a request before it reaches a route. */
export const problemsOfAll: Problems = [
  [400, ['bad-request', 'bad-url', 'bad-host', 'not-json', 'not-utf8', 'not-gzip']],
  [404, ['not-found']],
  [408, ['request-timeout']],
  [413, ['body-too-large']],
  [414, ['max-param-length']],
  [417, ['expectation-failed']],
  [431, ['request-header-fields-too-large']],
];

/** The problems that follow from the parameters and the body of a route. */
export function usualProblems(method: string, { parameters, requestBody }: Operation): Problems {
  return [
    ...(method === 'get' ? [] : ofBodies),
    ...(parameters.some((parameter) => parameter.in === 'path') ? ofPaths : []),
    ...(parameters.some(isChecked) || hasClass(requestBody) ? ofInput : []),
    [500, ['internal']],
  ];
}

/** Query parameters are validated by a class, path parameters by a pipe if they have a format. */
const isChecked = ({ in: location, schema }: Operation['parameters'][number]) =>
  location === 'query' || (location === 'path' && ['format', 'pattern', 'anyOf'].some((keyword) => keyword in schema));

/** At this point, only schemas of classes are references. */
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
