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
  it('has sentAt only if given: without it the times stay unchanged', async () => {
    server = await startFakeServer();
    await sendBatch(server.target, { events: [event] });
    await sendBatch(server.target, { events: [event], sentAt: '2026-11-22T10:00:00Z' });
    expect(server.bodies).toEqual([{ batch: [event] }, { batch: [event], sentAt: '2026-11-22T10:00:00Z' }]);
  });

  it('is retried until it is accepted, and reports the reasons', async () => {
    server = await startFakeServer({ failures: [503, 429, 'cut'] });
    const reasons: (string | undefined)[] = [];
    expect(await sendBatch(server.target, { events: [event] }, { onError: (reason) => reasons.push(reason) })).toEqual(
      [],
    );
    expect(reasons).toEqual(['status 503: failure', 'status 429: failure', expect.any(String), undefined]);
    expect(server.stored).toEqual([event, event]);
  });

  it('waits for an unavailable server, and resumes when it is available again', async () => {
    server = await startFakeServer();
    await server.stop();
    const reasons: unknown[] = [];
    const sending = sendBatch(server.target, { events: [event] }, { onError: (reason) => reasons.push(reason) });
    await new Promise((resolve) => setTimeout(resolve, 300));
    server = await startFakeServer({ port: Number(new URL(server.target.url).port) });
    expect(await sending).toEqual([]);
    expect(server.stored).toEqual([event]);
    expect([reasons[0], reasons.at(-1)]).toEqual(['ECONNREFUSED', undefined]);
  });

  it('ends at once if a retry would not help', async () => {
    server = await startFakeServer();
    const target = { ...server.target, writeKey: 'wrong' };
    await expect(sendBatch(target, { events: [event] })).rejects.toMatchObject({ name: 'Fault' });
  });
});
