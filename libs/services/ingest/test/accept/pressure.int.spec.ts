import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { eventually } from '@sestante/streaming/testing';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { anEvent } from '../builders.ts';
import { type Ingest, startIngest } from '../driver.ts';

jest.setTimeout(60_000);

let ingest: Ingest;
beforeAll(async () => {
  ingest = await startIngest();
});
afterAll(() => ingest.stop());

/** 15 events of 30 KB each. */
const batch = (number: number) =>
  JSON.stringify({
    batch: Array.from({ length: 15 }, (_, index) =>
      anEvent({ messageId: `${number}-${index}`, userId: `user-${number}`, traits: { note: 'x'.repeat(30_000) } }),
    ),
  });

/** Starts a request of 500 KB without a key, and does not end it. */
async function stall(): Promise<Socket> {
  const { port } = new URL(ingest.url);
  const socket = connect(Number(port), '127.0.0.1');
  await once(socket, 'connect');
  const head = `POST /v1/batch HTTP/1.1\r\nhost: localhost\r\ncontent-length: 510000\r\n\r\n`;
  await new Promise((resolve) => socket.write(head + ' '.repeat(500_000), resolve));
  return socket;
}

test('aborted requests do not use up memory', async () => {
  for (let round = 0; round < 10; round += 1)
    for (const socket of await Promise.all(Array.from({ length: 20 }, stall))) socket.destroy();
  const event = anEvent({ messageId: 'after all of them' });
  await eventually(async () => expect((await ingest.post('/v1/track', JSON.stringify(event))).status).toBe(200));
  await ingest.until((all) => all.some(({ messageId }) => messageId === 'after all of them'));
});

test('events are rejected before they accumulate while the stream is blocked, and none is lost', async () => {
  const lock = ingest.dataSource.createQueryRunner();
  await lock.startTransaction();
  await lock.query('select from stream.topic_partition for update');
  const answers = Array.from({ length: 90 }, (_, number) => ingest.post('/v1/batch', batch(number)));
  const early = await Promise.race(answers);
  expect([early.status, early.headers.get('retry-after'), await early.json()]).toEqual([
    429,
    expect.stringMatching(/^\d+$/),
    expect.objectContaining({ code: 'busy' }),
  ]);
  await lock.commitTransaction();
  await lock.release();

  const statuses = (await Promise.all(answers)).map(({ status }) => status);
  expect(new Set(statuses)).toEqual(new Set([200, 429]));
  for (const [number, status] of statuses.entries())
    if (status === 429) expect((await ingest.post('/v1/batch', batch(number))).status).toBe(200);
  const ofBatches = (all: readonly { messageId: string }[]) =>
    all.map(({ messageId }) => messageId).filter((messageId) => /^\d+-\d+$/.test(messageId));
  const stored = ofBatches(await ingest.until((all) => ofBatches(all).length >= 90 * 15));
  expect(new Set(stored).size).toBe(90 * 15);
  expect(stored).toHaveLength(90 * 15);
});
