import { execFileSync } from 'node:child_process';
import { accessSync, chownSync, constants, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

export interface Account {
  /** Undefined where it is that of this process. */
  readonly name?: string;
  readonly uid?: number;
  readonly gid?: number;
}

/** PostgreSQL refuses to run as root: then it runs as `postgres`, or as `nobody` where there is no such user. */
export function unprivilegedAccount(): Account {
  if (process.getuid?.() !== 0) return {};
  for (const user of ['postgres', 'nobody']) {
    try {
      const id = (flag: string) => Number(execFileSync('id', [flag, user], { stdio: ['ignore', 'pipe', 'ignore'] }));
      return { name: user, uid: id('-u'), gid: id('-g') };
    } catch {
      continue;
    }
  }
  throw new Error(
    'PostgreSQL does not run as root, and there is neither a user postgres nor nobody: start as another user, or set DATABASE_URL.',
  );
}

/** Makes the folder, owned by the account, and says clearly when that is not possible. */
export function prepareFolder(folder: string, account: Account): void {
  try {
    // Only the folder itself is closed: the account has to get through those above it.
    mkdirSync(dirname(folder), { recursive: true });
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.W_OK);
    own(folder, account);
  } catch (error) {
    throw new Error(`The data folder ${folder} cannot be written: ${(error as Error).message}`, { cause: error });
  }
}

/** Whether the account gets into the folder. It tries: permissions are more than the modes of the folders above. */
export function mayEnter(folder: string, account: Account): boolean {
  if (account.uid === undefined) return true;
  try {
    execFileSync('sh', ['-c', 'cd "$1"', 'sh', folder], { ...account, cwd: '/', stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Gives the file or folder to the account, where there is one that the server runs as. */
export function own(path: string, { uid, gid }: Account): void {
  if (uid !== undefined && gid !== undefined) chownSync(path, uid, gid);
}
