import { closeSync, openSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Binaries } from './binaries.ts';
import { disownPidFile } from './postmaster.ts';
import { lastLines, outputOf, run } from './program.ts';
import { type Account, own } from './unprivileged.ts';

/** Settings of the embedded server: durable, for this machine only, sized for one machine. */
const settings: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
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

/** The system takes no longer path of a socket, with what Postgres adds to that of its folder. */
const longestSocketPath = 103;
const socketName = '/.s.PGSQL.65535';

/**
 * Where the server's socket lies: to the server and back over it costs about half of what it costs over TCP. Empty for no socket: where
 * the system knows none, or the path is too long, or would have to be quoted.
 */
export function socketFolderOf(folder: string): string {
  const isUsable = process.platform !== 'win32' && /^[\w./-]+$/.test(folder);
  return isUsable && folder.length + socketName.length <= longestSocketPath ? folder : '';
}

/** The socket of a dead server, and the lock that names its process: by now its number may be another process's. */
function removeSockets(folder: string): void {
  for (const name of readdirSync(folder)) if (name.startsWith('.s.PGSQL.')) rmSync(join(folder, name));
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
  removeSockets(folder);
  const all = { ...settings, port: String(port), unix_socket_directories: socketFolderOf(folder) };
  const options = Object.entries(all).map(([key, value]) => `-c ${key}='${value}'`);
  try {
    await run(binaries.pg_ctl, ['start', '-D', data, '-w', '-t', '60', '-l', log, '-o', options.join(' ')], account);
    return undefined;
  } catch (error) {
    const said = readFileSync(log).subarray(size).toString();
    return new Error(`PostgreSQL did not start: ${lastLines(said || outputOf(error))}`, { cause: error });
  }
}
