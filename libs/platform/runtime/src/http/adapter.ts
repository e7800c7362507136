import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Server } from 'node:http';
import { contentType, toProblemDetails } from './problem-details.ts';
import { readsOwnBody } from './body-stream.ts';
import { BodyBudget, type BodyReservation } from './body-budget.ts';
import { Problem } from './problem.ts';
import { readJsonBody } from './read-body.ts';
import { handleClientError, rejectUnsupportedRequests } from './client-errors.ts';

/** The longest time in which a whole request may arrive, from its first byte to its last. */
const longestRequestMs = 30_000;

/**
 * Fastify with one body parser for all routes except those that read their body themselves, limits for slow and large requests, and problem
 * details for every error that occurs before a route is reached.
 */
export function httpAdapter(): FastifyAdapter {
  const adapter = new FastifyAdapter<Server>({
    logger: false,
    trustProxy: false,
    // There is no middleware that it would run, and it makes each request a tenth slower.
    skipMiddie: true,
    requestTimeout: longestRequestMs,
    keepAliveTimeout: 72_000,
    http: {
      // A longer time would replace `requestTimeout`. By default, Node checks for requests that are too late only every 30 s.
      headersTimeout: longestRequestMs,
      connectionsCheckingInterval: 5_000,
      // Node would respond without a body.
      requireHostHeader: false,
    },
    routerOptions: { maxParamLength: 512, ignoreTrailingSlash: true },
    frameworkErrors: (error: FastifyError, _request: FastifyRequest, reply: FastifyReply) => {
      const problem = toProblemDetails(error);
      void reply.status(problem.status).header('content-type', contentType).send(problem);
    },
    clientErrorHandler: handleClientError,
  });
  const fastify = adapter.getInstance<FastifyInstance>();
  fastify.removeAllContentTypeParsers();
  const budget = new BodyBudget();
  fastify.decorateRequest('bodyReservation');
  fastify.decorateRequest('access');
  rejectUnsupportedRequests(fastify.server);
  fastify.addHook('onRequest', (request: RequestWithBody, reply, done) => {
    if (request.headers.host === undefined && request.raw.httpVersion !== '1.0') {
      done(new Problem(400, 'bad-host', 'The request has no Host header.'));
      return;
    }
    // Tracking clients send any content type, even invalid ones. The body decides.
    if (request.headers['content-type'] !== undefined) request.headers['content-type'] = 'application/octet-stream';
    if (hasBody(request)) {
      request.bodyReservation = budget.openReservation();
      // Also emitted when the client has closed the connection; Fastify's own hooks are not called then.
      reply.raw.on('close', () => request.bodyReservation!.release());
    }
    done();
  });
  fastify.addContentTypeParser('*', (request: RequestWithBody, payload, done) => {
    // Fastify calls the parser for every request with a content type, also without a body. Requests without a route and preflight requests need no body.
    const { bodyReservation } = request;
    if (!bodyReservation || request.is404 || request.method === 'OPTIONS' || readsOwnBody(request)) return done(null);
    readJsonBody(payload, request.headers, bodyReservation).then(
      (body) => done(null, body),
      (error: Error) => done(error),
    );
  });
  return adapter;
}

type RequestWithBody = FastifyRequest & { bodyReservation?: BodyReservation };

function hasBody({ headers }: FastifyRequest): boolean {
  return headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;
}

const closeTimeoutMs = 2_000;

/**
 * Closes keep-alive connections as they become idle, and after 2 s also those with a request in progress. Without it, one of them would
 * delay the end by more than a minute.
 */
export function closeConnections(adapter: FastifyAdapter): () => void {
  const server = adapter.getHttpServer();
  const idle = setInterval(() => server.closeIdleConnections(), 100);
  const busy = setTimeout(() => server.closeAllConnections(), closeTimeoutMs);
  return () => {
    clearInterval(idle);
    clearTimeout(busy);
  };
}
