import { Problem } from '@sestante/runtime';
import type { FastifyRequest } from 'fastify';

/** Where we are, as the caller sees it. */
export interface Address {
  /** With its port, where that is not the usual one. */
  readonly host: string;
  readonly protocol: 'http' | 'https';
}

const hostName = /^([a-z0-9._-]+|\[[0-9a-f:.]+\])(:\d{1,5})?$/i;

/**
 * Where the request was sent to. It says so itself: we may have many names, and TLS ends at a proxy before us, which tells by
 * `X-Forwarded-Proto` that there was any. Throws `Problem` 400 where that is no host.
 */
export function addressOf({ host, headers }: FastifyRequest): Address {
  if (!hostName.test(host)) throw new Problem(400, 'bad-host', 'The Host header does not name a host.');
  const isSecure = /^https\b/i.test(String(headers['x-forwarded-proto']));
  return { host, protocol: isSecure ? 'https' : 'http' };
}
