import type { Route } from './routes.ts';
import type { Failure } from './says.ts';

/** The problems of a request before it comes to any route. */
export const failuresOfAll: readonly Failure[] = [
  { status: 400, codes: ['bad-request', 'bad-url', 'bad-host', 'not-json', 'not-utf8', 'not-gzip'] },
  { status: 404, codes: ['not-found'] },
  { status: 408, codes: ['request-timeout'] },
  { status: 413, codes: ['body-too-large'] },
  { status: 414, codes: ['max-param-length'] },
  { status: 417, codes: ['expectation-failed'] },
  { status: 431, codes: ['request-header-fields-too-large'] },
];

/** The problems that follow from what a route asks and takes. */
export function usualFailures({ access, method, arguments: given }: Route): readonly Failure[] {
  const isClosed = access?.kind !== 'open';
  const needsDatabase = isClosed || access.writeKeyIn !== undefined;
  const isChecked = given.some(({ type, pipes }) => type !== undefined || pipes.length > 0);
  return [
    ...(method === 'get' ? [] : ofBodies),
    ...(given.some(({ kind }) => kind === 'path') ? ofParameters : []),
    ...(isChecked ? [{ status: 400, codes: ['bad-request'] }] : []),
    ...(isClosed ? ofClosed : []),
    { status: 500, codes: ['internal'] },
    ...(needsDatabase ? [{ status: 503, codes: ['unavailable'] }] : []),
  ];
}

const ofBodies: readonly Failure[] = [
  { status: 400, codes: ['not-json', 'not-utf8', 'not-gzip'] },
  { status: 413, codes: ['body-too-large'] },
  { status: 429, codes: ['busy'] },
];

const ofParameters: readonly Failure[] = [
  { status: 400, codes: ['bad-url'] },
  { status: 414, codes: ['max-param-length'] },
];

const ofClosed: readonly Failure[] = [
  { status: 401, codes: ['unauthorized'] },
  { status: 403, codes: ['forbidden'] },
];
