import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

/** Sends bytes, and returns everything that is received until the connection closes. */
export async function bytesOf(url: string, ...parts: readonly (string | Uint8Array)[]): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  for (const part of parts) socket.write(part);
  return text(socket);
}

/** The statuses of the responses, in order. */
export const statusesIn = (bytes: string): number[] =>
  [...bytes.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));

/** The codes of the problems in them. */
export const codesIn = (bytes: string): string[] => [...bytes.matchAll(/"code":"([a-z-]+)"/g)].map(([, code]) => code!);
