import { afterEach, describe, expect, it } from '@jest/globals';
import { connect as connectSocket } from 'node:net';
import { once } from 'node:events';
import { eventually } from '@sestante/streaming/testing';
import { idOf } from './builders.ts';
import { storeOffers } from './store-offers.ts';
import { type Service, startOffers } from './service.ts';

const maxShutdownMs = 5_000;
let service: Service;
afterEach(() => service.dispose());

/** Rejects if the service has not ended within `maxShutdownMs`. */
async function endsInTime(): Promise<void> {
  const timeout = new Promise((_, reject) => {
    setTimeout(() => reject(new Error(`The service had not ended after ${maxShutdownMs} ms.`)), maxShutdownMs).unref();
  });
  await Promise.race([service.end(), timeout]);
}

describe('the shutdown of the service', () => {
  it('ends open streams', async () => {
    service = await startOffers();
    const clients = await Promise.all(['ada', 'bea', 'bea'].map((name) => service.listen(idOf(name))));
    await endsInTime();
    await Promise.all(clients.map(({ ended }) => ended));
    expect(clients.map(({ status }) => status)).toEqual([200, 200, 200]);
  });

  it('does not wait for a client that has stopped reading', async () => {
    service = await startOffers();
    await storeOffers(service, 'ada', 10_000);
    const { hostname, port } = new URL(service.url);
    const socket = connectSocket(Number(port), hostname);
    socket.on('error', () => undefined);
    socket.pause();
    const path = `/api/v1/customers/${idOf('ada')}/offers/stream`;
    socket.write(
      `GET ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer the-administrators-key\r\nLast-Event-ID: 0\r\n\r\n`,
    );
    await once(socket, 'connect');
    await eventually(async () => {
      const [row] = await service.query<{ reads: number }>(
        `select idx_scan::int as reads from pg_stat_user_indexes where indexrelname = 'offer_of_member'`,
      );
      if (row!.reads === 0) throw new Error('The service has not read offers for the client yet.');
    });
    await endsInTime();
    socket.destroy();
  });
});
