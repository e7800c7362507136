import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { Analytics } from '@segment/analytics-node';
import { type Cluster, startCluster } from '@sestante/postgres';
import { eventually } from '@sestante/streaming/testing';
import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
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

describe('while the database is unavailable', () => {
  test('events are rejected with a retry, and accepted again when it is available', async () => {
    expect((await send('before')).status).toBe(200);
    process.kill(cluster.pid(), 'SIGKILL');

    // Each event is new: a repeat needs no database.
    await eventually(async () => expect((await send(randomUUID())).status).toBe(503));
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

    await eventually(() => cluster.restart());
    await eventually(async () => expect((await send('after')).status).toBe(200));
    const activities = await ingest.until((all) => all.some(({ messageId }) => messageId === 'after'));
    expect(activities.map(({ messageId }) => messageId)).toEqual(expect.arrayContaining(['before', 'after']));
  });
});

/** The full duration in continuous integration. The SDK backs off: after 30 s it retries within a minute, and on a busy machine it may need two retries. */
const outageMs = Number(process.env['SESTANTE_OUTAGE_SECONDS'] ?? 5) * 1_000;
const eventsPerSecond = 2_000;
const everyMs = 10;
/** The batch size of a sender at this rate. With the default of 15, thousands of batches wait in the SDK, whose cost is quadratic in their number. */
const flushAt = 100;
const patienceMs = 200_000;

test(
  `an SDK that sends ${eventsPerSecond} events per second while the database is unavailable for ${outageMs / 1_000} s loses none`,
  async () => {
    const { writeKey } = await ingest.aSource();
    const analytics = new Analytics({ writeKey, host: ingest.url, flushAt });
    const failures: unknown[] = [];
    analytics.on('error', (error) => failures.push(error));
    const sent = new Set<string>();
    const startedAt = performance.now();
    // On a busy machine, timers are late: all due events are sent then.
    const track = () => {
      const due = ((performance.now() - startedAt) / 1_000) * eventsPerSecond;
      while (sent.size < due) {
        const messageId = randomUUID();
        sent.add(messageId);
        analytics.track({ userId: `user-${sent.size % 1_000}`, event: 'Cart Viewed', messageId });
      }
    };
    const tracking = setInterval(track, everyMs);
    await setTimeout(1_000);
    process.kill(cluster.pid(), 'SIGKILL');
    await setTimeout(outageMs);
    await eventually(() => cluster.restart());
    await setTimeout(1_000);
    clearInterval(tracking);
    track();
    const closingAt = performance.now();
    await analytics.closeAndFlush({ timeout: patienceMs });

    expect(failures).toEqual([]);
    // Otherwise the SDK has given up, and the missing events were never sent.
    expect(performance.now() - closingAt).toBeLessThan(patienceMs);
    expect(sent.size).toBeGreaterThan((outageMs / 1_000) * eventsPerSecond);
    // Events that were stored during the crash without a response are there twice.
    const distinct = (all: readonly { messageId: string }[]) =>
      new Set(all.map(({ messageId }) => messageId).filter((id) => sent.has(id))).size;
    const kept = await ingest.until((all) => all.length >= sent.size && distinct(all) === sent.size);
    expect(distinct(kept)).toBe(sent.size);
  },
  outageMs + patienceMs + 30_000,
);
