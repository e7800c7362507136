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

/** Requests for all routes, as their document allows them and as it does not. */
export function requestsOf(api: Api, keys: Keys): fc.Arbitrary<FuzzedRequest> {
  // Routes that take events are those that may be asked too often.
  const weightOf = ({ responses }: Route) => ('429' in responses ? 8 : 1);
  const bodies = bodiesOf(api);
  return fc.oneof(
    ...api.routes.filter(isCountable).map((route) => ({
      weight: weightOf(route),
      arbitrary: requestsFor(route, { api, keys: keysFor(route, keys), texts: bodies(route) }),
    })),
  );
}

/** What takes kept events away, nobody could count by the answers. */
const removing = ['DELETE /api/v1/rejected', 'DELETE /api/v1/rejected/{id}', 'POST /api/v1/rejected/erase'];
const isCountable = ({ method, template }: Route) => !removing.includes(`${method} ${template}`);

/** Files have a source of their own: nothing else counts among its events. */
function keysFor({ template }: Route, keys: Keys): Keys {
  return template.startsWith('/api/v1/imports') ? { ...keys, secret: keys.files } : keys;
}

interface Means {
  readonly api: Api;
  readonly keys: Keys;
  /** Of its bodies. */
  readonly texts: fc.Arbitrary<Body>;
}

function requestsFor(route: Route, { api, keys, texts }: Means): fc.Arbitrary<FuzzedRequest> {
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
      isTurned: fc.nat({ max: 40 }).map((one) => one === 0),
    })
    .map(({ path, query, headers, proof, text, encode, method, isTurned, ...wire }) => {
      const isThere = hasBody !== isTurned && wire.framing !== 'nothing';
      const { operationId } = route;
      const asking = method === 'OPTIONS' ? wire.preflight : {};
      return assembled(
        {
          operationId,
          method,
          path: path + written({ ...query, ...proof.query }),
          headers: { ...headers, ...proof.headers, ...wire.expectation, ...asking },
          framing: wire.framing,
        },
        isThere ? encode(text(proof.body)) : undefined,
      );
    });
}

/** Those of routes, of proxies and of programs, those that mean nothing, and such as are none. What a DELETE takes away, nobody could count. */
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
