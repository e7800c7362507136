import { afterEach, describe, expect, it } from '@jest/globals';
import { connect as connectSocket } from 'node:net';
import { once } from 'node:events';
import { eventually } from '@sestante/streaming/testing';
import { idOf } from './builders.ts';
import { keepOffers } from './kept.ts';
import { type Service, startOffers } from './service.ts';

const mayTakeMs = 5_000;
let service: Service;
afterEach(() => service.dispose());

/** Rejects when the service has not ended within the time that it has. */
async function endsInTime(): Promise<void> {
  const late = new Promise((_, reject) => {
    setTimeout(() => reject(new Error(`The service had not ended after ${mayTakeMs} ms.`)), mayTakeMs).unref();
  });
  await Promise.race([service.end(), late]);
}

describe('the service ends', () => {
  it('and with it the streams of those who listen', async () => {
    service = await startOffers();
    const listening = await Promise.all(['ada', 'bea', 'bea'].map((name) => service.listen(idOf(name))));
    await endsInTime();
    await Promise.all(listening.map(({ ended }) => ended));
    expect(listening.map(({ status }) => status)).toEqual([200, 200, 200]);
  });

  it('and does not wait for a client that has stopped reading', async () => {
    service = await startOffers();
    await keepOffers(service, 'ada', 10_000);
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
        `select idx_scan::int as reads from pg_stat_user_indexes where indexrelname = 'offer_of_customer'`,
      );
      if (row!.reads === 0) throw new Error('nothing has been read for the client yet');
    });
    await endsInTime();
    socket.destroy();
  });
});
