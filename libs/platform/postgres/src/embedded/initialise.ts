import { existsSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import type { Binaries } from './binaries.ts';
import { lastLines, outputOf, run } from './program.ts';
import { type Account, own } from './unprivileged.ts';

/** Makes a data folder. It gets its name when it is complete, so that a death in the middle leaves nothing that looks like a cluster. */
export async function initialise(binaries: Binaries, account: Account, data: string, password: string): Promise<void> {
  const failure = (reason: string, cause?: unknown) =>
    new Error(`PostgreSQL could not make its data folder ${data}: ${reason}`, { cause });
  if (existsSync(data) && readdirSync(data).length > 0) throw failure('it holds something else');
  const [making, passwordFile] = [`${data}.making`, `${data}.password`];
  for (const rest of [making, passwordFile]) rmSync(rest, { recursive: true, force: true });
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
    await run(binaries.initdb, [`--pgdata=${making}`, '--no-instructions', ...flags], account);
    renameSync(making, data);
  } catch (error) {
    rmSync(making, { recursive: true, force: true });
    throw new Error(`PostgreSQL could not make its data folder ${data}: ${lastLines(outputOf(error))}`, {
      cause: error,
    });
  } finally {
    rmSync(passwordFile, { force: true });
  }
}
