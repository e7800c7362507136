import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TrackingEvent } from '../events.ts';
import type { Stats } from '../stats.ts';
import type { Target } from '../target.ts';

/** A failure of a request for events: a status, or a connection that is closed after the events were stored. */
export type Failure = 429 | 500 | 503 | 'cut';

export interface FakeServer {
  readonly target: Target;
  /** Every stored event, including duplicates. */
  readonly stored: TrackingEvent[];
  /** The bodies of the batches. */
  readonly bodies: Record<string, unknown>[];
  stop(): Promise<void>;
}

interface Options {
  readonly failures?: readonly Failure[];
  /** The message id of an event to reject. */
  readonly rejects?: string;
  /** The responses of `GET /api/v1/stats`, in order. The last one is repeated. */
  readonly stats?: readonly Stats[];
  /** The port; a free one if absent. */
  readonly port?: number;
}

/** A fake of the parts of Sestante that a client uses. */
export async function startFakeServer({
  failures = [],
  rejects,
  stats = [],
  port = 0,
}: Options = {}): Promise<FakeServer> {
  const [stored, bodies]: [TrackingEvent[], Record<string, unknown>[]] = [[], []];
  const [upcoming, answers] = [[...failures], [...stats]];
  const acceptBatch = (body: { batch: TrackingEvent[] }, response: ServerResponse) => {
    const failure = upcoming.shift();
    if (typeof failure === 'number') return answer(response, failure, { code: 'failure' });
    bodies.push(body);
    stored.push(...body.batch.filter(({ messageId }) => messageId !== rejects));
    if (failure === 'cut') return response.destroy();
    const index = body.batch.findIndex(({ messageId }) => messageId === rejects);
    const rejected = index < 0 ? {} : { rejected: [{ index, messageId: rejects, code: 'too-large', reason: 'it is' }] };
    return answer(response, 200, { success: true, ...rejected });
  };
  const server = createServer(async (request, response) => {
    const isAllowed = [`Basic ${btoa('write:')}`, 'Bearer read'].includes(request.headers.authorization ?? '');
    if (!isAllowed) return answer(response, 401, { code: 'key-unknown', detail: 'This key is not known.' });
    if (request.url === '/v1/batch') return acceptBatch(JSON.parse(await textOf(request)), response);
    const counted = { accepted: stored.length, lag: [] };
    return answer(response, 200, (answers.length > 1 ? answers.shift() : answers[0]) ?? counted);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const stop = () => new Promise<void>((resolve) => void server.close(() => resolve()).closeAllConnections());
  return { target: { url, writeKey: 'write', apiKey: 'read', keysFrom: 'a test' }, stored, bodies, stop };
}

function answer(response: ServerResponse, status: number, body: object): void {
  const headers = status === 429 ? { 'retry-after': '0' } : {};
  response.writeHead(status, headers).end(JSON.stringify(body));
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
