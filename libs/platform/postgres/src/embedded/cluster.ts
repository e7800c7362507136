import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { findBinaries } from './binaries.ts';
import { initialise } from './initialise.ts';
import { type Fallback, defaultFallbackFolders } from './fallback-folder.ts';
import { type Postmaster, postmasterOf } from './postmaster.ts';
import { reachableBinaries } from './reachable-binaries.ts';
import { reachableFolder } from './reachable-folder.ts';
import { start } from './start.ts';
import { stop } from './stop.ts';
import { unprivilegedAccount } from './unprivileged.ts';

export interface ClusterOptions {
  /** The folder of the data; created if missing. */
  readonly folder: string;
  /** The password of the only user, `sestante`. Fixed when the folder is created. */
  readonly password: string;
  /** Called with a sentence about files that were put into another folder, because the server cannot reach the requested one. */
  readonly onNotice?: Fallback['onNotice'];
  /** The parent folders for such files. */
  readonly fallbackFolders?: Fallback['fallbackFolders'];
}

export interface Cluster {
  /** postgres://… of the database `postgres`; its host may be the folder of a socket. */
  readonly url: string;
  /** The folder in which the data is stored. */
  readonly folder: string;
  /** Whether the server was already running. */
  readonly wasRunning: boolean;
  /** The process id of the server. */
  pid(): number;
  /** Starts the server on the same port if it has ended. */
  restart(): Promise<void>;
  /** Ends the server after its open transactions are rolled back. */
  stop(): Promise<void>;
}

/**
 * Starts PostgreSQL on the folder. Creates the folder on the first start. Uses a server that is still running on it because its
 * previous owner was killed.
 */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const { password, onNotice = () => undefined, fallbackFolders = defaultFallbackFolders } = options;
  const account = unprivilegedAccount();
  const folder = reachableFolder(options.folder, { account, fallbackFolders, onNotice });
  const binaries = await reachableBinaries(await findBinaries(), { account, fallbackFolders, onNotice });
  const data = join(folder, 'data');
  if (!existsSync(join(data, 'PG_VERSION'))) await initialise(binaries, account, data, password);
  const wasRunning = postmasterOf(data) !== undefined;
  if (!wasRunning) await start(binaries, account, { folder, port: await freePort() });
  let postmaster = postmasterOf(data)!;
  let restarting: Promise<void> | undefined;
  const { port } = postmaster;
  const restart = async () => {
    if (!postmasterOf(data)) await start(binaries, account, { folder, port });
    postmaster = postmasterOf(data) ?? postmaster;
  };
  return {
    url: `postgres://sestante:${encodeURIComponent(password)}@${hostOf(postmaster)}:${port}/postgres`,
    folder,
    wasRunning,
    pid: () => postmaster.pid,
    restart() {
      restarting ??= restart().finally(() => {
        restarting = undefined;
      });
      return restarting;
    },
    async stop() {
      await restarting?.catch(() => undefined);
      await stop(binaries, account, data);
    },
  };
}

/** The folder of the socket if there is one, otherwise the loopback address. */
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
