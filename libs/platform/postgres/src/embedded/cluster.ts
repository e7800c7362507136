import { execFile } from 'node:child_process';
import { existsSync, openSync, closeSync, readFileSync, rmSync, writeFileSync, chownSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Binaries, findBinaries } from './binaries.ts';
import { type Account, prepareFolder, unprivilegedAccount } from './unprivileged.ts';

const run = promisify(execFile);

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

export interface ClusterOptions {
  /** Where the data lie; made if missing. */
  readonly folder: string;
  /** Password of the one user, `sestante`. Fixed when the folder is made. */
  readonly password: string;
}

export interface Cluster {
  /** postgres://… of the database `postgres`. */
  readonly url: string;
  /** The server's process. */
  pid(): number;
  /** Starts the server again, on the same port, if it has ended. */
  revive(): Promise<void>;
  /** Ends the server after its open transactions are rolled back. */
  stop(): Promise<void>;
}

/**
 * Starts PostgreSQL on the folder, makes the folder on the first start, and takes over a server that still runs on it
 * because its last owner was killed.
 */
export async function startCluster({ folder, password }: ClusterOptions): Promise<Cluster> {
  const binaries = await findBinaries();
  const account = unprivilegedAccount();
  prepareFolder(folder, account);
  const data = join(folder, 'data');
  if (!existsSync(join(data, 'PG_VERSION'))) await initialise(binaries, account, data, password);
  if (!(await isRunning(binaries, account, data))) await start(binaries, account, { folder, port: await freePort() });
  const { port } = readPidFile(data);
  let { pid } = readPidFile(data);
  return {
    pid: () => pid,
    async revive() {
      if (isAlive(pid)) return;
      await start(binaries, account, { folder, port });
      pid = readPidFile(data).pid;
    },
    url: `postgres://sestante:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`,
    stop: async () => {
      await run(binaries.pg_ctl, ['stop', '-D', data, '-m', 'fast', '-w', '-t', '60'], account);
    },
  };
}

async function initialise(binaries: Binaries, account: Account, data: string, password: string): Promise<void> {
  rmSync(data, { recursive: true, force: true });
  const passwordFile = join(tmpdir(), `sestante-${process.pid}-${Math.random().toString(36).slice(2)}`);
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (account.uid !== undefined && account.gid !== undefined) chownSync(passwordFile, account.uid, account.gid);
  try {
    const flags = [
      '--username=sestante',
      '--auth=scram-sha-256',
      `--pwfile=${passwordFile}`,
      '--encoding=UTF8',
      '--locale=C',
    ];
    await run(binaries.initdb, [`--pgdata=${data}`, '--no-instructions', ...flags], account);
  } catch (error) {
    rmSync(data, { recursive: true, force: true });
    throw new Error(
      `PostgreSQL could not make its data folder ${data}: ${lastLines((error as { stderr?: string }).stderr ?? String(error))}`,
      {
        cause: error,
      },
    );
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

async function start(
  binaries: Binaries,
  account: Account,
  { folder, port }: { folder: string; port: number },
): Promise<void> {
  const [data, log] = [join(folder, 'data'), join(folder, 'postgres.log')];
  if (account.uid !== undefined && account.gid !== undefined) {
    closeSync(openSync(log, 'a'));
    chownSync(log, account.uid, account.gid);
  }
  const options = Object.entries({ ...settings, port: String(port) }).map(([key, value]) => `-c ${key}='${value}'`);
  try {
    // Inherited pipes would keep pg_ctl's caller waiting for the server's end.
    await run(binaries.pg_ctl, ['start', '-D', data, '-w', '-t', '60', '-l', log, '-o', options.join(' ')], {
      ...account,
    });
  } catch (error) {
    throw new Error(`PostgreSQL did not start: ${lastLines(readFileSync(log, 'utf8'))}`, { cause: error });
  }
}

async function isRunning(binaries: Binaries, account: Account, data: string): Promise<boolean> {
  return run(binaries.pg_ctl, ['status', '-D', data], account).then(
    () => true,
    () => false,
  );
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Line 1 of postmaster.pid is the process, line 4 the port. */
function readPidFile(data: string): { pid: number; port: number } {
  const lines = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n');
  return { pid: Number(lines[0]), port: Number(lines[3]) };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}

const lastLines = (text: string) => text.trim().split('\n').slice(-3).join(' | ');
