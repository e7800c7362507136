import type { FastifyCorsOptions } from '@fastify/cors';
import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Config } from '../config.ts';
import { InjectConfig } from '../tokens.ts';

const closed: FastifyCorsOptions = { origin: false };

/** Cookies are allowed and never read: some SDKs can be configured to send them, and a browser discards the response if they are not allowed. */
const toAnyOrigin: FastifyCorsOptions = {
  origin: true,
  credentials: true,
  exposedHeaders: ['Retry-After'],
  maxAge: 86_400,
  strictPreflight: false,
};

/** Requests with a customer's token, which a browser does not add by itself. An origin that is removed from the list loses access within ten minutes. */
const toAllowedOrigins: FastifyCorsOptions = {
  origin: true,
  methods: ['GET', 'HEAD'],
  allowedHeaders: ['Authorization', 'Last-Event-ID', 'Content-Type', 'Cache-Control'],
  exposedHeaders: ['Retry-After'],
  maxAge: 600,
};
const toAllowedOriginsWithChanges: FastifyCorsOptions = {
  ...toAllowedOrigins,
  methods: ['GET', 'HEAD', 'POST', 'PUT', 'DELETE'],
};

/**
 * The paths that scripts of pages from other origins may call (CORS). Each service adds its own paths; all others are not allowed. A route
 * of an allowed path must require credentials that a browser does not add by itself.
 */
@Injectable()
export class CrossOrigin {
  private readonly prefixes: string[] = [];
  private readonly routes: { readonly pattern: RegExp; readonly options: FastifyCorsOptions }[] = [];
  private readonly allowedOrigins: ReadonlySet<string>;

  constructor(@InjectConfig() config: Config) {
    this.allowedOrigins = new Set(config.SESTANTE_ALLOWED_ORIGINS);
  }

  /** Allows requests from any origin, with any header, to all paths with one of these prefixes. */
  allowAnyOrigin(...prefixes: readonly string[]): void {
    this.prefixes.push(...prefixes);
  }

  /** Allows the origins of `SESTANTE_ALLOWED_ORIGINS` to read these routes, such as `/api/v1/customers/:id/offers`. */
  allowConfiguredOrigins(...routes: readonly string[]): void {
    this.routes.push(...routes.map((route) => ({ pattern: patternOf(route), options: toAllowedOrigins })));
  }

  /** Allows them to change something by these routes as well. */
  allowConfiguredOriginsToChange(...routes: readonly string[]): void {
    this.routes.push(...routes.map((route) => ({ pattern: patternOf(route), options: toAllowedOriginsWithChanges })));
  }

  /** The options of `@fastify/cors` for the request. A request without an origin does not come from a browser and gets no headers. */
  optionsOf({ url, headers: { origin } }: FastifyRequest): FastifyCorsOptions {
    if (origin === undefined) return closed;
    if (this.prefixes.some((prefix) => url.startsWith(prefix))) return toAnyOrigin;
    if (!this.allowedOrigins.has(origin)) return closed;
    return this.routes.find(({ pattern }) => pattern.test(url))?.options ?? closed;
  }
}

/** Matches the paths of a route, with or without a query. */
function patternOf(route: string): RegExp {
  return new RegExp(`^${route.replaceAll(/:\w+/g, '[^/?]+')}/?(\\?|$)`);
}
