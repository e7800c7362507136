import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiParam, ApiSecurity } from '@nestjs/swagger';
import { ApiProblem } from '../openapi/api-problem.ts';
import type { securitySchemes } from '../openapi/security-schemes.ts';

/** The roles of API keys. `admin` may call every route. */
export const roles = ['admin', 'marketing', 'clerk', 'app'] as const;
export type Role = (typeof roles)[number];

/** Where a request contains the write key of a source. */
export type WriteKeyLocation = 'headers' | 'body' | 'query' | 'path';

/** The access that a route requires. A route without it rejects every request. */
export type Access =
  | { readonly kind: 'public'; readonly writeKeyIn?: readonly WriteKeyLocation[] }
  | { readonly kind: 'keys'; readonly roles: readonly Role[]; readonly customer: boolean | 'any' };

export const accessKey = 'sestante:access';

type Scheme = keyof typeof securitySchemes;

/** OpenAPI has no security scheme for a key in the body or in the path: it is a field or a parameter there. */
const writeKeySchemes: Readonly<Record<WriteKeyLocation, readonly Scheme[]>> = {
  headers: ['writeKeyBasic', 'writeKeyBearer', 'writeKeyHeader'],
  query: ['writeKeyQuery'],
  body: [],
  path: [],
};

const declares = (access: Access) => SetMetadata(accessKey, access);
/** In OpenAPI, an empty security requirement means that no credentials are needed. */
const noCredentials = () => ApiSecurity({});

/** Allows every request, without credentials. */
export const Public = () => applyDecorators(declares({ kind: 'public' }), noCredentials());

/** Accepts the write key of a source in these parts of the request. The guard lets the request pass: the route checks the key itself. */
export const PublicWithWriteKey = (...locations: WriteKeyLocation[]) =>
  applyDecorators(
    declares({ kind: 'public', writeKeyIn: locations }),
    ...locations.flatMap((location) => writeKeySchemes[location]).map((scheme) => ApiSecurity(scheme)),
    ...(locations.some((location) => writeKeySchemes[location].length === 0) ? [noCredentials()] : []),
    ApiProblem(503, 'unavailable'),
  );

/** Allows API keys with one of these roles, and those of administrators. */
export const Roles = (...allowed: Role[]) => keyAccess(allowed, false);

/** Allows the customer's own token for the `:id` of the route (or `me`), and API keys with one of these roles. */
export const CustomerOrRoles = (...allowed: Role[]) =>
  applyDecorators(
    keyAccess(allowed, true),
    ApiSecurity('customerToken'),
    ApiParam(customerId),
    ApiProblem(401, 'token-ended'),
    ApiProblem(404, 'not-found'),
    ApiProblem(410, 'customer-erased'),
  );

/**
 * Allows every customer token, and API keys with one of these roles, on a route without the id of a customer. The route itself must compare the customer of
 * the token with that of what it returns, and respond with 404 if they differ.
 */
export const AnyCustomerOrRoles = (...allowed: Role[]) =>
  applyDecorators(
    keyAccess(allowed, 'any'),
    ApiSecurity('customerToken'),
    ApiProblem(401, 'token-ended'),
    ApiProblem(404, 'not-found'),
  );

function keyAccess(allowed: readonly Role[], customer: boolean | 'any'): ClassDecorator & MethodDecorator {
  const withAdmin = [...new Set<Role>(['admin', ...allowed])];
  return applyDecorators(
    declares({ kind: 'keys', roles: allowed, customer }),
    ApiSecurity('apiKey', withAdmin),
    ApiSecurity('apiKeyHeader', withAdmin),
    ApiSecurity('session', withAdmin),
    ApiProblem(401, 'unauthorized', 'session-ended'),
    ApiProblem(403, 'forbidden', 'other-origin'),
    ApiProblem(503, 'unavailable'),
  );
}

const customerId = {
  name: 'id',
  description: 'The id of a customer, or `me` for the customer of the token.',
  schema: {
    anyOf: [
      { type: 'string', format: 'uuid' },
      { type: 'string', enum: ['me'] },
    ],
  },
};
