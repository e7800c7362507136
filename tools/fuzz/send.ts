import { Agent, type ClientRequest, type IncomingMessage, request, STATUS_CODES } from 'node:http';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { FuzzedRequest } from './requests/request.ts';

/** A received response. */
export interface Answer {
  readonly status: number;
  readonly contentType: string | undefined;
  /** The text of the body; undefined for an endless stream. */
  readonly text: string | undefined;
}

/** Enough for concurrent redrives of everything. */
const timeoutMs = 30_000;
const agent = new Agent({ keepAlive: true, maxSockets: 4 });

/** Sends the request unchanged. Rejects if the connection is lost, or without a response within 30 s. */
export function send(url: string, fuzzed: FuzzedRequest): Promise<Answer> {
  const { hostname, port } = new URL(url);
  const { method, path } = fuzzed;
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const outgoing = request({ agent, hostname, port, method, path, timeout: timeoutMs });
  const read = (incoming: IncomingMessage, body: Readable = incoming) => {
    const { statusCode: status = 0, headers } = incoming;
    const contentType = headers['content-type'];
    if (contentType === 'text/event-stream' && method !== 'HEAD') {
      resolve({ status, contentType, text: undefined });
      incoming.destroy();
    } else text(body).then((all) => resolve({ status, contentType, text: all }), reject);
  };
  outgoing
    .on('response', (incoming) => read(incoming))
    // Node passes the body of a response to CONNECT to the tunnel.
    .on('connect', (incoming, socket, head) => {
      socket.unshift(head);
      read(incoming, socket);
    })
    .on('error', reject)
    .on('timeout', () => outgoing.destroy(new Error(`no response within ${timeoutMs} ms`)));
  write(outgoing, fuzzed);
  return promise;
}

/** Chunks are small, but limited in number. */
const chunkBytes = 7;
const maxChunks = 200;

function write(outgoing: ClientRequest, { method, headers, body, framing }: FuzzedRequest): void {
  // Node would write the method in upper case, and add a length or chunked encoding where none is wanted.
  outgoing.method = method;
  outgoing.removeHeader('content-length');
  outgoing.removeHeader('transfer-encoding');
  if (framing === 'length') outgoing.setHeader('content-length', body?.length ?? 0);
  else if (framing !== 'nothing') outgoing.setHeader('transfer-encoding', 'chunked');
  for (const [name, value] of Object.entries(headers)) outgoing.setHeader(name, value);
  if (body === undefined || headers['expect'] === undefined) writeBody(outgoing, body, framing);
  else {
    outgoing.once('continue', () => writeBody(outgoing, body, framing)).flushHeaders();
  }
}

function writeBody(outgoing: ClientRequest, body: Buffer = Buffer.alloc(0), framing: FuzzedRequest['framing']): void {
  const bytes = framing === 'chunks' ? Math.max(chunkBytes, Math.ceil(body.length / maxChunks)) : body.length;
  for (let at = 0; at < body.length; at += bytes) outgoing.write(body.subarray(at, at + bytes));
  outgoing.end();
}

export const phraseOf = (status: number): string => `${status} ${STATUS_CODES[status] ?? ''}`.trim();

/** Closes idle connections. */
export const closeConnections = (): void => agent.destroy();
