import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { fuzz } from './fuzz.ts';
import { report } from './report.ts';
import { type Server, startServer } from './server.ts';

let server: Server;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

test('whatever is asked of ingest, it answers as its document says, and stores what it said', async () => {
  const findings = await fuzz(server, { requests: 2_000, seed: 1 });
  expect(report(findings)).toMatchObject({ isFine: true });
  // It has to have come past the door, or it says nothing.
  const { told, statuses } = findings;
  expect([told.accepted > 100, told.rejected > 100, (statuses.get(200) ?? 0) > 500]).toEqual([true, true, true]);
});
