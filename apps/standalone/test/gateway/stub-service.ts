import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** What came of a request behind the gateway. */
export interface Arrived {
  readonly service: string;
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  /** In base64. */
  readonly body: string;
  /** Differs from connection to connection. */
  readonly connection: number;
}

/** A server in the place of a service: it answers what arrived, unless the test takes the next request itself. */
export interface StubService {
  readonly port: number;
  takeNext(take: (request: IncomingMessage, response: ServerResponse) => void): void;
  close(): void;
}

export async function stubService(service: string): Promise<StubService> {
  let taking: ((request: IncomingMessage, response: ServerResponse) => void) | undefined;
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const { method = '', url = '', headers } = request;
    const body = (await buffer(request)).toString('base64');
    const arrived: Arrived = { service, method, url, headers, body, connection: request.socket.remotePort! };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(arrived));
  };
  const server = createServer((request, response) => {
    const take = taking;
    taking = undefined;
    if (take) take(request, response);
    else answer(request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    takeNext(take) {
      taking = take;
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
