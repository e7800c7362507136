import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { owned, type Owned } from './cleanup.ts';

/** A new folder to which other users have access, because the embedded Postgres runs as another user. Removed with its content. */
export async function makeFolder(): Promise<{ readonly path: string } & Owned> {
  const path = await mkdtemp(join(tmpdir(), 'sestante-bench-'));
  await chmod(path, 0o755);
  return owned({ path }, () => rm(path, { recursive: true, force: true, maxRetries: 5 }));
}
