import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { type Cluster, startCluster } from '@sestante/postgres';
import { eventually } from '@sestante/streaming/testing';
import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Ingest, startIngest, writeKey } from '../driver.ts';
import { linesOf, openUpload, shown } from './uploads.ts';

jest.setTimeout(60_000);

let folder: string;
let cluster: Cluster;
let ingest: Ingest;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sestante-import-outage-'));
  chmodSync(folder, 0o711);
  cluster = await startCluster({ folder, password: 'test' });
  ingest = await startIngest(cluster.url);
});
afterAll(async () => {
  await ingest.stop();
  await cluster.stop();
  rmSync(folder, { recursive: true, force: true });
});

const importOf = async (id: string) => shown(await ingest.get(`/api/v1/imports/${id}`));

test('an import waits while the database is unavailable, and loses nothing', async () => {
  const id = randomUUID();
  const upload = openUpload(ingest, `format=ndjson&id=${id}`, writeKey);
  upload.write(linesOf(1_000));
  await eventually(async () => expect(await importOf(id)).toMatchObject({ lines: 1_000 }));
  process.kill(cluster.pid(), 'SIGKILL');
  upload.write(linesOf(1_500, 1_001));
  await eventually(async () => expect((await ingest.get(`/api/v1/imports/${id}`)).status).toBe(503));
  upload.end();
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  await eventually(() => cluster.restart());
  const { status, body } = await upload.answer;
  expect([status, JSON.parse(body)]).toEqual([200, expect.objectContaining({ state: 'done', lines: 2_500 })]);
  const activities = await ingest.until((all) => new Set(all.map(({ messageId }) => messageId)).size >= 2_500);
  expect(new Set(activities.map(({ messageId }) => messageId)).size).toBe(2_500);
});
