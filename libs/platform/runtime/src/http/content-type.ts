import type { FastifyRequest } from 'fastify';

/** The original content type of a request. The header that Fastify sees is replaced by one that it can parse. */
export function contentTypeOf({ raw: { rawHeaders } }: FastifyRequest): string | undefined {
  const at = rawHeaders.findIndex((name, index) => index % 2 === 0 && name.toLowerCase() === 'content-type');
  return at === -1 ? undefined : rawHeaders[at + 1];
}
