import { createParamDecorator, type ExecutionContext, ParseUUIDPipe } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { KeyHolder } from './api-keys.ts';

/** A caller with an API key. */
export interface KeyCaller extends KeyHolder {
  readonly kind: 'key';
  /** On a route about one customer: the id in the path, not validated. */
  readonly customerId?: string | undefined;
}

/** A caller with a customer token. */
export interface CustomerCaller {
  readonly kind: 'customer';
  /** The only customer whose data the token gives access to. */
  readonly customerId: string;
  /** When the token expires, in milliseconds since 1970. Event streams end then. */
  readonly endsAt: number;
  /** Whether the token ends when the customer is merged into another one (`TokenClaims`). Event streams end then, too. */
  readonly isWeak: boolean;
}

/** The authenticated caller of a request. On a route for API keys only, it is a `KeyCaller`. */
export type Caller = KeyCaller | CustomerCaller;

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by `AccessGuard`; undefined on public routes. */
    access?: Caller;
  }
}

const accessOf = (context: ExecutionContext) => context.switchToHttp().getRequest<FastifyRequest>().access;

/** The authenticated caller, a `Caller`, on a route that is not public. */
export const CallerAccess = createParamDecorator((_data: unknown, context: ExecutionContext) => accessOf(context));

const customerId = createParamDecorator((_data: unknown, context: ExecutionContext) => accessOf(context)?.customerId);

/** The id of the customer on a route with `@CustomerOrRoles`: from the token, or from the path if the caller has an API key. Responds 400 if it is not a UUID. */
export const CustomerId = () => customerId(ParseUUIDPipe);
