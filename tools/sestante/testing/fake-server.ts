import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TrackingEvent } from '../events.ts';
import type { Stats } from '../stats.ts';
import type { Target } from '../target.ts';

/** What the next requests for events meet: a status, or a connection that is cut when the events are kept and nobody was told. */
export type Trouble = 429 | 500 | 503 | 'cut';

export interface FakeServer {
  readonly target: Target;
  /** Every event that was kept, doubled ones included. */
  readonly kept: TrackingEvent[];
  /** The bodies of the batches. */
  readonly bodies: Record<string, unknown>[];
  stop(): Promise<void>;
}

interface Options {
  readonly troubles?: readonly Trouble[];
  /** The message id of an event that cannot be used. */
  readonly rejects?: string;
  /** What `GET /api/v1/stats` answers, one after another, the last for ever. */
  readonly stats?: readonly Stats[];
  /** Where to listen; on a free port if absent. */
  readonly port?: number;
}

/** As much of Sestante as a client can see. */
export async function startFakeServer({
  troubles = [],
  rejects,
  stats = [],
  port = 0,
}: Options = {}): Promise<FakeServer> {
  const [kept, bodies]: [TrackingEvent[], Record<string, unknown>[]] = [[], []];
  const [ahead, answers] = [[...troubles], [...stats]];
  const takeBatch = (body: { batch: TrackingEvent[] }, response: ServerResponse) => {
    const trouble = ahead.shift();
    if (typeof trouble === 'number') return answer(response, trouble, { code: 'trouble' });
    bodies.push(body);
    kept.push(...body.batch.filter(({ messageId }) => messageId !== rejects));
    if (trouble === 'cut') return response.destroy();
    const index = body.batch.findIndex(({ messageId }) => messageId === rejects);
    const rejected = index < 0 ? {} : { rejected: [{ index, messageId: rejects, code: 'too-large', reason: 'it is' }] };
    return answer(response, 200, { success: true, ...rejected });
  };
  const server = createServer(async (request, response) => {
    const isAllowed = [`Basic ${btoa('write:')}`, 'Bearer read'].includes(request.headers.authorization ?? '');
    if (!isAllowed) return answer(response, 401, { code: 'key-unknown', detail: 'This key is not known.' });
    if (request.url === '/v1/batch') return takeBatch(JSON.parse(await textOf(request)), response);
    const counted = { accepted: kept.length, lag: [] };
    return answer(response, 200, (answers.length > 1 ? answers.shift() : answers[0]) ?? counted);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const stop = () => new Promise<void>((resolve) => void server.close(() => resolve()).closeAllConnections());
  return { target: { url, writeKey: 'write', apiKey: 'read', keysFrom: 'a test' }, kept, bodies, stop };
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
