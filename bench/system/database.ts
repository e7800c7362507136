import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The address of the embedded Postgres of a running standalone process with this data folder. */
export function databaseUrlOf(folder: string): string {
  const { databasePassword } = JSON.parse(readFileSync(join(folder, 'keys.json'), 'utf8')) as Record<string, string>;
  // Lines 4 and 5 of postmaster.pid: the port, and the folder of the socket, which may be empty.
  const lines = readFileSync(join(folder, 'postgres', 'data', 'postmaster.pid'), 'utf8').split('\n');
  const host = encodeURIComponent(lines[4] || '127.0.0.1');
  return `postgres://sestante:${encodeURIComponent(databasePassword!)}@${host}:${lines[3]}/postgres`;
}
