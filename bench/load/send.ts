import { connect, type Connection } from './connection.ts';

/** Sends all requests over so many connections, each the next one as soon as its last is answered. */
export async function sendAll(port: number, requests: readonly Buffer[], connections: number): Promise<void> {
  const left = requests.values();
  const sendOn = async (connection: Connection) => {
    for (const request of left) await connection.send(request);
  };
  const open = await Promise.all(Array.from({ length: connections }, () => connect(port)));
  try {
    await Promise.all(open.map(sendOn));
  } finally {
    for (const connection of open) connection.close();
  }
}
