import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** A request as a service receives it from the gateway. */
export interface ReceivedRequest {
  readonly service: string;
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  /** Encoded in base64. */
  readonly body: string;
  /** An id of the connection: the remote port. */
  readonly connection: number;
}

/** A server in place of a service. It responds with the received request, unless the test handles the next request. */
export interface StubService {
  readonly port: number;
  handleNext(handle: (request: IncomingMessage, response: ServerResponse) => void): void;
  close(): void;
}

export async function stubService(service: string): Promise<StubService> {
  let nextHandler: ((request: IncomingMessage, response: ServerResponse) => void) | undefined;
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const { method = '', url = '', headers } = request;
    const body = (await buffer(request)).toString('base64');
    const received: ReceivedRequest = { service, method, url, headers, body, connection: request.socket.remotePort! };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(received));
  };
  const server = createServer((request, response) => {
    const handle = nextHandler;
    nextHandler = undefined;
    if (handle) handle(request, response);
    else answer(request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    handleNext(handle) {
      nextHandler = handle;
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
