import type { FastifyCorsOptions } from '@fastify/cors';
import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Config } from '../config.ts';
import { InjectConfig } from '../tokens.ts';

const closed: FastifyCorsOptions = { origin: false };

/** Cookies are allowed and never read: some SDKs can be told to send them, and a browser drops the answer where they are not. */
const toAnyOrigin: FastifyCorsOptions = {
  origin: true,
  credentials: true,
  exposedHeaders: ['Retry-After'],
  maxAge: 86_400,
  strictPreflight: false,
};

/** Reading with a customer's token. A list that gets shorter holds within ten minutes. */
const toAllowedOrigins: FastifyCorsOptions = {
  origin: true,
  methods: ['GET', 'HEAD'],
  allowedHeaders: ['Authorization', 'Last-Event-ID', 'Content-Type', 'Cache-Control'],
  exposedHeaders: ['Retry-After'],
  maxAge: 600,
};

/**
 * Which paths scripts in pages of other origins may call. A service opens its own; all others stay closed. What is behind an open path must ask
 * for a proof that no browser adds by itself.
 */
@Injectable()
export class CrossOrigin {
  private readonly prefixes: string[] = [];
  private readonly routes: RegExp[] = [];
  private readonly allowedOrigins: ReadonlySet<string>;

  constructor(@InjectConfig() config: Config) {
    this.allowedOrigins = new Set(config.SESTANTE_ALLOWED_ORIGINS);
  }

  /** Opens all paths that begin like this to the pages of any origin, with any header. */
  open(...prefixes: readonly string[]): void {
    this.prefixes.push(...prefixes);
  }

  /** Opens these routes, such as `/api/v1/customers/:id/offers`, to the pages of `SESTANTE_ALLOWED_ORIGINS`, for reading. */
  openToAllowed(...routes: readonly string[]): void {
    this.routes.push(...routes.map(patternOf));
  }

  /** What `@fastify/cors` has to tell about the request; nothing to programs, which have no origin. */
  optionsOf({ url, headers: { origin } }: FastifyRequest): FastifyCorsOptions {
    if (origin === undefined) return closed;
    if (this.prefixes.some((prefix) => url.startsWith(prefix))) return toAnyOrigin;
    const isAllowed = this.allowedOrigins.has(origin) && this.routes.some((route) => route.test(url));
    return isAllowed ? toAllowedOrigins : closed;
  }
}

/** The paths of a route, with or without a query. */
function patternOf(route: string): RegExp {
  return new RegExp(`^${route.replaceAll(/:\w+/g, '[^/?]+')}/?(\\?|$)`);
}
