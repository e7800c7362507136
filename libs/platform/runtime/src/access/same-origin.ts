import type { FastifyRequest } from 'fastify';
import { Problem } from '../http/problem.ts';

/** 403 for a request that a page of another origin may have sent. */
export const otherOrigin = () =>
  new Problem(403, 'other-origin', 'A session can be used by pages of this address only. Send an API key instead.');

const isSafe = (method: string) => method === 'GET' || method === 'HEAD';

/**
 * Whether a page of another origin may have sent the request, which a browser reports in `Sec-Fetch-Site` (over HTTPS, and to the loopback)
 * and in `Origin`. A request without both does not come from a script or a form of a page.
 */
export function isFromOtherOrigin({ headers }: FastifyRequest): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  const { origin, host } = headers;
  if (origin === undefined) return false;
  return !URL.canParse(origin) || new URL(origin).host !== host;
}

/**
 * Whether a request with a session cookie, which a browser adds by itself, is one of our own pages. What changes something must say so: a
 * form on another page sends its cookies in browsers that know neither `SameSite` nor `Sec-Fetch-Site`.
 */
export function isOfOwnPage(request: FastifyRequest): boolean {
  const { 'sec-fetch-site': site, origin } = request.headers;
  if (isFromOtherOrigin(request)) return false;
  return isSafe(request.method) || site === 'same-origin' || (site === undefined && origin !== undefined);
}
