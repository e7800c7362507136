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
import { type Fallback, fallbackFolder } from './fallback-folder.ts';
import { run } from './program.ts';
import type { Account } from './unprivileged.ts';

/** Programs that the account can run: those of npm, or a copy of them. */
export async function reachableBinaries(binaries: Binaries, fallback: Fallback): Promise<Binaries> {
  const { account, onNotice } = fallback;
  if (await canRun(binaries.postgres, account)) return binaries;
  const native = dirname(dirname(binaries.postgres));
  const copy = join(fallbackFolder('programs', native, fallback), nameOf(dirname(native)));
  if (!existsSync(copy)) {
    await copyAll(native, copy);
    onNotice(`PostgreSQL runs as ${account.name}: its programs were copied to ${copy}, to which it has access.`);
  }
  const inCopy = (program: string) => join(copy, relative(native, program));
  const { initdb, pg_ctl, postgres } = binaries;
  return { initdb: inCopy(initdb), pg_ctl: inCopy(pg_ctl), postgres: inCopy(postgres) };
}

/** Only a permission error counts. A copy would have any other failure, too, and the start of the server reports it. */
async function canRun(program: string, account: Account): Promise<boolean> {
  if (account.uid === undefined) return true;
  return run(program, ['--version'], account).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code !== 'EACCES',
  );
}

/** The package with its version, such as `linux-x64-18.4.0`: each version has its own copy. */
function nameOf(packageFolder: string): string {
  const { name, version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as Record<
    string,
    string
  >;
  return `${basename(name!)}-${version}`;
}

/** Copies to a temporary name and renames when the copy is complete and on disk: an existing copy is trusted. */
async function copyAll(from: string, to: string): Promise<void> {
  const temporary = mkdtempSync(`${to}.`);
  try {
    cpSync(from, temporary, { recursive: true, verbatimSymlinks: true });
    openAll(temporary);
    await run('sync', []).catch(() => undefined);
    renameSync(temporary, to);
  } catch (error) {
    // Another process may have created the copy.
    if (!existsSync(to)) throw error;
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** Makes everything readable for everybody and writable only for root, whatever the modes of the installation. */
function openAll(folder: string): void {
  const inside = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path));
  for (const path of [folder, ...inside]) {
    const found = lstatSync(path);
    if (!found.isSymbolicLink()) chmodSync(path, (found.mode & 0o100) !== 0 ? 0o755 : 0o644);
  }
}
