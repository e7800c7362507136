import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Histogram, type Registry } from 'prom-client';
import { isTakenOver } from '../http/event-stream.ts';

/**
 * Measures every completed request by declared route (never the path), method and status. Streams of server-sent events last until the
 * client disconnects and are not measured. Call it before the routes are registered.
 */
export function measureRequests(app: NestFastifyApplication, registry: Registry): void {
  const seconds = new Histogram({
    name: 'sestante_http_request_duration_seconds',
    help: 'Time from the headers of a request to the end of its response, by declared route, method and status.',
    labelNames: ['route', 'method', 'status'],
    buckets: [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30],
    registers: [registry],
  });
  const fastify = app.getHttpAdapter().getInstance() as FastifyInstance;
  fastify.addHook('onRoute', (options) => {
    const observe = observerOf(seconds, options.url);
    const onResponse = (request: FastifyRequest, reply: FastifyReply, done: () => void) => {
      if (!request.is404) observe(request, reply);
      done();
    };
    options.onResponse = [options.onResponse ?? [], onResponse].flat();
  });
  const observeUnmatched = observerOf(seconds, 'unmatched');
  fastify.addHook('onResponse', (request, reply, done) => {
    if (request.is404) observeUnmatched(request, reply);
    done();
  });
}

type Labels = 'route' | 'method' | 'status';

/** Measures the requests of one route. Labelled histograms are cached, because a lookup by labels costs more than the observation. */
function observerOf(seconds: Histogram<Labels>, route: string): (request: FastifyRequest, reply: FastifyReply) => void {
  const cache = new Map<string, Histogram.Internal<Labels>>();
  return ({ method }, reply) => {
    if (isTakenOver(reply)) return;
    const status = String(reply.statusCode);
    const key = `${method} ${status}`;
    let histogram = cache.get(key);
    if (!histogram) cache.set(key, (histogram = seconds.labels({ route, method, status })));
    histogram.observe(reply.elapsedTime / 1_000);
  };
}
