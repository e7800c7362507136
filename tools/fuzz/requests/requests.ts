import fc from 'fast-check';
import { type Encoded, encoding } from '../values/encode.ts';
import { jsonOf } from '../values/raw-json.ts';
import type { Api, Route } from './api.ts';
import { bodiesOf } from './bodies.ts';
import { type Keys, type Proof, proofsFor } from './credentials.ts';
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
    ...api.routes.map((route) => ({
      weight: weightOf(route),
      arbitrary: requestsFor(route, { api, keys, values: bodies(route) }),
    })),
  );
}

interface Means {
  readonly api: Api;
  readonly keys: Keys;
  /** Of its bodies, before they are written. */
  readonly values: fc.Arbitrary<unknown>;
}

function requestsFor(route: Route, { api, keys, values }: Means): fc.Arbitrary<FuzzedRequest> {
  const hasBody = route.requestBody !== undefined;
  return fc
    .record({
      path: pathsOf(route, keys),
      query: queriesOf(route, api),
      headers: headersOf(route),
      proof: proofsFor(route, keys),
      value: values,
      encode: encoding,
      method: fc.oneof({ weight: 30, arbitrary: fc.constant(route.method) }, { weight: 1, arbitrary: otherMethod }),
      isTurned: fc.nat({ max: 40 }).map((one) => one === 0),
    })
    .map(({ path, query, headers, proof, value, encode, method, isTurned }) => {
      const body = hasBody === isTurned ? undefined : encode(jsonOf(withProof(value, proof)));
      const { operationId } = route;
      return assembled(
        {
          operationId,
          method,
          path: path + written({ ...query, ...proof.query }),
          headers: { ...headers, ...proof.headers },
        },
        body,
      );
    });
}

const otherMethod = fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND');

function assembled(request: Omit<FuzzedRequest, 'body'>, body: Encoded | undefined): FuzzedRequest {
  return { ...request, headers: { ...request.headers, ...body?.headers }, body: body?.bytes };
}

function written(query: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(query).map((pair) => pair.map((part) => encodeURIComponent(part.toWellFormed())));
  return pairs.length === 0 ? '' : `?${pairs.map((pair) => pair.join('=')).join('&')}`;
}

function withProof(value: unknown, { body }: Proof): unknown {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject && Object.keys(body).length > 0 ? { ...value, ...body } : value;
}
