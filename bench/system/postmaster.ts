import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** The process of an embedded Postgres, whose files lie in `<folder>/data`. Undefined when none runs. */
export function postmasterOf(folder: string): number | undefined {
  try {
    const pid = Number(readFileSync(join(folder, 'data', 'postmaster.pid'), 'utf8').split('\n')[0]);
    process.kill(pid, 0);
    return pid;
  } catch {
    return undefined;
  }
}

/** Ends a Postgres that has outlived its owner. SIGINT is its "fast shutdown": sessions are ended, files are in order. */
export async function stopPostmaster(folder: string): Promise<void> {
  const pid = postmasterOf(folder);
  if (pid === undefined) return;
  process.kill(pid, 'SIGINT');
  for (let waited = 0; postmasterOf(folder) !== undefined && waited < 200; waited += 1) await sleep(50);
}
