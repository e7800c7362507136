import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Context } from '../benchmark.ts';
import { type Part, processes } from '../measure/stopwatch.ts';
import { freePort, startNode, untilReady } from './child.ts';
import { makeFolder } from './folder.ts';
import { owned, type Owned } from './cleanup.ts';
import { postmasterOf, stopPostmaster } from './postmaster.ts';

export interface Server {
  readonly port: number;
  readonly pid: number;
  readonly writeKey: string;
  readonly apiKey: string;
  /** The server and its Postgres. */
  readonly parts: readonly Part[];
  /** The time from the start of the process until it is ready. */
  readonly startSeconds: number;
}

export interface ServerOptions {
  /** The data folder. If absent, a temporary one is created and removed with the server. */
  readonly folder?: string;
  /** The data folder of which the temporary one is a copy. */
  readonly copyOf?: string;
  readonly brokers?: readonly string[];
}

const key = () => randomBytes(18).toString('base64url');

/** The standalone process as users start it, with its embedded Postgres. */
export async function startStandalone(context: Context, options: ServerOptions = {}): Promise<Server & Owned> {
  const data = await dataFolder(options);
  const keys = { SESTANTE_WRITE_KEY: key(), SESTANTE_API_KEY: key() };
  const kafka = options.brokers ? { KAFKA_BROKERS: options.brokers.join() } : undefined;
  const app = await startApp(context, 'standalone', { SESTANTE_DATA: data.path, ...keys, ...kafka });
  const parts = [processes('server', app.pid), processes('Postgres', postmasterOf(join(data.path, 'postgres'))!)];
  const { close, ...rest } = app;
  return owned({ ...rest, parts }, async () => {
    await close();
    await data.close();
  });
}

/** The data folder of the server. Closing it stops its Postgres and removes a temporary folder. */
async function dataFolder({ folder, copyOf }: ServerOptions): Promise<{ readonly path: string } & Owned> {
  const made = folder === undefined ? await makeFolder(copyOf) : undefined;
  const path = folder ?? made!.path;
  return owned({ path }, async () => {
    await stopPostmaster(join(path, 'postgres'));
    await made?.close();
  });
}

/** The ingest service alone, on a running Postgres. */
export function startIngest(
  context: Context,
  databaseUrl: string,
  brokers?: readonly string[],
): Promise<Omit<Server, 'parts'> & Owned> {
  const keys = { SESTANTE_WRITE_KEY: key(), SESTANTE_API_KEY: key() };
  const stream = brokers ? { KAFKA_BROKERS: brokers.join() } : {};
  return startApp(context, 'ingest', { DATABASE_URL: databaseUrl, ...stream, ...keys });
}

type Environment = Readonly<Record<string, string>> & {
  readonly SESTANTE_WRITE_KEY: string;
  readonly SESTANTE_API_KEY: string;
};

/** The same flags as in the image of `docker/`. */
const flags = {
  standalone: ['--min-semi-space-size=32', '--max-semi-space-size=32'],
  ingest: ['--min-semi-space-size=16', '--max-semi-space-size=16', '--max-old-space-size=1024'],
};
const memory = { MALLOC_MMAP_THRESHOLD_: '65536', MALLOC_TRIM_THRESHOLD_: '131072' };

async function startApp(
  { profiles }: Context,
  name: 'standalone' | 'ingest',
  environment: Environment,
): Promise<Omit<Server, 'parts'> & Owned> {
  const port = await freePort();
  const profiling = profiles === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profiles}`];
  const main = join(import.meta.dirname, `../../apps/${name}/dist/main.js`);
  const started = performance.now();
  const child = startNode([...flags[name], ...profiling, main], {
    ...memory,
    ...environment,
    PORT: String(port),
    LOG_LEVEL: 'warn',
  });
  const app = owned({ port, pid: child.pid }, () => child.stop());
  await untilReady(child, `http://127.0.0.1:${port}/health/ready`);
  return {
    ...app,
    writeKey: environment.SESTANTE_WRITE_KEY,
    apiKey: environment.SESTANTE_API_KEY,
    startSeconds: (performance.now() - started) / 1_000,
  };
}
