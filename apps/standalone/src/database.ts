import { join, resolve } from 'node:path';
import { type Cluster, reasonOf, startCluster } from '@sestante/postgres';
import type { Config } from '@sestante/runtime';
import { Client } from 'pg';

/** The Postgres that the process works on. */
export interface Database {
  readonly url: string;
  close(): Promise<void>;
}

const superviseEveryMs = 1_000;

/** The server of DATABASE_URL, or the embedded one, which is kept running for as long as the process lives. */
export async function openDatabase(config: Config, password: string): Promise<Database> {
  if (config.DATABASE_URL) return { url: config.DATABASE_URL, close: async () => undefined };
  const folder = join(resolve(config.SESTANTE_DATA), 'postgres');
  const note = (sentence: string) => void process.stdout.write(`sestante: ${sentence}\n`);
  const cluster = await startCluster({ folder, password, onNotice: note });
  const owner = await ownAlone(cluster, config.SESTANTE_DATA).catch(async (error: unknown) => {
    // One that ran before may be somebody else's.
    if (!cluster.wasRunning) await cluster.stop();
    throw error;
  });
  const trouble = sayingOnce();
  const supervision = setInterval(() => void cluster.restart().catch(trouble), superviseEveryMs);
  return {
    url: cluster.url,
    async close() {
      clearInterval(supervision);
      await owner.end().catch(() => undefined);
      await cluster.stop();
    },
  };
}

/** A lock that ends with the process, however it ends: two of them on one folder would stop each other's server. */
async function ownAlone(cluster: Cluster, folder: string): Promise<Client> {
  const client = new Client({ connectionString: cluster.url, application_name: 'sestante-owner' });
  client.on('error', () => undefined);
  await client.connect().catch((error: unknown) => {
    const isRefused = (error as { code?: unknown }).code === '28P01';
    throw isRefused ? new Error(`keys.json in ${folder} does not hold the password of its database.`) : error;
  });
  const { rows } = await client.query<{ owned: boolean }>(
    `select pg_try_advisory_lock(hashtext('sestante.owner')) as owned`,
  );
  if (rows[0]?.owned) return client;
  await client.end();
  throw new Error(
    `Another Sestante works in the data folder ${folder}: stop it, or set SESTANTE_DATA to another folder.`,
  );
}

/** Says why the server cannot be started again, once for each reason: it is tried every second. */
function sayingOnce(): (error: unknown) => void {
  let said: string | undefined;
  return (error) => {
    const reason = reasonOf(error);
    if (reason !== said) process.stderr.write(`sestante: ${reason}\n`);
    said = reason;
  };
}
