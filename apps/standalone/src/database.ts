import { join, resolve } from 'node:path';
import { type Cluster, reasonOf, startCluster } from '@sestante/postgres';
import type { Config } from '@sestante/runtime';
import { Client } from 'pg';

/** The Postgres server of the process. */
export interface Database {
  readonly url: string;
  close(): Promise<void>;
}

const supervisionIntervalMs = 1_000;

/** The server of DATABASE_URL, or the embedded one. The embedded one is restarted if it ends before the process does. */
export async function openDatabase(config: Config, password: string): Promise<Database> {
  if (config.DATABASE_URL) return { url: config.DATABASE_URL, close: async () => undefined };
  const folder = join(resolve(config.SESTANTE_DATA), 'postgres');
  const note = (sentence: string) => void process.stdout.write(`sestante: ${sentence}\n`);
  const cluster = await startCluster({ folder, password, onNotice: note });
  const lock = await lockCluster(cluster, config.SESTANTE_DATA).catch(async (error: unknown) => {
    // A server that was already running may belong to another process.
    if (!cluster.wasRunning) await cluster.stop();
    throw error;
  });
  const onError = logOncePerReason();
  const supervision = setInterval(() => void cluster.restart().catch(onError), supervisionIntervalMs);
  return {
    url: cluster.url,
    async close() {
      clearInterval(supervision);
      await lock.end().catch(() => undefined);
      await cluster.stop();
    },
  };
}

/** Takes a lock that ends with the process, also after a crash: two processes on one folder would stop each other's server. Resolves to its connection. */
async function lockCluster(cluster: Cluster, folder: string): Promise<Client> {
  const client = new Client({ connectionString: cluster.url, application_name: 'sestante-owner' });
  client.on('error', () => undefined);
  await client.connect().catch((error: unknown) => {
    const isRefused = (error as { code?: unknown }).code === '28P01';
    throw isRefused ? new Error(`The database password in keys.json of ${folder} is wrong: restore the file.`) : error;
  });
  const { rows } = await client.query<{ owned: boolean }>(
    `select pg_try_advisory_lock(hashtext('sestante.owner')) as owned`,
  );
  if (rows[0]?.owned) return client;
  await client.end();
  throw new Error(`Another Sestante uses the data folder ${folder}: stop it, or set SESTANTE_DATA to another folder.`);
}

/** Prints why the server cannot be restarted. Prints a repeated reason once, because the restart is tried every second. */
function logOncePerReason(): (error: unknown) => void {
  let lastReason: string | undefined;
  return (error) => {
    const reason = reasonOf(error);
    if (reason !== lastReason) process.stderr.write(`sestante: ${reason}\n`);
    lastReason = reason;
  };
}
