import { type Span, SpanKind, SpanStatusCode } from '@opentelemetry/api';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { contextIn, type Spans } from './spans.ts';

/** Asked again and again by machines; nobody looks for their traces. */
const untraced = new Set(['/health/live', '/health/ready', '/metrics']);

/** A span for each request, by its declared route. What the handler does belongs to it. */
export function traceRequests(app: NestFastifyApplication, spans: Spans): void {
  const fastify = app.getHttpAdapter().getInstance() as FastifyInstance;
  const begun = new WeakMap<FastifyRequest, Span>();
  fastify.addHook('onRequest', (request, reply, done) => {
    const route = request.is404 ? undefined : request.routeOptions.url;
    if (route === undefined || !untraced.has(route)) begun.set(request, begin(spans, request, reply, route));
    done();
  });
  // Not before: until the body is there, what runs belongs to the connection.
  fastify.addHook('preHandler', (request, _reply, done) => {
    const span = begun.get(request);
    if (span) spans.within(span, done);
    else done();
  });
}

function begin(spans: Spans, request: FastifyRequest, reply: FastifyReply, route: string | undefined): Span {
  const { method, headers } = request;
  const attributes = { 'http.request.method': method, ...(route === undefined ? {} : { 'http.route': route }) };
  const name = route === undefined ? method : `${method} ${route}`;
  const span = spans.start(name, { kind: SpanKind.SERVER, attributes }, contextIn(headers));
  // Also when the client has hung up, of which Fastify would not tell.
  reply.raw.once('close', () => {
    if (reply.raw.headersSent) span.setAttribute('http.response.status_code', reply.raw.statusCode);
    if (reply.raw.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
  });
  return span;
}
