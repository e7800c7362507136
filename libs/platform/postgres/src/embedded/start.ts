import { closeSync, openSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Binaries } from './binaries.ts';
import { invalidatePidFile } from './postmaster.ts';
import { lastLines, outputOf, run } from './program.ts';
import { sharedBuffersFor, usableMemory } from './shared-buffers.ts';
import { type Account, own } from './unprivileged.ts';

/** Settings of the embedded server: durable, for this machine only, sized for one machine. */
const settings: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  max_connections: '100',
  // A fixed size would be too small for a large machine, and would not start on one with 1 GB.
  shared_buffers: sharedBuffersFor(usableMemory()),
  // The build has no lz4, and pglz costs more CPU than the smaller log saves.
  wal_compression: 'off',
  // After each checkpoint, the first change of a page writes the whole page to the log: fewer checkpoints make a smaller log.
  checkpoint_timeout: '30min',
  // A smaller limit would force checkpoints before that time under load.
  max_wal_size: '4GB',
  random_page_cost: '1.1',
  jit: 'off',
};

const timeoutMs = 10_000;
const pauseMs = 200;

/** Starts the server on `folder`/data and waits until it is ready. Rejects with its last output. */
export async function start(binaries: Binaries, account: Account, at: { folder: string; port: number }): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const refusal = await tryToStart(binaries, account, at);
    if (!refusal) return;
    // The child processes of a killed server need a moment to end. Until then no other server can use the data.
    if (!refusal.message.includes('pre-existing shared memory block') || Date.now() > deadline) throw refusal;
    await pause(pauseMs);
  }
}

/** The maximum length of a socket path, including the file name that Postgres adds to the folder. */
const longestSocketPath = 103;
const socketName = '/.s.PGSQL.65535';

/**
 * The folder of the socket of the server: a round trip over the socket costs about half of one over TCP. Empty for no socket: if the
 * system has none, if the path is too long, or if it would need quotes.
 */
export function socketFolderOf(folder: string): string {
  const isUsable = process.platform !== 'win32' && /^[\w./-]+$/.test(folder);
  return isUsable && folder.length + socketName.length <= longestSocketPath ? folder : '';
}

/** Removes the socket of a dead server and its lock file, whose process id may now belong to another process. */
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
  invalidatePidFile(data);
  removeSockets(folder);
  const all = { ...settings, port: String(port), unix_socket_directories: socketFolderOf(folder) };
  const options = Object.entries(all).map(([key, value]) => `-c ${key}='${value}'`);
  try {
    await run(binaries.pg_ctl, ['start', '-D', data, '-w', '-t', '60', '-l', log, '-o', options.join(' ')], account);
    return undefined;
  } catch (error) {
    const output = readFileSync(log).subarray(size).toString();
    return new Error(`PostgreSQL did not start: ${lastLines(output || outputOf(error))}`, { cause: error });
  }
}
