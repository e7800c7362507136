import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { type Answer, answer, answerTo, contentType } from './answer.ts';
import { maySendForLong, readsItsBody } from './body-stream.ts';
import { type HeldBody, heldBodies } from './held-bodies.ts';
import { readJsonBody } from './read-body.ts';

/** How long a request may take to come. */
const requestMs = 30_000;

/**
 * Fastify with one body reader for all routes but those that read theirs themselves, limits on slow and large requests, and problem details
 * for whatever fails before a route.
 */
export function httpAdapter(): FastifyAdapter {
  const adapter = new FastifyAdapter({
    logger: false,
    trustProxy: false,
    requestTimeout: requestMs,
    // Node swaps the two where the head of a request has more time than the whole.
    http: { headersTimeout: requestMs },
    keepAliveTimeout: 72_000,
    routerOptions: { maxParamLength: 512, ignoreTrailingSlash: true },
    frameworkErrors: (error: FastifyError, _request: FastifyRequest, reply: FastifyReply) => {
      const problem = answerTo(error);
      void reply.status(problem.status).header('content-type', contentType).send(problem);
    },
    clientErrorHandler: (error: { code?: string }, socket: Socket) => refuse(socket, error.code),
  });
  const fastify = adapter.getInstance<FastifyInstance>();
  fastify.removeAllContentTypeParsers();
  const openBody = heldBodies();
  fastify.decorateRequest('heldBody');
  fastify.addHook('onRequest', (request: Holding, reply, done) => {
    // Trackers send any content type, or none that is one. The body decides.
    if (request.headers['content-type'] !== undefined) request.headers['content-type'] = 'application/octet-stream';
    if (hasBody(request)) {
      request.heldBody = openBody();
      // Also when the client has hung up, of which Fastify would not tell.
      reply.raw.once('close', request.heldBody.release);
    }
    done();
  });
  fastify.addContentTypeParser('*', (request: Holding, payload, done) => {
    if (readsItsBody(request)) return done(null);
    readJsonBody(payload, request.headers, request.heldBody!.hold).then(
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

/** Answers what Node could not read as a request. */
function refuse(socket: Socket, code: string | undefined): void {
  // Node leaves it to us what becomes of a request that is late, and asks once for each.
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT' && maySendForLong(socket)) return;
  if (!socket.writable || code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const problem = refusals[code ?? ''] ?? answer(400, 'bad-request', 'This is not a request.');
  const body = JSON.stringify(problem);
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    `content-type: ${contentType}`,
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

const refusals: Readonly<Record<string, Answer>> = {
  HPE_HEADER_OVERFLOW: answer(431, 'request-header-fields-too-large', 'The headers are larger than 16 KiB.'),
  ERR_HTTP_REQUEST_TIMEOUT: answer(408, 'request-timeout', 'The request took longer than 30 s to come.'),
};
