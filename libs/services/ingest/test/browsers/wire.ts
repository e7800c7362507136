import { once } from 'node:events';
import { createServer, type IncomingMessage, request as ask, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A request to the service, also a pre-flight. */
export interface Exchange {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  /** When it was received, in milliseconds. */
  readonly at: number;
  /** The status of the response, when there is one. */
  status?: number;
}

/** A simulated response of the service to a request with this text in its body. */
export interface Refusal {
  readonly words: string;
  readonly status: number;
  /** In seconds. */
  readonly retryAfter: number;
}

/** A proxy between browsers and the service: it records all requests, and can reject some. */
export interface Wire {
  readonly url: string;
  readonly exchanges: readonly Exchange[];
  /** Does not forward the next matching request. */
  refuseOnce(refusal: Refusal): void;
  close(): void;
}

export async function stretchWire(target: string): Promise<Wire> {
  const exchanges: Exchange[] = [];
  const refusals: Refusal[] = [];
  const refusalOf = (body: string) => {
    const at = refusals.findIndex(({ words }) => body.includes(words));
    return at === -1 ? undefined : refusals.splice(at, 1)[0];
  };
  const pass = async (request: IncomingMessage, response: ServerResponse) => {
    const at = performance.now();
    const { method = '', url = '', headers } = request;
    const body = await text(request);
    const exchange: Exchange = { method, path: url, headers, body, at };
    exchanges.push(exchange);
    const refusal = refusalOf(body);
    // An error of the service has the CORS headers. Only its status is simulated.
    const onward = ask(new URL(refusal ? '/v1/refused' : url, target), { method, headers }).end(body);
    const [answer] = (await once(onward, 'response')) as [IncomingMessage];
    exchange.status = refusal?.status ?? answer.statusCode!;
    if (refusal) response.setHeader('retry-after', refusal.retryAfter);
    response.writeHead(exchange.status, answer.headers);
    answer.pipe(response);
  };
  const server = createServer((request, response) => {
    pass(request, response).catch(() => response.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    exchanges,
    refuseOnce: (refusal) => void refusals.push(refusal),
    close: () => server.close(),
  };
}
