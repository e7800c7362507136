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
import { type Elsewhere, folderElsewhere } from './place.ts';
import { postmasterOf } from './postmaster.ts';
import { mayEnter, own, prepareFolder } from './unprivileged.ts';

/**
 * The folder, made if missing, by a name under which the server reaches it. One that lies where it may not enter is put elsewhere with all
 * that it holds, and a link is left behind. The link stays, also when the way is open again: there is one place for the data, and it is known.
 */
export function reachableFolder(folder: string, elsewhere: Elsewhere): string {
  const { account, note } = elsewhere;
  endMove(folder);
  refuseLoss(folder);
  prepareFolder(folder, account);
  const data = () => (isLink(folder) ? realpathSync(folder) : folder);
  // A server that runs there has been let in.
  if (!postmasterOf(join(folder, 'data')) && !mayEnter(data(), account)) move(folder, elsewhere);
  if (account.name && isLink(folder))
    note(
      `PostgreSQL runs as ${account.name}: its data lie in ${data()}, where it can reach them, and ${folder} is a link to them.`,
    );
  return data();
}

const linkInTheMaking = (folder: string) => `${folder}.moving`;

/** The link is there before the data go, so that they are found wherever a death may fall. It gets its name when they have gone. */
function move(folder: string, elsewhere: Elsewhere): void {
  const from = realpathSync(folder);
  const to = join(folderElsewhere('clusters', folder, elsewhere), randomUUID());
  const link = linkInTheMaking(folder);
  symlinkSync(to, link);
  try {
    if (readdirSync(from).length > 0) renameSync(from, to);
    else makeInstead(from, to, elsewhere);
  } catch (error) {
    rmSync(link);
    throw new Error(
      `PostgreSQL runs as ${elsewhere.account.name}, who may not enter ${folder}, and its data could not be moved to ${to}: ` +
        `${(error as Error).message}. Open that folder and those above it (chmod o+x), or move it yourself and leave a link.`,
      { cause: error },
    );
  }
  renameSync(link, folder);
}

/** Nothing has to travel, which it could not from one disk to another. */
function makeInstead(from: string, to: string, { account }: Elsewhere): void {
  rmdirSync(from);
  mkdirSync(to, { mode: 0o700 });
  own(to, account);
}

/** What somebody who was killed has left to do, or to undo. */
function endMove(folder: string): void {
  const link = linkInTheMaking(folder);
  if (existsSync(link)) renameSync(link, folder);
  else if (isLink(link)) rmSync(link);
}

/** Who has data does not expect to begin with none. */
function refuseLoss(folder: string): void {
  if (isLink(folder) && !existsSync(folder))
    throw new Error(
      `The data of ${folder} lay in ${readlinkSync(folder)}, and are not there any more: bring them back, or remove that link to begin anew.`,
    );
}

function isLink(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink();
  } catch {
    return false;
  }
}
