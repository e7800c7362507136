import { setTimeout as pause } from 'node:timers/promises';
import type { Binaries } from './binaries.ts';
import { postmasterOf } from './postmaster.ts';
import { run } from './program.ts';
import type { Account } from './unprivileged.ts';

const patienceSeconds = 60;
const pauseMs = 50;

/** Ends the server after its open transactions are rolled back. */
export async function stop(binaries: Binaries, account: Account, data: string): Promise<void> {
  const flags = ['-D', data, '-m', 'fast', '-w', '-t', String(patienceSeconds)];
  try {
    if (postmasterOf(data)) await run(binaries.pg_ctl, ['stop', ...flags], account);
  } catch (error) {
    // As another account pg_ctl may no longer be reached, or not reach the data, because somebody closed a folder meanwhile.
    if (account.uid !== undefined) await interrupt(data);
    if (postmasterOf(data)) throw error;
  }
}

/** What pg_ctl does, from outside. */
async function interrupt(data: string): Promise<void> {
  const deadline = Date.now() + patienceSeconds * 1_000;
  const server = postmasterOf(data);
  if (server) process.kill(server.pid, 'SIGINT');
  while (postmasterOf(data) && Date.now() < deadline) await pause(pauseMs);
}
