import type { FastifyRequest } from 'fastify';

/**
 * The write key of a request. Senders put it into the path, if the route has a parameter for it, into the user name of Basic authentication, a Bearer
 * token, `X-Write-Key`, or `writeKey` in the body.
 */
export function writeKeyOf({ headers, body }: FastifyRequest, inPath?: unknown): string | undefined {
  const [, scheme, credential] = /^(Basic|Bearer)\s+(\S+)$/i.exec(headers.authorization ?? '') ?? [];
  const isBasic = scheme?.toLowerCase() === 'basic';
  const candidates = [
    inPath,
    isBasic ? beforeColon(Buffer.from(credential!, 'base64').toString()) : credential,
    // Jitsu requires a secret after the key. It is ignored.
    beforeColon(String(headers['x-write-key'] ?? '')),
    ((body ?? {}) as { writeKey?: unknown }).writeKey,
  ];
  return candidates.find((key): key is string => typeof key === 'string' && key !== '');
}

const beforeColon = (text: string) => text.split(':')[0];
