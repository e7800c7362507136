import { existsSync, readFileSync, readlinkSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The process of a server and its addresses: a loopback port, and, if it has a socket folder, the socket with that number. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  readonly socketFolder: string | undefined;
}

/** A process id that no process has: PostgreSQL reads it as a dead server. */
const unusedPid = 999_999_999;

/** The server that runs on the data folder; undefined if there is none. */
export function postmasterOf(data: string): Postmaster | undefined {
  const named = readPidFile(data);
  return named && isPostmaster(named.pid, data) ? named : undefined;
}

/**
 * Replaces the process id in the pid file of a dead server by an unused one. The id may now belong to another process, or to a zombie that is
 * never reaped, as in a container, and PostgreSQL would refuse to start. The rest of the file stays, because the new server reads in it which
 * shared memory its predecessor may still use.
 */
export function invalidatePidFile(data: string): void {
  const named = readPidFile(data);
  if (!named || !isAlive(named.pid) || isPostmaster(named.pid, data)) return;
  const file = join(data, 'postmaster.pid');
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^\d+/, String(unusedPid)));
}

/** Line 1 of postmaster.pid is the process, line 4 the port, line 5 the folder of the socket. */
function readPidFile(data: string): Postmaster | undefined {
  try {
    const lines = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n');
    return { pid: Number(lines[0]), port: Number(lines[3]), socketFolder: lines[4] || undefined };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** The working directory of a server is its data folder. Without /proc, any live process counts. */
function isPostmaster(pid: number, data: string): boolean {
  if (!isAlive(pid)) return false;
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(data);
  } catch {
    return !existsSync('/proc/self');
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
