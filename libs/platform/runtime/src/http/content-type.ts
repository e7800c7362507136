import type { FastifyRequest } from 'fastify';

/** The content type that a request came with. Fastify is shown one that it reads, whatever came. */
export function contentTypeOf({ raw: { rawHeaders } }: FastifyRequest): string | undefined {
  const at = rawHeaders.findIndex((name, index) => index % 2 === 0 && name.toLowerCase() === 'content-type');
  return at === -1 ? undefined : rawHeaders[at + 1];
}
