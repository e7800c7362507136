import { existsSync, readFileSync, readlinkSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The process of a server, and where it listens: on a port of loopback, and if it has one, on the socket of that number in a folder. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  readonly socketFolder: string | undefined;
}

/** A number that no process has: PostgreSQL takes it for that of a dead server. */
const nobody = 999_999_999;

/** The server that runs on the data folder; undefined where none does. */
export function postmasterOf(data: string): Postmaster | undefined {
  const named = readPidFile(data);
  return named && isPostmaster(named.pid, data) ? named : undefined;
}

/**
 * Makes a pid file that a dead server left behind name nobody. By now its number may be another process's, or that of a zombie that nobody
 * buries, as in a container: PostgreSQL would refuse to start beside it. The rest of the file stays, because the server recognises by it
 * what its predecessor may still hold.
 */
export function disownPidFile(data: string): void {
  const named = readPidFile(data);
  if (!named || !isAlive(named.pid) || isPostmaster(named.pid, data)) return;
  const file = join(data, 'postmaster.pid');
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^\d+/, String(nobody)));
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

/** A server works in its data folder. Where the system does not tell (it has no /proc), to be alive is enough. */
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
