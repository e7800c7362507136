import fc from 'fast-check';
import { type Encoded, encoding } from '../values/encode.ts';
import type { Api, Route } from './api.ts';
import { bodiesOf, type Body } from './bodies.ts';
import { type Keys, proofsFor } from './credentials.ts';
import { expectation, framing, preflight } from './framing.ts';
import { headersOf } from './headers.ts';
import { pathsOf } from './paths.ts';
import { queriesOf } from './queries.ts';
import type { FuzzedRequest } from './request.ts';

/** Valid and invalid requests for all routes. */
export function requestsOf(api: Api, keys: Keys): fc.Arbitrary<FuzzedRequest> {
  // Routes that accept events are those that may respond with 429.
  const weightOf = ({ responses }: Route) => ('429' in responses ? 8 : 1);
  const bodies = bodiesOf(api);
  return fc.oneof(
    ...api.routes.filter(isCountable).map((route) => ({
      weight: weightOf(route),
      arbitrary: requestsFor(route, { api, keys: keysFor(route, keys), texts: bodies(route) }),
    })),
  );
}

/** Routes that remove stored events, which the responses do not count. */
const removing = ['DELETE /api/v1/rejected', 'DELETE /api/v1/rejected/{id}', 'POST /api/v1/rejected/erase'];
const isCountable = ({ method, template }: Route) => !removing.includes(`${method} ${template}`);

/** Files are sent from a separate source, whose events are counted separately. */
function keysFor({ template }: Route, keys: Keys): Keys {
  return template.startsWith('/api/v1/imports') ? { ...keys, secret: keys.files } : keys;
}

interface RequestParts {
  readonly api: Api;
  readonly keys: Keys;
  /** The bodies of the route. */
  readonly texts: fc.Arbitrary<Body>;
}

function requestsFor(route: Route, { api, keys, texts }: RequestParts): fc.Arbitrary<FuzzedRequest> {
  const hasBody = route.requestBody !== undefined;
  return fc
    .record({
      path: pathsOf(route, keys),
      query: queriesOf(route, api),
      headers: headersOf(route),
      proof: proofsFor(route, keys),
      text: texts,
      encode: encoding,
      method: fc.oneof({ weight: 30, arbitrary: fc.constant(route.method) }, { weight: 2, arbitrary: otherMethod }),
      framing,
      expectation,
      preflight,
      isInverted: fc.nat({ max: 40 }).map((one) => one === 0),
    })
    .map(({ path, query, headers, proof, text, encode, method, isInverted, ...wire }) => {
      const isThere = hasBody !== isInverted && wire.framing !== 'nothing';
      const { operationId } = route;
      const preflightHeaders = method === 'OPTIONS' ? wire.preflight : {};
      return assembled(
        {
          operationId,
          method,
          path: path + written({ ...query, ...proof.query }),
          headers: { ...headers, ...proof.headers, ...wire.expectation, ...preflightHeaders },
          framing: wire.framing,
        },
        isThere ? encode(text(proof.body)) : undefined,
      );
    });
}

/** Methods of routes, of proxies and of other protocols, and invalid ones. Without DELETE, because the responses do not count what it removes. */
const otherMethod = fc.constantFrom(
  ...['GET', 'HEAD', 'HEAD', 'POST', 'PUT', 'PATCH', 'OPTIONS', 'OPTIONS', 'OPTIONS', 'TRACE', 'CONNECT'],
  ...['PROPFIND', 'QUERY', 'M-SEARCH', 'BREW', 'post', 'Get', 'LOCK'],
);

function assembled(request: Omit<FuzzedRequest, 'body'>, body: Encoded | undefined): FuzzedRequest {
  return { ...request, headers: { ...request.headers, ...body?.headers }, body: body?.bytes };
}

function written(query: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(query).map((pair) => pair.map((part) => encodeURIComponent(part.toWellFormed())));
  return pairs.length === 0 ? '' : `?${pairs.map((pair) => pair.join('=')).join('&')}`;
}
