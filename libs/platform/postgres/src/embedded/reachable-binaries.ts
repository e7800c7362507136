import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import type { Binaries } from './binaries.ts';
import { type Elsewhere, folderElsewhere } from './place.ts';
import { run } from './program.ts';
import type { Account } from './unprivileged.ts';

/** The programs as the account can run them: where npm has put them, or else a copy. */
export async function reachableBinaries(binaries: Binaries, elsewhere: Elsewhere): Promise<Binaries> {
  const { account, note } = elsewhere;
  if (await mayRun(binaries.postgres, account)) return binaries;
  const native = dirname(dirname(binaries.postgres));
  const copy = join(folderElsewhere('programs', native, elsewhere), nameOf(dirname(native)));
  if (!existsSync(copy)) {
    await copyAll(native, copy);
    note(`PostgreSQL runs as ${account.name}: its programs were copied to ${copy}, where it can reach them.`);
  }
  const inCopy = (program: string) => join(copy, relative(native, program));
  const { initdb, pg_ctl, postgres } = binaries;
  return { initdb: inCopy(initdb), pg_ctl: inCopy(pg_ctl), postgres: inCopy(postgres) };
}

/** Other failures than that of permission would befall a copy too: whoever really starts the program reports them. */
async function mayRun(program: string, account: Account): Promise<boolean> {
  if (account.uid === undefined) return true;
  return run(program, ['--version'], account).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code !== 'EACCES',
  );
}

/** Such as `linux-x64-18.4.0`: another version of the package is another copy. */
function nameOf(packageFolder: string): string {
  const { name, version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as Record<
    string,
    string
  >;
  return `${basename(name!)}-${version}`;
}

/** It gets its name when it is complete and on the disk: by the name alone it is taken for good. */
async function copyAll(from: string, to: string): Promise<void> {
  const making = mkdtempSync(`${to}.`);
  try {
    cpSync(from, making, { recursive: true, verbatimSymlinks: true });
    openAll(making);
    await run('sync', []).catch(() => undefined);
    renameSync(making, to);
  } catch (error) {
    // Another one may have been faster.
    if (!existsSync(to)) throw error;
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
}

/** Everybody may read, and nobody but root write, whatever the checkout allows. */
function openAll(folder: string): void {
  const inside = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path));
  for (const path of [folder, ...inside]) {
    const found = lstatSync(path);
    if (!found.isSymbolicLink()) chmodSync(path, (found.mode & 0o100) !== 0 ? 0o755 : 0o644);
  }
}
