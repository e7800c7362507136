import type { FastifyRequest } from 'fastify';
import { sessionSeconds } from './sessions.ts';

export const sessionCookie = 'sestante_session';

/** The secret of the session in the cookies of a request. */
export function sessionSecretOf({ headers }: FastifyRequest): string | undefined {
  return new RegExp(`(?:^|;\\s*)${sessionCookie}=([\\w-]+)`).exec(headers.cookie ?? '')?.[1];
}

/** The header that stores the session in the browser. Scripts cannot read it, and it is sent with requests of our own pages only. */
export const cookieOf = (request: FastifyRequest, secret: string) => cookie(request, secret, sessionSeconds);

/** The header that removes it. */
export const endedCookieOf = (request: FastifyRequest) => cookie(request, '', 0);

function cookie(request: FastifyRequest, value: string, seconds: number): string {
  const secure = isOverTls(request) ? '; Secure' : '';
  return `${sessionCookie}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Strict${secure}`;
}

/** Whether the browser reached us over HTTPS, perhaps through a proxy. A browser stores no `Secure` cookie from a page over HTTP. */
const isOverTls = ({ protocol, headers }: FastifyRequest) =>
  protocol === 'https' ||
  String(headers['x-forwarded-proto'] ?? '')
    .split(',')[0]!
    .trim() === 'https';
