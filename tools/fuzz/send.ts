import { Agent, request, STATUS_CODES } from 'node:http';
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

/** Sends the request as it is. Rejects where the connection breaks, or nothing comes back in 30 s. */
export function send(url: string, { method, path, headers, body }: FuzzedRequest): Promise<Answer> {
  const { hostname, port } = new URL(url);
  const length = headers['transfer-encoding'] === undefined ? { 'content-length': String(body?.length ?? 0) } : {};
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const outgoing = request(
    { agent, hostname, port, method, path, headers: { ...headers, ...length }, timeout: patienceMs },
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
  outgoing.end(body);
  return promise;
}

export const phraseOf = (status: number): string => `${status} ${STATUS_CODES[status] ?? ''}`.trim();

/** Closes the connections that are kept. */
export const hangUp = (): void => agent.destroy();
