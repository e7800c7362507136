import type { ISocketFactory } from 'kafkajs';
import net from 'node:net';
import tls from 'node:tls';

const keepAliveAfterMs = 60_000;

/** The network connections of one stream. They can all be closed at once, at the end of the stream or to simulate an outage. */
export interface Sockets {
  readonly open: ISocketFactory;
  /** Closes all connections, and every new one immediately. */
  cut(): void;
  /** Allows new connections again. */
  restore(): void;
}

export function sockets(): Sockets {
  const live = new Set<net.Socket>();
  let isCut = false;
  const end = (socket: net.Socket) => socket.destroy(new Error('connection cut'));

  const open: ISocketFactory = ({ host, port, ssl, onConnect }) => {
    const serverName = net.isIP(host) ? {} : { servername: host };
    const socket = ssl
      ? tls.connect({ host, port, ...serverName, ...ssl }, onConnect)
      : net.connect({ host, port }, onConnect);
    socket.setKeepAlive(true, keepAliveAfterMs).setNoDelay(true);
    live.add(socket);
    socket.once('close', () => live.delete(socket));
    if (isCut) end(socket);
    return socket;
  };

  return {
    open,
    cut() {
      isCut = true;
      live.forEach(end);
    },
    restore() {
      isCut = false;
    },
  };
}
