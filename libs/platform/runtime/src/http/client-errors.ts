import { type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Socket } from 'node:net';
import { contentType, problemDetails, type ProblemDetails } from './problem-details.ts';
import { discard, hasNoTimeLimit } from './body-stream.ts';

const unmet = problemDetails(
  417,
  'expectation-failed',
  'The only supported value of the Expect header is 100-continue.',
);
const noTunnel = problemDetails(404, 'not-found', 'This server is not a proxy.');
const noRequest = problemDetails(400, 'bad-request', 'The request is not valid HTTP.');
const refusals: Readonly<Record<string, ProblemDetails>> = {
  HPE_HEADER_OVERFLOW: problemDetails(431, 'request-header-fields-too-large', 'The headers are larger than 16 KiB.'),
  ERR_HTTP_REQUEST_TIMEOUT: problemDetails(408, 'request-timeout', 'The request took longer than 30 s to arrive.'),
};

/** Responds to a request that Node could not parse. */
export function handleClientError({ code, rawPacket }: { code?: string; rawPacket?: unknown }, socket: Socket): void {
  // Node does not close a request that is too late, and emits the error once for each.
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT' && hasNoTimeLimit(socket)) return;
  // The rest of a request that was answered: Node emits the error again for each chunk of it.
  if (socket.writableEnded && !socket.destroyed && code !== 'ECONNRESET') return;
  if (!socket.writable || code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const isHead = Buffer.isBuffer(rawPacket) && rawPacket.toString('latin1', 0, 5) === 'HEAD ';
  socket.end(written(refusals[code ?? ''] ?? noRequest, isHead));
  discard(socket);
}

/** Responds to requests that Node would close without a response: unsupported values of Expect, and CONNECT. */
export function rejectUnsupportedRequests(server: Server): void {
  server.on('checkExpectation', (_, response: ServerResponse) => {
    const body = JSON.stringify(unmet);
    const head = { 'content-type': contentType, 'content-length': Buffer.byteLength(body), connection: 'close' };
    response.writeHead(unmet.status, head).end(body);
  });
  server.on('connect', (_, socket: Duplex) => {
    // Node has detached the socket: nothing else handles its errors or closes it.
    socket.on('error', () => undefined).resume();
    socket.end(written(noTunnel), () => socket.destroy());
  });
}

function written(problem: ProblemDetails, isHead = false): string {
  const body = JSON.stringify(problem);
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    `content-type: ${contentType}`,
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  return `${head.join('\r\n')}\r\n\r\n${isHead ? '' : body}`;
}
