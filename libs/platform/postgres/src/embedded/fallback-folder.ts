import { accessSync, chmodSync, constants, mkdirSync, statSync } from 'node:fs';
import { type Account, canEnter } from './unprivileged.ts';

/** Settings for files that the server cannot reach. */
export interface Fallback {
  readonly account: Account;
  /** The parent folders to use: the first one that exists or can be created, and is writable only for root. */
  readonly fallbackFolders: readonly string[];
  /** Called with a sentence about the new location. */
  readonly onNotice: (sentence: string) => void;
}

/** The system does not clean these folders, unlike /tmp and /var/tmp. */
export const defaultFallbackFolders: readonly string[] = ['/var/lib/sestante', '/opt/sestante', '/srv/sestante'];

/** A folder in the first usable parent folder, created if missing. Throws, with the possible remedies, if there is none. */
export function fallbackFolder(name: string, closed: string, { account, fallbackFolders }: Fallback): string {
  const reasons: string[] = [];
  for (const parent of fallbackFolders) {
    try {
      ensureSafe(parent, account);
      createReadable(`${parent}/${name}`);
      return `${parent}/${name}`;
    } catch (error) {
      reasons.push(`${parent}: ${(error as Error).message}`);
    }
  }
  throw new Error(
    `PostgreSQL runs as ${account.name}, which has no access to ${closed}, and no fallback folder is usable: ${reasons.join('; ')}. ` +
      'Give access to that folder and its parents (chmod o+x), start as a user other than root, or set DATABASE_URL.',
  );
}

/** Another user with write access could replace the programs or remove the data. */
function ensureSafe(parent: string, account: Account): void {
  createReadable(parent);
  accessSync(parent, constants.W_OK);
  const { uid, mode } = statSync(parent);
  if (uid !== 0 || (mode & 0o022) !== 0) throw new Error('users other than root may write there');
  if (!canEnter(parent, account)) throw new Error(`${account.name} has no access to it`);
}

/** Creates a folder that everybody can read, whatever the umask. An existing folder stays unchanged. */
function createReadable(folder: string): void {
  try {
    mkdirSync(folder);
    chmodSync(folder, 0o755);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
