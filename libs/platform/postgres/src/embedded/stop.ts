import { setTimeout as pause } from 'node:timers/promises';
import type { Binaries } from './binaries.ts';
import { postmasterOf } from './postmaster.ts';
import { run } from './program.ts';
import type { Account } from './unprivileged.ts';

const timeoutSeconds = 60;
const pauseMs = 50;

/** Ends the server after its open transactions are rolled back. */
export async function stop(binaries: Binaries, account: Account, data: string): Promise<void> {
  const flags = ['-D', data, '-m', 'fast', '-w', '-t', String(timeoutSeconds)];
  try {
    if (postmasterOf(data)) await run(binaries.pg_ctl, ['stop', ...flags], account);
  } catch (error) {
    // The other account may have lost access to pg_ctl or to the data since the start.
    if (account.uid !== undefined) await interrupt(data);
    if (postmasterOf(data)) throw error;
  }
}

/** Does the same as pg_ctl: sends SIGINT and waits for the end of the server. */
async function interrupt(data: string): Promise<void> {
  const deadline = Date.now() + timeoutSeconds * 1_000;
  const server = postmasterOf(data);
  if (server) process.kill(server.pid, 'SIGINT');
  while (postmasterOf(data) && Date.now() < deadline) await pause(pauseMs);
}
