import type { FastifyRequest } from 'fastify';

/**
 * The write key that a request carries, as different senders put it: in the address, where the route has a place for it, as user name of
 * Basic authentication, as Bearer, in `X-Write-Key`, or as `writeKey` in the body.
 */
export function writeKeyOf({ headers, body }: FastifyRequest, inAddress?: unknown): string | undefined {
  const [, scheme, credential] = /^(Basic|Bearer)\s+(\S+)$/i.exec(headers.authorization ?? '') ?? [];
  const isBasic = scheme?.toLowerCase() === 'basic';
  const places = [
    inAddress,
    isBasic ? beforeColon(Buffer.from(credential!, 'base64').toString()) : credential,
    // Jitsu takes no key without a secret after it. There is nothing for it to keep.
    beforeColon(String(headers['x-write-key'] ?? '')),
    ((body ?? {}) as { writeKey?: unknown }).writeKey,
  ];
  return places.find((key): key is string => typeof key === 'string' && key !== '');
}

const beforeColon = (text: string) => text.split(':')[0];
