import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Server } from 'node:http';
import { answerTo, contentType } from './answer.ts';
import { readsItsBody } from './body-stream.ts';
import { HeldBodies, type HeldBody } from './held-bodies.ts';
import { Problem } from './problem.ts';
import { readJsonBody } from './read-body.ts';
import { refuse, refuseTheImpossible } from './refuse.ts';

/** How long a request may take to come, from its first byte to its last. */
const longestRequestMs = 30_000;

/**
 * Fastify with one body reader for all routes but those that read theirs themselves, limits on slow and large requests, and problem details
 * for whatever fails before a route.
 */
export function httpAdapter(): FastifyAdapter {
  const adapter = new FastifyAdapter<Server>({
    logger: false,
    trustProxy: false,
    // We have none of the middleware that it would run, and each request paid a tenth for it.
    skipMiddie: true,
    requestTimeout: longestRequestMs,
    keepAliveTimeout: 72_000,
    http: {
      // Were it longer, it would stand for the time of the whole request. Node looks for what is over every 30 s, if not told otherwise.
      headersTimeout: longestRequestMs,
      connectionsCheckingInterval: 5_000,
      // Node would say in no words what is wrong.
      requireHostHeader: false,
    },
    routerOptions: { maxParamLength: 512, ignoreTrailingSlash: true },
    frameworkErrors: (error: FastifyError, _request: FastifyRequest, reply: FastifyReply) => {
      const problem = answerTo(error);
      void reply.status(problem.status).header('content-type', contentType).send(problem);
    },
    clientErrorHandler: refuse,
  });
  const fastify = adapter.getInstance<FastifyInstance>();
  fastify.removeAllContentTypeParsers();
  const bodies = new HeldBodies();
  fastify.decorateRequest('heldBody');
  fastify.decorateRequest('access');
  refuseTheImpossible(fastify.server);
  fastify.addHook('onRequest', (request: Holding, reply, done) => {
    if (request.headers.host === undefined && request.raw.httpVersion !== '1.0') {
      done(new Problem(400, 'bad-host', 'The request has no Host header.'));
      return;
    }
    // Trackers send any content type, or none that is one. The body decides.
    if (request.headers['content-type'] !== undefined) request.headers['content-type'] = 'application/octet-stream';
    if (hasBody(request)) {
      request.heldBody = bodies.open();
      // Also when the client has hung up, of which Fastify would not tell.
      reply.raw.on('close', () => request.heldBody!.release());
    }
    done();
  });
  fastify.addContentTypeParser('*', (request: Holding, payload, done) => {
    // Fastify asks for whatever has a content type, also where no body is on its way. Where there is no route, and of a pre-flight, nobody asks what it is.
    const { heldBody } = request;
    if (!heldBody || request.is404 || request.method === 'OPTIONS' || readsItsBody(request)) return done(null);
    readJsonBody(payload, request.headers, heldBody).then(
      (body) => done(null, body),
      (error: Error) => done(error),
    );
  });
  return adapter;
}

type Holding = FastifyRequest & { heldBody?: HeldBody };

function hasBody({ headers }: FastifyRequest): boolean {
  return headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;
}

const patienceMs = 2_000;

/**
 * Closes keep-alive connections as they fall idle, and after 2 s those on which a request is still coming or going; without it one of them
 * holds up the end for over a minute.
 */
export function closeConnections(adapter: FastifyAdapter): () => void {
  const server = adapter.getHttpServer();
  const idle = setInterval(() => server.closeIdleConnections(), 100);
  const busy = setTimeout(() => server.closeAllConnections(), patienceMs);
  return () => {
    clearInterval(idle);
    clearTimeout(busy);
  };
}
