import { randomUUID } from 'node:crypto';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { join } from 'node:path';
import { type Fallback, fallbackFolder } from './fallback-folder.ts';
import { postmasterOf } from './postmaster.ts';
import { canEnter, own, prepareFolder } from './unprivileged.ts';

/**
 * The folder, created if missing, by a path that the server can reach. A folder without access for the server is moved to a fallback folder
 * with its content and replaced by a link. The link stays even if the server gets access again, so that the data has one location.
 */
export function reachableFolder(folder: string, fallback: Fallback): string {
  const { account, onNotice } = fallback;
  finishMove(folder);
  ensureDataExists(folder);
  prepareFolder(folder, account);
  const data = () => (isLink(folder) ? realpathSync(folder) : folder);
  // A running server has access.
  if (!postmasterOf(join(folder, 'data')) && !canEnter(data(), account)) move(folder, fallback);
  if (account.name && isLink(folder))
    onNotice(
      `PostgreSQL runs as ${account.name}: its data is in ${data()}, to which it has access, and ${folder} is a link to it.`,
    );
  return data();
}

const temporaryLinkOf = (folder: string) => `${folder}.moving`;

/** Creates the link before it moves the data, so that a crash at any point loses nothing. Renames the link after the move. */
function move(folder: string, fallback: Fallback): void {
  const from = realpathSync(folder);
  const to = join(fallbackFolder('clusters', folder, fallback), randomUUID());
  const link = temporaryLinkOf(folder);
  symlinkSync(to, link);
  try {
    if (readdirSync(from).length > 0) renameSync(from, to);
    else createEmpty(from, to, fallback);
  } catch (error) {
    rmSync(link);
    throw new Error(
      `PostgreSQL runs as ${fallback.account.name}, which has no access to ${folder}, and its data could not be moved to ${to}: ` +
        `${(error as Error).message}. Give access to that folder and its parents (chmod o+x), or move it and leave a link.`,
      { cause: error },
    );
  }
  renameSync(link, folder);
}

/** For an empty folder: needs no move, which would fail between disks. */
function createEmpty(from: string, to: string, { account }: Fallback): void {
  rmdirSync(from);
  mkdirSync(to, { mode: 0o700 });
  own(to, account);
}

/** Completes or undoes the move of a process that was killed. */
function finishMove(folder: string): void {
  const link = temporaryLinkOf(folder);
  if (existsSync(link)) renameSync(link, folder);
  else if (isLink(link)) rmSync(link);
}

/** Throws if the link points to missing data, so that the server does not start with an empty database. */
function ensureDataExists(folder: string): void {
  if (isLink(folder) && !existsSync(folder))
    throw new Error(
      `The data of ${folder} was in ${readlinkSync(folder)} and is missing. Restore it, or remove the link to start with an empty database.`,
    );
}

function isLink(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink();
  } catch {
    return false;
  }
}
