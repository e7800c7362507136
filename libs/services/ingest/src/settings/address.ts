import { Problem } from '@sestante/runtime';
import type { FastifyRequest } from 'fastify';

/** The address of the server, as the client sees it. */
export interface Address {
  /** The host, with the port if it is not the default. */
  readonly host: string;
  readonly protocol: 'http' | 'https';
}

const hostName = /^([a-z0-9._-]+|\[[0-9a-f:.]+\])(:\d{1,5})?$/i;

/**
 * The address to which the request was sent, by its Host header: the server may have several names. `X-Forwarded-Proto` is that of a proxy that
 * terminates TLS. Throws `Problem` 400 if the host is invalid.
 */
export function addressOf({ host, headers }: FastifyRequest): Address {
  if (!hostName.test(host)) throw new Problem(400, 'bad-host', 'The Host header is invalid.');
  const isSecure = /^https\b/i.test(String(headers['x-forwarded-proto']));
  return { host, protocol: isSecure ? 'https' : 'http' };
}
