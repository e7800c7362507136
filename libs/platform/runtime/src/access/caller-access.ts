import { createParamDecorator, type ExecutionContext, ParseUUIDPipe } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { KeyHolder } from './api-keys.ts';

/** Somebody who came with an API key. */
export interface KeyCaller extends KeyHolder {
  readonly kind: 'key';
  /** Of a route about one customer: whom the path names, as it stands there. */
  readonly customerId?: string | undefined;
}

/** Somebody who came with a customer's token. */
export interface CustomerCaller {
  readonly kind: 'customer';
  /** Whom the token opens, and nobody else. */
  readonly customerId: string;
  /** When the token is over, in milliseconds since 1970. For answers that go on. */
  readonly endsAt: number;
}

/** What a request was allowed, and by what. Where a route is for API keys only, it is a `KeyCaller`. */
export type Caller = KeyCaller | CustomerCaller;

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by `AccessGuard`; undefined on routes that are open. */
    access?: Caller;
  }
}

const accessOf = (context: ExecutionContext) => context.switchToHttp().getRequest<FastifyRequest>().access;

/** The access of the caller, a `Caller`, on a route that is not open. */
export const CallerAccess = createParamDecorator((_data: unknown, context: ExecutionContext) => accessOf(context));

const customerId = createParamDecorator((_data: unknown, context: ExecutionContext) => accessOf(context)?.customerId);

/** The id of the customer whom a route with `@AllowCustomerAnd` is about: of the token, or, with an API key, of the path. 400 where it is no UUID. */
export const CustomerId = () => customerId(ParseUUIDPipe);
