import { SetMetadata } from '@nestjs/common';

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

/** Anybody. */
export const Open = () => SetMetadata(accessKey, { kind: 'open' } satisfies Access);

/** Whoever has the write key of a source. The route looks for it itself, in these places. */
export const OpenToSources = (...places: WriteKeyPlace[]) =>
  SetMetadata(accessKey, { kind: 'open', writeKeyIn: places } satisfies Access);

/** API keys of these roles. */
export const Allow = (...allowed: Role[]) =>
  SetMetadata(accessKey, { kind: 'keys', roles: allowed, customer: false } satisfies Access);

/** The customer's own token for the `:id` of the route (`me` stands for it), and API keys of these roles. */
export const AllowCustomerAnd = (...allowed: Role[]) =>
  SetMetadata(accessKey, { kind: 'keys', roles: allowed, customer: true } satisfies Access);
