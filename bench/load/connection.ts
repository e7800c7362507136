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
  let answer = newAnswer();
  const fail = (error: Error) => waiting?.reject(error);
  socket.on('error', fail).on('close', () => fail(new Error('The server closed the connection.')));
  socket.on('data', (chunk: Buffer) => {
    answer.add(chunk);
    if (!answer.isComplete()) return;
    const { isFine, body } = answer.read();
    answer = newAnswer();
    if (isFine) waiting?.resolve(body);
    else waiting?.reject(new Error(`The server responded with an error: ${body.slice(0, 300)}`));
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

interface Answer {
  add(chunk: Buffer): void;
  isComplete(): boolean;
  read(): { readonly isFine: boolean; readonly body: string };
}

/** The response. The measured servers send a Content-Length. A long one arrives in many chunks: each is looked at once. */
function newAnswer(): Answer {
  const chunks: Buffer[] = [];
  let [bytes, start, end] = [0, 0, Infinity];
  return {
    add(chunk) {
      chunks.push(chunk);
      bytes += chunk.length;
      if (end !== Infinity) return;
      const head = Buffer.concat(chunks).toString('latin1');
      const headEnd = head.indexOf('\r\n\r\n');
      if (headEnd === -1) return;
      start = headEnd + 4;
      end = start + Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
    },
    isComplete: () => bytes >= end,
    read() {
      const whole = Buffer.concat(chunks).toString();
      return { isFine: whole[9] === '2', body: whole.slice(start) };
    },
  };
}
