import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { owned, type Owned } from './cleanup.ts';

const run = promisify(execFile);

/**
 * A new folder, empty or a copy. Other users have access to it, because the embedded Postgres runs as another user. Removed with its content.
 * A copy is written to the disk at once, and not during a measurement.
 */
export async function makeFolder(copyOf?: string): Promise<{ readonly path: string } & Owned> {
  const path = await mkdtemp(join(tmpdir(), 'sestante-bench-'));
  await chmod(path, 0o755);
  const folder = owned({ path }, () => rm(path, { recursive: true, force: true, maxRetries: 5 }));
  if (copyOf !== undefined) {
    await run('cp', ['-a', '--reflink=auto', `${copyOf}/.`, path]);
    await run('sync', ['-f', path]);
  }
  return folder;
}
