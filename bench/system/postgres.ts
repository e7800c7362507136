import { join } from 'node:path';
import { startCluster } from '@sestante/postgres';
import { type Part, processes } from '../measure/stopwatch.ts';
import { makeFolder } from './folder.ts';
import { owned, type Owned } from './cleanup.ts';

/** The embedded Postgres of the standalone process, for measurements without a server. */
export async function startPostgres(): Promise<{ readonly url: string; readonly part: Part } & Owned> {
  const folder = await makeFolder();
  const cluster = await startCluster({ folder: join(folder.path, 'postgres'), password: 'bench' });
  return owned({ url: cluster.url, part: processes('Postgres', cluster.pid()) }, async () => {
    await cluster.stop();
    await folder.close();
  });
}
