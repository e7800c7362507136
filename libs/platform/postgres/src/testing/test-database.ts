import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startCluster } from '../embedded/cluster.ts';

/** An empty, separate database. */
export interface TestDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/** A database for one test file: on the server of TEST_DATABASE_URL, which the test run starts, or else on its own embedded server. */
export async function testDatabase(): Promise<TestDatabase> {
  const server = process.env['TEST_DATABASE_URL'];
  if (server) return createDatabase(server, async () => undefined);
  const folder = mkdtempSync(join(tmpdir(), 'sestante-test-'));
  const cluster = await startCluster({ folder, password: 'test' });
  return createDatabase(cluster.url, async () => {
    await cluster.stop();
    rmSync(folder, { recursive: true, force: true });
  });
}

async function createDatabase(server: string, dispose: () => Promise<void>): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await run(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    async drop() {
      await run(server, `drop database ${name} with (force)`);
      await dispose();
    },
  };
}

async function run(server: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  await client.query(sql);
  await client.end();
}
