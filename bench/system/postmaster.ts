import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** The process of an embedded Postgres with its files in `<folder>/data`; undefined if none runs. */
export function postmasterOf(folder: string): number | undefined {
  try {
    const pid = Number(readFileSync(join(folder, 'data', 'postmaster.pid'), 'utf8').split('\n')[0]);
    process.kill(pid, 0);
    return pid;
  } catch {
    return undefined;
  }
}

/** Ends a Postgres whose owner has ended. SIGINT is its fast shutdown: it ends the sessions and leaves consistent files. */
export async function stopPostmaster(folder: string): Promise<void> {
  const pid = postmasterOf(folder);
  if (pid === undefined) return;
  process.kill(pid, 'SIGINT');
  for (let waited = 0; postmasterOf(folder) !== undefined && waited < 200; waited += 1) await sleep(50);
}
