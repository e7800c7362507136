import { closeSync, openSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Binaries } from './binaries.ts';
import { disownPidFile } from './postmaster.ts';
import { lastLines, outputOf, run } from './program.ts';
import { type Account, own } from './unprivileged.ts';

/** Settings of the embedded server: durable, loopback only, sized for one machine. */
const settings: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: '256MB',
  wal_compression: 'on',
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
  random_page_cost: '1.1',
  jit: 'off',
};

const patienceMs = 10_000;
const pauseMs = 200;

/** Starts the server on `folder`/data and waits until it answers. Rejects with what it said last. */
export async function start(binaries: Binaries, account: Account, at: { folder: string; port: number }): Promise<void> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const refusal = await tryToStart(binaries, account, at);
    if (!refusal) return;
    // The children of a server that was killed take a moment to notice; until then nobody may touch the data.
    if (!refusal.message.includes('pre-existing shared memory block') || Date.now() > deadline) throw refusal;
    await pause(pauseMs);
  }
}

async function tryToStart(
  binaries: Binaries,
  account: Account,
  { folder, port }: { folder: string; port: number },
): Promise<Error | undefined> {
  const [data, log] = [join(folder, 'data'), join(folder, 'postgres.log')];
  closeSync(openSync(log, 'a'));
  own(log, account);
  const { size } = statSync(log);
  disownPidFile(data);
  const options = Object.entries({ ...settings, port: String(port) }).map(([key, value]) => `-c ${key}='${value}'`);
  try {
    await run(binaries.pg_ctl, ['start', '-D', data, '-w', '-t', '60', '-l', log, '-o', options.join(' ')], account);
    return undefined;
  } catch (error) {
    const said = readFileSync(log).subarray(size).toString();
    return new Error(`PostgreSQL did not start: ${lastLines(said || outputOf(error))}`, { cause: error });
  }
}
