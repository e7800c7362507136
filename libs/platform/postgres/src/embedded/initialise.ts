import { existsSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import type { Binaries } from './binaries.ts';
import { lastLines, outputOf, run } from './program.ts';
import { type Account, own } from './unprivileged.ts';

/** Creates a data folder under a temporary name and renames it when it is complete. A crash leaves no incomplete cluster. */
export async function initialise(binaries: Binaries, account: Account, data: string, password: string): Promise<void> {
  const failure = (reason: string, cause?: unknown) =>
    new Error(`PostgreSQL could not create its data folder ${data}: ${reason}`, { cause });
  if (existsSync(data) && readdirSync(data).length > 0) throw failure('it contains other files');
  const [temporary, passwordFile] = [`${data}.temporary`, `${data}.password`];
  for (const rest of [temporary, passwordFile]) rmSync(rest, { recursive: true, force: true });
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  own(passwordFile, account);
  const flags = [
    '--username=sestante',
    '--auth=scram-sha-256',
    `--pwfile=${passwordFile}`,
    '--encoding=UTF8',
    '--locale=C',
  ];
  try {
    await run(binaries.initdb, [`--pgdata=${temporary}`, '--no-instructions', ...flags], account);
    renameSync(temporary, data);
  } catch (error) {
    rmSync(temporary, { recursive: true, force: true });
    throw new Error(`PostgreSQL could not create its data folder ${data}: ${lastLines(outputOf(error))}`, {
      cause: error,
    });
  } finally {
    rmSync(passwordFile, { force: true });
  }
}
