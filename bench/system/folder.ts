import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { owned, type Owned } from './leftovers.ts';

/** A new folder that others may pass through: the embedded Postgres runs as a user of its own. Removed with all that lies in it. */
export async function makeFolder(): Promise<{ readonly path: string } & Owned> {
  const path = await mkdtemp(join(tmpdir(), 'sestante-bench-'));
  await chmod(path, 0o755);
  return owned({ path }, () => rm(path, { recursive: true, force: true, maxRetries: 5 }));
}
