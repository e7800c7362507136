import { setTimeout as pause } from 'node:timers/promises';
import type { Binaries } from './binaries.ts';
import { postmasterOf } from './postmaster.ts';
import { run } from './program.ts';
import { type Account, mayEnter } from './unprivileged.ts';

const patienceSeconds = 60;
const pauseMs = 50;

/** Ends the server after its open transactions are rolled back. */
export async function stop(binaries: Binaries, account: Account, data: string): Promise<void> {
  const flags = ['-D', data, '-m', 'fast', '-w', '-t', String(patienceSeconds)];
  try {
    if (postmasterOf(data)) await run(binaries.pg_ctl, ['stop', ...flags], account);
  } catch (error) {
    // Where the folder was closed while the server ran, pg_ctl does not reach it any more.
    const isStopped = mayEnter(data, account) ? !postmasterOf(data) : await interrupt(data);
    if (!isStopped) throw error;
  }
}

/** What pg_ctl does, from outside. Resolves with whether the server has ended. */
async function interrupt(data: string): Promise<boolean> {
  const deadline = Date.now() + patienceSeconds * 1_000;
  const server = postmasterOf(data);
  if (server) process.kill(server.pid, 'SIGINT');
  while (postmasterOf(data) && Date.now() < deadline) await pause(pauseMs);
  return !postmasterOf(data);
}
