import { Agent, type ClientRequest, request, STATUS_CODES } from 'node:http';
import type { FuzzedRequest } from './requests/request.ts';

/** What came back. */
export interface Answer {
  readonly status: number;
  readonly contentType: string | undefined;
  /** The text; undefined where it goes on for ever. */
  readonly text: string | undefined;
}

/** Of a redrive of everything there is, by each lane at once. */
const patienceMs = 30_000;
const agent = new Agent({ keepAlive: true, maxSockets: 4 });

/** So many chunks a body is cut into. */
const mostChunks = 20;

/** Sends the request as it is. Rejects where the connection breaks, or nothing comes back in 30 s. */
export function send(url: string, fuzzed: FuzzedRequest): Promise<Answer> {
  const { method, path, headers } = fuzzed;
  const { hostname, port } = new URL(url);
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const outgoing = request(
    { agent, hostname, port, method, path, headers: { ...headers, ...framed(fuzzed) }, timeout: patienceMs },
    (incoming) => {
      const { statusCode: status = 0, headers: received } = incoming;
      const contentType = received['content-type'];
      if (contentType === 'text/event-stream' && method !== 'HEAD') {
        resolve({ status, contentType, text: undefined });
        incoming.destroy();
        return;
      }
      const chunks: Buffer[] = [];
      incoming
        .on('data', (chunk: Buffer) => chunks.push(chunk))
        .on('end', () => resolve({ status, contentType, text: Buffer.concat(chunks).toString() }))
        .on('error', reject);
    },
  );
  outgoing.on('error', reject).on('timeout', () => outgoing.destroy(new Error(`no answer within ${patienceMs} ms`)));
  write(outgoing, fuzzed);
  return promise;
}

function framed({ headers, body, framing = 'length' }: FuzzedRequest): Record<string, string> {
  // With a length as well, it would be no request.
  const isChunked = headers['transfer-encoding'] !== undefined;
  const length = isChunked ? {} : { 'content-length': String(body?.length ?? 0) };
  if (framing === 'expect') return { ...length, expect: '100-continue' };
  if (framing === 'chunks') return { 'transfer-encoding': 'chunked' };
  return framing === 'none' ? {} : length;
}

function write(outgoing: ClientRequest, { body, framing }: FuzzedRequest): void {
  if (framing === 'none') outgoing.useChunkedEncodingByDefault = false;
  if (framing === 'expect') {
    outgoing.once('continue', () => outgoing.end(body)).once('response', () => outgoing.end());
    outgoing.flushHeaders();
    return;
  }
  if (framing !== 'chunks' || !body) {
    outgoing.end(body);
    return;
  }
  const size = Math.max(1, Math.ceil(body.length / mostChunks));
  for (let from = 0; from < body.length; from += size) outgoing.write(body.subarray(from, from + size));
  outgoing.end();
}

export const phraseOf = (status: number): string => `${status} ${STATUS_CODES[status] ?? ''}`.trim();

/** Closes the connections that are kept. */
export const hangUp = (): void => agent.destroy();
