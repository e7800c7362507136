import { afterEach, describe, expect, it } from '@jest/globals';
import type { TrackingEvent } from './events.ts';
import { sendBatch } from './send-batch.ts';
import { type FakeServer, startFakeServer } from './testing/fake-server.ts';

const event: TrackingEvent = {
  type: 'track',
  event: 'Order Completed',
  messageId: 'm1',
  timestamp: '2017-01-28T19:06:53Z',
  properties: { order_id: 'o-1' },
  context: { channel: 'store' },
};

let server: FakeServer;
afterEach(() => server.stop());

describe('a batch', () => {
  it('says when it was sent only where it is told to: else the times stand as they are', async () => {
    server = await startFakeServer();
    await sendBatch(server.target, { events: [event] });
    await sendBatch(server.target, { events: [event], sentAt: '2026-11-22T10:00:00Z' });
    expect(server.bodies).toEqual([{ batch: [event] }, { batch: [event], sentAt: '2026-11-22T10:00:00Z' }]);
  });

  it('is sent until it is kept, and says what it waits for', async () => {
    server = await startFakeServer({ troubles: [503, 429, 'cut'] });
    const troubles: (string | undefined)[] = [];
    expect(
      await sendBatch(server.target, { events: [event] }, { onTrouble: (reason) => troubles.push(reason) }),
    ).toEqual([]);
    expect(troubles).toEqual(['status 503: trouble', 'status 429: trouble', expect.any(String), undefined]);
    expect(server.kept).toEqual([event, event]);
  });

  it('waits for a server that is not there, and goes on when it is back', async () => {
    server = await startFakeServer();
    await server.stop();
    const reasons: unknown[] = [];
    const sending = sendBatch(server.target, { events: [event] }, { onTrouble: (reason) => reasons.push(reason) });
    await new Promise((resolve) => setTimeout(resolve, 300));
    server = await startFakeServer({ port: Number(new URL(server.target.url).port) });
    expect(await sending).toEqual([]);
    expect(server.kept).toEqual([event]);
    expect([reasons[0], reasons.at(-1)]).toEqual(['ECONNREFUSED', undefined]);
  });

  it('ends at once where trying again would not help', async () => {
    server = await startFakeServer();
    const target = { ...server.target, writeKey: 'wrong' };
    await expect(sendBatch(target, { events: [event] })).rejects.toMatchObject({ name: 'Fault' });
  });
});
