import { once } from 'node:events';
import { connect as open } from 'node:net';

/** A keep-alive HTTP connection with minimal cost: it writes prepared bytes and parses as little as possible. */
export interface Connection {
  /** Resolves to the body of the response. Rejects unless its status is 2xx. One request at a time. */
  send(request: Buffer): Promise<string>;
  close(): void;
}

interface Waiting {
  readonly resolve: (body: string) => void;
  readonly reject: (error: Error) => void;
}

export async function connect(port: number): Promise<Connection> {
  const socket = open({ port, host: '127.0.0.1', noDelay: true });
  await once(socket, 'connect');
  let waiting: Waiting | undefined;
  let received = '';
  const fail = (error: Error) => waiting?.reject(error);
  socket.on('error', fail).on('close', () => fail(new Error('The server closed the connection.')));
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    received += chunk;
    const answer = complete(received);
    if (!answer) return;
    received = '';
    if (answer.isFine) waiting?.resolve(answer.body);
    else waiting?.reject(new Error(`The server responded with an error: ${answer.body.slice(0, 300)}`));
  });
  return {
    send: (request) =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        socket.write(request);
      }),
    close: () => socket.destroy(),
  };
}

/** The response, if it is complete. The measured servers send a Content-Length. */
function complete(received: string): { readonly isFine: boolean; readonly body: string } | undefined {
  const end = received.indexOf('\r\n\r\n');
  if (end === -1) return undefined;
  const length = Number(/content-length: (\d+)/i.exec(received)?.[1] ?? 0);
  const body = received.slice(end + 4);
  return Buffer.byteLength(body) < length ? undefined : { isFine: received[9] === '2', body };
}
