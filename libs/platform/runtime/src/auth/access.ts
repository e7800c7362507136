import { SetMetadata } from '@nestjs/common';

/** Who holds an API key. `admin` may do everything. */
export const roles = ['admin', 'marketing', 'clerk', 'app'] as const;
export type Role = (typeof roles)[number];

/** What a route asks of its caller. A route that declares nothing is closed. */
export type Access =
  { readonly kind: 'open' } | { readonly kind: 'keys'; readonly roles: readonly Role[]; readonly customer: boolean };

export const accessKey = 'sestante:access';

/** Anybody: health, metrics, and routes that have a proof of their own (write keys). */
export const Open = () => SetMetadata(accessKey, { kind: 'open' } satisfies Access);

/** API keys of these roles. */
export const Allow = (...allowed: Role[]) =>
  SetMetadata(accessKey, { kind: 'keys', roles: allowed, customer: false } satisfies Access);

/** The customer's own token for the `:id` of the route (`me` stands for it), and API keys of these roles. */
export const AllowCustomerAnd = (...allowed: Role[]) =>
  SetMetadata(accessKey, { kind: 'keys', roles: allowed, customer: true } satisfies Access);
