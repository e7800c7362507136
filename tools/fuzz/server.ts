import { topics } from '@sestante/contracts';
import { testDatabase } from '@sestante/postgres/testing';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

const program = join(import.meta.dirname, '../../apps/ingest/dist/main.js');
const startTimeoutMs = 20_000;

/** A built ingest with its own database. */
export interface Server {
  readonly url: string;
  readonly writeKey: string;
  readonly apiKey: string;
  /** The number of events in its stream. */
  countAccepted(): Promise<number>;
  /** The stored rejected events. */
  listRejected(): Promise<readonly { readonly source: string; readonly messageId: string | null }[]>;
  /** The last 4,000 characters of its output. */
  log(): string;
  stop(): Promise<void>;
}

export async function startServer(): Promise<Server> {
  const database = await testDatabase();
  const keys = { SESTANTE_WRITE_KEY: 'write-key-of-the-fuzzer', SESTANTE_API_KEY: 'api-key-of-the-fuzzer' };
  const port = await freePort();
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, [program], {
    env: { PATH, HOME, ...keys, PORT: String(port), DATABASE_URL: database.url, LOG_LEVEL: 'warn' },
  });
  const ended = once(child, 'exit');
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output = (output + chunk.toString()).slice(-4_000)));
  const url = `http://127.0.0.1:${port}`;
  await untilReady(`${url}/health/ready`, () => output);
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  return {
    url,
    writeKey: keys.SESTANTE_WRITE_KEY,
    apiKey: keys.SESTANTE_API_KEY,
    log: () => output,
    async countAccepted() {
      const sql = 'select coalesce(sum(count), 0)::int as count from stream.record_batch where topic = $1';
      const { rows } = await client.query<{ count: number }>(sql, [topics.activities.name]);
      return rows[0]!.count;
    },
    async listRejected() {
      const sql =
        'select s.name as source, message_id as "messageId" from ingest.rejected r join ingest.source s on s.id = source_id';
      return (await client.query<{ source: string; messageId: string | null }>(sql)).rows;
    },
    async stop() {
      child.kill('SIGTERM');
      await ended;
      await client.end();
      await database.drop();
    },
  };
}

async function untilReady(url: string, output: () => string): Promise<void> {
  const deadline = Date.now() + startTimeoutMs;
  const isReady = () =>
    fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
  while (!(await isReady())) {
    if (Date.now() > deadline) throw new Error(`The service is not ready within 20 s. Its output: ${output()}`);
    await sleep(30);
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as { port: number };
  probe.close();
  await once(probe, 'close');
  return port;
}
