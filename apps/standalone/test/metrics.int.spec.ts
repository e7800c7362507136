import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { IngestModule } from '@sestante/ingest';
import { OffersModule } from '@sestante/offers';
import { type TestDatabase, testDatabase } from '@sestante/postgres/testing';
import { ProfileModule } from '@sestante/profile';
import { boot, parseConfig, type RunningProcess } from '@sestante/runtime';
import { ScoringModule } from '@sestante/scoring';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

let database: TestDatabase;
let running: RunningProcess;
beforeAll(async () => {
  database = await testDatabase();
  const settings = { PORT: '0', DATABASE_URL: database.url, LOG_LEVEL: 'silent' };
  running = await boot([IngestModule, ProfileModule, ScoringModule, OffersModule], parseConfig(settings));
  await running.ready;
});
afterAll(async () => {
  await running.stop();
  await database.drop();
});

test('docs/metrics.md lists every metric with its type, and no other', async () => {
  const text = await (await fetch(`${running.url}/metrics`)).text();
  const exported = [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name, type]) => `${name} ${type}`);
  const ofNode = exported.filter((metric) => /^(process|nodejs)_/.test(metric));
  const page = readFileSync(join(import.meta.dirname, '../../../docs/metrics.md'), 'utf8');
  const listed = [...page.matchAll(/^\| `(sestante_\w+)` +\| (\w+) /gm)].map(([, name, type]) => `${name} ${type}`);
  expect(ofNode.length).toBeGreaterThan(20);
  expect(listed.toSorted()).toEqual(exported.filter((metric) => !ofNode.includes(metric)).toSorted());
});
