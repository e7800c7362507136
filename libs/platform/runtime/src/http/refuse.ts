import { type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Socket } from 'node:net';
import { type Answer, answer, contentType } from './answer.ts';
import { discard, maySendForLong } from './body-stream.ts';

const unmet = answer(417, 'expectation-failed', 'The only expectation that can be met is 100-continue.');
const noTunnel = answer(404, 'not-found', 'This server is no proxy.');
const noRequest = answer(400, 'bad-request', 'This is not a request.');
const refusals: Readonly<Record<string, Answer>> = {
  HPE_HEADER_OVERFLOW: answer(431, 'request-header-fields-too-large', 'The headers are larger than 16 KiB.'),
  ERR_HTTP_REQUEST_TIMEOUT: answer(408, 'request-timeout', 'The request took longer than 30 s to come.'),
};

/** Answers what Node could not read as a request. */
export function refuse({ code, rawPacket }: { code?: string; rawPacket?: unknown }, socket: Socket): void {
  // Node leaves it to us what becomes of a request that is late, and asks once for each.
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT' && maySendForLong(socket)) return;
  // This is the rest of what was answered: Node asks again for each piece of it.
  if (socket.writableEnded && !socket.destroyed && code !== 'ECONNRESET') return;
  if (!socket.writable || code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const isHead = Buffer.isBuffer(rawPacket) && rawPacket.toString('latin1', 0, 5) === 'HEAD ';
  socket.end(written(refusals[code ?? ''] ?? noRequest, isHead));
  discard(socket);
}

/** Answers what Node would close without a word: an expectation that cannot be met, and a wish for a tunnel. */
export function refuseTheImpossible(server: Server): void {
  server.on('checkExpectation', (_, response: ServerResponse) => {
    const body = JSON.stringify(unmet);
    const head = { 'content-type': contentType, 'content-length': Buffer.byteLength(body), connection: 'close' };
    response.writeHead(unmet.status, head).end(body);
  });
  server.on('connect', (_, socket: Duplex) => {
    // Node has let go of it: nobody else listens for its errors, or closes it.
    socket.on('error', () => undefined).resume();
    socket.end(written(noTunnel), () => socket.destroy());
  });
}

function written(problem: Answer, isHead = false): string {
  const body = JSON.stringify(problem);
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    `content-type: ${contentType}`,
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  return `${head.join('\r\n')}\r\n\r\n${isHead ? '' : body}`;
}
