import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { fuzz } from './fuzz.ts';
import { report } from './report.ts';
import { type Server, startServer } from './server.ts';

let server: Server;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

test('ingest responds to any request as documented, and stores what it reports', async () => {
  const findings = await fuzz(server, { requests: 2_500, seed: 1 });
  expect(report(findings)).toMatchObject({ isFine: true });
  // Enough requests must be accepted for the test to be meaningful.
  const { reported, statuses } = findings;
  expect([reported.accepted > 100, reported.rejected > 100, (statuses.get(200) ?? 0) > 500]).toEqual([
    true,
    true,
    true,
  ]);
});
