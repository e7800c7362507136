import type { FastifyCorsOptions } from '@fastify/cors';
import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

const closed: FastifyCorsOptions = { origin: false };

/** Cookies are allowed and never read: some SDKs can be told to send them, and a browser drops the answer where they are not. */
const opened: FastifyCorsOptions = {
  origin: true,
  credentials: true,
  exposedHeaders: ['Retry-After'],
  maxAge: 86_400,
  strictPreflight: false,
};

/**
 * The paths that the pages of any site may call, with any header. A service opens its own; all others stay closed. What is behind them must
 * ask for a proof that no browser adds by itself.
 */
@Injectable()
export class CrossOrigin {
  private readonly prefixes: string[] = [];

  /** Opens all paths that begin like this. */
  open(...prefixes: readonly string[]): void {
    this.prefixes.push(...prefixes);
  }

  /** What `@fastify/cors` has to tell about the request; nothing to programs, which have no origin. */
  optionsOf({ url, headers }: FastifyRequest): FastifyCorsOptions {
    const isOpen = headers.origin !== undefined && this.prefixes.some((prefix) => url.startsWith(prefix));
    return isOpen ? opened : closed;
  }
}
