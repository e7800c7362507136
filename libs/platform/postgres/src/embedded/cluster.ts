import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { findBinaries } from './binaries.ts';
import { initialise } from './initialise.ts';
import { type Elsewhere, placesOfRoot } from './place.ts';
import { type Postmaster, postmasterOf } from './postmaster.ts';
import { reachableBinaries } from './reachable-binaries.ts';
import { reachableFolder } from './reachable-folder.ts';
import { start } from './start.ts';
import { stop } from './stop.ts';
import { unprivilegedAccount } from './unprivileged.ts';

export interface ClusterOptions {
  /** Where the data lie; made if missing. */
  readonly folder: string;
  /** Password of the one user, `sestante`. Fixed when the folder is made. */
  readonly password: string;
  /** Is told in a sentence what lies elsewhere than where it was asked for, because the server cannot reach it there. */
  readonly note?: Elsewhere['note'];
  /** Where that may be put. */
  readonly places?: Elsewhere['places'];
}

export interface Cluster {
  /** postgres://… of the database `postgres`; its host may be the folder of a socket. */
  readonly url: string;
  /** Where the data really lie. */
  readonly folder: string;
  /** Whether the server ran already. */
  readonly ranBefore: boolean;
  /** The server's process. */
  pid(): number;
  /** Starts the server again, on the same port, if it has ended. */
  revive(): Promise<void>;
  /** Ends the server after its open transactions are rolled back. */
  stop(): Promise<void>;
}

/**
 * Starts PostgreSQL on the folder, makes the folder on the first start, and takes over a server that still runs on it
 * because its last owner was killed.
 */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const { password, note = () => undefined, places = placesOfRoot } = options;
  const account = unprivilegedAccount();
  const folder = reachableFolder(options.folder, { account, places, note });
  const binaries = await reachableBinaries(await findBinaries(), { account, places, note });
  const data = join(folder, 'data');
  if (!existsSync(join(data, 'PG_VERSION'))) await initialise(binaries, account, data, password);
  const ranBefore = postmasterOf(data) !== undefined;
  if (!ranBefore) await start(binaries, account, { folder, port: await freePort() });
  let postmaster = postmasterOf(data)!;
  let reviving: Promise<void> | undefined;
  const { port } = postmaster;
  const revive = async () => {
    if (!postmasterOf(data)) await start(binaries, account, { folder, port });
    postmaster = postmasterOf(data) ?? postmaster;
  };
  return {
    url: `postgres://sestante:${encodeURIComponent(password)}@${hostOf(postmaster)}:${port}/postgres`,
    folder,
    ranBefore,
    pid: () => postmaster.pid,
    revive() {
      reviving ??= revive().finally(() => {
        reviving = undefined;
      });
      return reviving;
    },
    async stop() {
      await reviving?.catch(() => undefined);
      await stop(binaries, account, data);
    },
  };
}

/** The socket where there is one. */
function hostOf({ socketFolder }: Postmaster): string {
  return socketFolder === undefined ? '127.0.0.1' : encodeURIComponent(socketFolder);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}
