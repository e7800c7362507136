import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { type Cluster, startCluster } from '@sestante/postgres';
import { eventually } from '@sestante/streaming/testing';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { anEvent } from '../builders.ts';
import { basic, type Ingest, startIngest } from '../driver.ts';

jest.setTimeout(30_000);

const origin = 'https://shop.example';

let folder: string;
let cluster: Cluster;
let ingest: Ingest;
let pageKey: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sestante-outage-'));
  chmodSync(folder, 0o711);
  cluster = await startCluster({ folder, password: 'test' });
  ingest = await startIngest(cluster.url);
  pageKey = (await ingest.aSource({ key: 'browser', origins: [origin] })).writeKey;
});
afterAll(async () => {
  await ingest.stop();
  await cluster.stop();
  rmSync(folder, { recursive: true, force: true });
});

const send = (messageId: string, over: object = {}) =>
  ingest.post('/v1/track', JSON.stringify(anEvent({ messageId, ...over })), { ...basic(pageKey), origin });

describe('while the database is away', () => {
  test('nothing is acknowledged, everything is asked for again, and it goes on by itself when it is back', async () => {
    expect((await send('before')).status).toBe(200);
    process.kill(cluster.pid(), 'SIGKILL');

    await eventually(async () => expect((await send('during')).status).toBe(503));
    for (const response of [
      await send('during'),
      await send('during', { event: undefined }),
      await ingest.post('/v1/track', '{}', { ...basic('a key that nobody has'), origin }),
    ]) {
      expect([response.status, response.headers.get('content-type'), response.headers.get('retry-after')]).toEqual([
        503,
        expect.stringContaining('application/problem+json'),
        expect.stringMatching(/^\d+$/),
      ]);
      expect(response.headers.get('access-control-allow-origin')).toBe(origin);
      expect(await response.json()).toMatchObject({ code: expect.stringMatching(/unavailable$/) });
    }

    await eventually(() => cluster.revive());
    await eventually(async () => expect((await send('after')).status).toBe(200));
    const activities = await ingest.until((all) => all.some(({ messageId }) => messageId === 'after'));
    expect(activities.map(({ messageId }) => messageId)).toEqual(expect.arrayContaining(['before', 'after']));
  });
});
