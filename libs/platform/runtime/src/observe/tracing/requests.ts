import { type Span, SpanKind, SpanStatusCode } from '@opentelemetry/api';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { contextIn, type Spans } from './spans.ts';

/** Called all the time by machines; their traces are of no use. */
const untraced = new Set(['/health/live', '/health/ready', '/metrics']);

/** Creates a span for each request, named by its declared route. Spans of the handler are its children. */
export function traceRequests(app: NestFastifyApplication, spans: Spans): void {
  const fastify = app.getHttpAdapter().getInstance() as FastifyInstance;
  const begun = new WeakMap<FastifyRequest, Span>();
  fastify.addHook('onRequest', (request, reply, done) => {
    const route = request.is404 ? undefined : request.routeOptions.url;
    if (route === undefined || !untraced.has(route)) begun.set(request, begin(spans, request, reply, route));
    done();
  });
  // Not earlier: until the body has arrived, code runs in the async context of the connection.
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
  // Also emitted when the client has closed the connection; Fastify's own hooks are not called then.
  reply.raw.once('close', () => {
    if (reply.raw.headersSent) span.setAttribute('http.response.status_code', reply.raw.statusCode);
    if (reply.raw.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
  });
  return span;
}
