import type { ISocketFactory } from 'kafkajs';
import net from 'node:net';
import tls from 'node:tls';

const keepAliveAfterMs = 60_000;

/** The network connections of one stream. In one place they can all be ended at once, at the end of a stream or to rehearse an outage. */
export interface Sockets {
  readonly open: ISocketFactory;
  /** Ends all connections, and every new one at once. */
  cut(): void;
  /** Lets new connections live again. */
  mend(): void;
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
    mend() {
      isCut = false;
    },
  };
}
