import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiParam, ApiSecurity } from '@nestjs/swagger';
import { ApiProblem } from '../openapi/api-problem.ts';
import type { securitySchemes } from '../openapi/security-schemes.ts';

/** Who holds an API key. `admin` may do everything. */
export const roles = ['admin', 'marketing', 'clerk', 'app'] as const;
export type Role = (typeof roles)[number];

/** Where a route finds the write key of a source. */
export type WriteKeyPlace = 'headers' | 'body' | 'query' | 'path';

/** What a route asks of its caller. A route that declares nothing is closed. */
export type Access =
  | { readonly kind: 'open'; readonly writeKeyIn?: readonly WriteKeyPlace[] }
  | { readonly kind: 'keys'; readonly roles: readonly Role[]; readonly customer: boolean };

export const accessKey = 'sestante:access';

type Scheme = keyof typeof securitySchemes;

/** A key in the body or in the path is no scheme of OpenAPI: it is a field, or a parameter. */
const writeKeySchemes: Readonly<Record<WriteKeyPlace, readonly Scheme[]>> = {
  headers: ['writeKeyBasic', 'writeKeyBearer', 'writeKeyHeader'],
  query: ['writeKeyQuery'],
  body: [],
  path: [],
};

const declares = (access: Access) => SetMetadata(accessKey, access);
/** In OpenAPI, an empty requirement is what nobody has to prove anything for. */
const needsNoProof = () => ApiSecurity({});

/** Anybody. */
export const Open = () => applyDecorators(declares({ kind: 'open' }), needsNoProof());

/** Whoever has the write key of a source. The route looks for it itself, in these places. */
export const OpenToSources = (...places: WriteKeyPlace[]) =>
  applyDecorators(
    declares({ kind: 'open', writeKeyIn: places }),
    ...places.flatMap((place) => writeKeySchemes[place]).map((scheme) => ApiSecurity(scheme)),
    ...(places.some((place) => writeKeySchemes[place].length === 0) ? [needsNoProof()] : []),
    ApiProblem(503, 'unavailable'),
  );

/** API keys of these roles. */
export const Allow = (...allowed: Role[]) => closedToOthers(allowed, false);

/** The customer's own token for the `:id` of the route (`me` stands for it), and API keys of these roles. */
export const AllowCustomerAnd = (...allowed: Role[]) =>
  applyDecorators(closedToOthers(allowed, true), ApiSecurity('customerToken'), ApiParam(customerId));

function closedToOthers(allowed: readonly Role[], customer: boolean): ClassDecorator & MethodDecorator {
  const withAdmin = [...new Set<Role>(['admin', ...allowed])];
  return applyDecorators(
    declares({ kind: 'keys', roles: allowed, customer }),
    ApiSecurity('apiKey', withAdmin),
    ApiSecurity('apiKeyHeader', withAdmin),
    ApiProblem(401, 'unauthorized'),
    ApiProblem(403, 'forbidden'),
    ApiProblem(503, 'unavailable'),
  );
}

const customerId = {
  name: 'id',
  description: 'The id of a customer; `me` with a token of one.',
  schema: {
    anyOf: [
      { type: 'string', format: 'uuid' },
      { type: 'string', enum: ['me'] },
    ],
  },
};
