import { connect, type Connection } from './connection.ts';

/** Sends all requests over this number of connections. Each connection sends the next request after the response to the last one. */
export async function sendAll(port: number, requests: readonly Buffer[], connections: number): Promise<void> {
  const left = requests.values();
  const sendOver = async (connection: Connection) => {
    for (const request of left) await connection.send(request);
  };
  const open = await Promise.all(Array.from({ length: connections }, () => connect(port)));
  try {
    await Promise.all(open.map(sendOver));
  } finally {
    for (const connection of open) connection.close();
  }
}
