import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Jest's global setup: one embedded Postgres for the whole run; every test file creates its own database on it. */
export default async function startPostgres() {
  const { startCluster } = await import('../../libs/platform/postgres/src/embedded/cluster.ts');
  const folder = mkdtempSync(join(tmpdir(), 'sestante-tests-'));
  const cluster = await startCluster({ folder, password: 'test' });
  process.env.TEST_DATABASE_URL = cluster.url;
  globalThis.stopTestPostgres = async () => {
    await cluster.stop();
    // As root with an inaccessible TMPDIR, the data are elsewhere, and the folder is a link to them.
    for (const path of [cluster.folder, folder]) rmSync(path, { recursive: true, force: true });
  };
}
