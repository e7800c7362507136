import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { readJsonBody } from './read-body.ts';

/** Fastify with one body reader for all routes, and limits on slow and large requests. */
export function httpAdapter(): FastifyAdapter {
  const adapter = new FastifyAdapter({
    logger: false,
    trustProxy: false,
    requestTimeout: 30_000,
    keepAliveTimeout: 72_000,
    bodyLimit: 16 * 1024 * 1024,
    onProtoPoisoning: 'remove',
    onConstructorPoisoning: 'remove',
    routerOptions: { maxParamLength: 512 },
  });
  const fastify = adapter.getInstance<FastifyInstance>();
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('*', (request, payload, done) => {
    readJsonBody(payload, request.headers).then(
      (body) => done(null, body),
      (error: Error) => done(error),
    );
  });
  return adapter;
}

/** Closes keep-alive connections as they fall idle; without it one of them holds up the end for over a minute. */
export function closeIdleConnections(adapter: FastifyAdapter): () => void {
  const timer = setInterval(() => adapter.getHttpServer().closeIdleConnections(), 250);
  return () => clearInterval(timer);
}
