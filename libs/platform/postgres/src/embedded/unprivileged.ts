import { execFileSync } from 'node:child_process';
import { accessSync, chownSync, constants, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

export interface Account {
  /** Undefined for the account of this process. */
  readonly name?: string;
  readonly uid?: number;
  readonly gid?: number;
}

/** PostgreSQL refuses to run as root. Then it runs as `postgres`, or as `nobody` if there is no such user. */
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
    'PostgreSQL cannot run as root, and there is no user postgres or nobody: start as another user, or set DATABASE_URL.',
  );
}

/** Creates the folder with the account as its owner. Throws a clear error if that is not possible. */
export function prepareFolder(folder: string, account: Account): void {
  try {
    // Only the folder itself is private: the account needs access to its parents.
    mkdirSync(dirname(folder), { recursive: true });
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.W_OK);
    own(folder, account);
  } catch (error) {
    throw new Error(`The data folder ${folder} cannot be written: ${(error as Error).message}`, { cause: error });
  }
}

/** Whether the account has access to the folder. It tries, because permissions depend on more than the modes of the parents. */
export function canEnter(folder: string, account: Account): boolean {
  if (account.uid === undefined) return true;
  try {
    execFileSync('sh', ['-c', 'cd "$1"', 'sh', folder], { ...account, cwd: '/', stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Makes the account the owner of the file or folder, if the server runs as another account. */
export function own(path: string, { uid, gid }: Account): void {
  if (uid !== undefined && gid !== undefined) chownSync(path, uid, gid);
}
