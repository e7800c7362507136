import { accessSync, chmodSync, constants, mkdirSync, statSync } from 'node:fs';
import { type Account, mayEnter } from './unprivileged.ts';

/** For what the server cannot reach where it lies. */
export interface Elsewhere {
  readonly account: Account;
  /** Folders to put it in: the first that is there or can be made, and is root's alone to write in. */
  readonly places: readonly string[];
  /** Is told in a sentence what lies where. */
  readonly note: (sentence: string) => void;
}

/** None is emptied at a restart, or of old files, as /tmp and /var/tmp are. */
export const placesOfRoot: readonly string[] = ['/var/lib/sestante', '/opt/sestante', '/srv/sestante'];

/** A folder in the first of the places that will do, made if missing. Throws with what to do where none will. */
export function folderElsewhere(name: string, closed: string, { account, places }: Elsewhere): string {
  const reasons: string[] = [];
  for (const place of places) {
    try {
      ensureSafe(place, account);
      makeOpen(`${place}/${name}`);
      return `${place}/${name}`;
    } catch (error) {
      reasons.push(`${place}: ${(error as Error).message}`);
    }
  }
  throw new Error(
    `PostgreSQL runs as ${account.name}, who may not enter ${closed}, and there is no other place: ${reasons.join('; ')}. ` +
      'Open that folder and those above it (chmod o+x), start as another user than root, or set DATABASE_URL.',
  );
}

/** Whoever else could write there could have other programs run, or take the data away. */
function ensureSafe(place: string, account: Account): void {
  makeOpen(place);
  accessSync(place, constants.W_OK);
  const { uid, mode } = statSync(place);
  if (uid !== 0 || (mode & 0o022) !== 0) throw new Error('others than root may write there');
  if (!mayEnter(place, account)) throw new Error(`${account.name} may not enter it`);
}

/** One that was there before is left as it is; a new one is open, whatever the umask says. */
function makeOpen(folder: string): void {
  try {
    mkdirSync(folder);
    chmodSync(folder, 0o755);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
