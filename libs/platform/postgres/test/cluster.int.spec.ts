import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { postmasterOf } from '../src/embedded/postmaster.ts';
import { unprivilegedAccount } from '../src/embedded/unprivileged.ts';
import { type Cluster, startCluster } from '../src/index.ts';
import { eventually } from './eventually.ts';

jest.setTimeout(60_000);

const password = 'a password with spaces, "quotes" and ünïcode';
const owner = join(import.meta.dirname, 'owner.ts');

/** A folder to which Postgres has access, also if the tests run as root and Postgres as another user. */
function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sestante-cluster-'));
  chmodSync(folder, 0o711);
  return folder;
}

async function connected(cluster: Cluster): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: cluster.url });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

async function query(cluster: Cluster, sql: string): Promise<readonly object[]> {
  const client = await connected(cluster);
  const { rows } = await client.query<object>(sql);
  await client.end();
  return rows;
}
const expectAnswer = async (cluster: Cluster) => expect(await query(cluster, 'select 1 as one')).toEqual([{ one: 1 }]);

describe('the first start', () => {
  let folder: string;
  let cluster: Cluster | undefined;
  beforeEach(() => {
    folder = aFolder();
  });
  afterEach(async () => {
    await cluster?.stop();
    cluster = undefined;
    rmSync(folder, { recursive: true, force: true });
  });

  test('creates a private folder and a durable server on loopback that requires the password', async () => {
    cluster = await startCluster({ folder: join(folder, 'deep', 'inside'), password });
    const [settings] = await query(
      cluster,
      `select current_user as user, current_setting('server_encoding') as encoding, current_setting('listen_addresses') as listens,
              current_setting('fsync') as fsync, current_setting('synchronous_commit') as synchronous`,
    );
    expect(settings).toEqual({
      user: 'sestante',
      encoding: 'UTF8',
      listens: '127.0.0.1',
      fsync: 'on',
      synchronous: 'on',
    });
    expect(statSync(join(folder, 'deep/inside/data')).mode & 0o777).toBe(0o700);

    const stranger = new pg.Client({ connectionString: cluster.url.replace(/:[^:@]*@/, ':wrong@') });
    await expect(stranger.connect()).rejects.toMatchObject({ code: '28P01' });
    const texts = globSync(join(folder, '**/*'), { withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.parentPath.includes('/base'))
      .map((entry) => readFileSync(join(entry.parentPath, entry.name)));
    expect(texts.filter((text) => text.includes(password))).toEqual([]);
  });

  test('can be repeated after it was killed', async () => {
    const killed = spawn(process.execPath, [owner, folder, password], { detached: true, stdio: 'ignore' });
    await eventually(() => expect(globSync(join(folder, '*/PG_VERSION'))).toHaveLength(1));
    process.kill(-killed.pid!, 'SIGKILL');
    await once(killed, 'exit');
    cluster = await startCluster({ folder, password });
    await expectAnswer(cluster);
    expect(globSync(join(folder, 'data.*'))).toEqual([]);
  });
});

describe('an existing cluster', () => {
  let folder: string;
  let cluster: Cluster;
  const others: ChildProcess[] = [];
  beforeAll(async () => {
    folder = aFolder();
    cluster = await startCluster({ folder, password });
  });
  beforeEach(() => cluster.restart());
  afterEach(() => {
    for (const other of others.splice(0)) other.kill('SIGKILL');
  });
  afterAll(async () => {
    await cluster.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const data = () => join(folder, 'data');
  const log = () => readFileSync(join(folder, 'postgres.log'), 'utf8');

  /** Kills the server with SIGKILL and waits until it has ended. */
  async function kill(): Promise<void> {
    process.kill(cluster.pid(), 'SIGKILL');
    await eventually(() => expect(postmasterOf(data())).toBeUndefined());
  }

  test('keeps its data when it is started again', async () => {
    await query(cluster, `create table kept as select 'yes' as kept`);
    await cluster.stop();
    cluster = await startCluster({ folder, password });
    expect(await query(cluster, 'select kept from kept')).toEqual([{ kept: 'yes' }]);
  });

  test('continues to run and is used by the next owner when its owner was killed', async () => {
    await cluster.stop();
    const killed = fork(owner, [folder, password]);
    const [{ url, pid }] = (await once(killed, 'message')) as [{ url: string; pid: number }];
    killed.kill('SIGKILL');
    await once(killed, 'exit');
    cluster = await startCluster({ folder, password });
    expect({ url: cluster.url, pid: cluster.pid() }).toEqual({ url, pid });
    await expectAnswer(cluster);
  });

  test('is not confused with another process that has the process id of the dead server', async () => {
    await kill();
    const pidFile = readFileSync(join(data(), 'postmaster.pid'), 'utf8');
    const other = spawn('sleep', ['300'], { stdio: 'ignore', ...unprivilegedAccount() });
    others.push(other);
    await once(other, 'spawn');
    writeFileSync(join(data(), 'postmaster.pid'), pidFile.replace(/^\d+/, String(other.pid)));
    cluster = await startCluster({ folder, password });
    expect(cluster.pid()).not.toBe(other.pid);
    await expectAnswer(cluster);
  });

  test('restarts on the same port with every acknowledged row', async () => {
    await query(cluster, 'create table acknowledged (number int)');
    const client = await connected(cluster);
    const acknowledged: number[] = [];
    const writing = (async () => {
      for (let number = 0; ; number++) {
        await client.query('insert into acknowledged values ($1)', [number]);
        acknowledged.push(number);
      }
    })().catch(() => undefined);
    await eventually(() => expect(acknowledged.length).toBeGreaterThan(20));
    const { url } = cluster;
    const killed = cluster.pid();
    await kill();
    await writing;

    await cluster.restart();
    expect([cluster.url, cluster.pid() === killed]).toEqual([url, false]);
    const rows = (await query(cluster, 'select number from acknowledged order by number')) as { number: number }[];
    expect(rows.map(({ number }) => number).slice(0, acknowledged.length)).toEqual(acknowledged);
  });

  test('restarts only after the last child process of the dead server has ended', async () => {
    const client = await connected(cluster);
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    const { pid: child } = rows[0]!;
    process.kill(child, 'SIGSTOP');
    await kill();
    const restarted = cluster.restart();
    await eventually(() => expect(log()).toContain('pre-existing shared memory block'));
    process.kill(child, 'SIGKILL');
    await restarted;
    await expectAnswer(cluster);
  });

  test('restarts once for several calls', async () => {
    await kill();
    await Promise.all([cluster.restart(), cluster.restart(), cluster.restart()]);
    await expectAnswer(cluster);
  });

  test('is not restarted while it runs', async () => {
    const pid = cluster.pid();
    await cluster.restart();
    expect(cluster.pid()).toBe(pid);
  });

  test('stops with open connections, and can be stopped twice', async () => {
    await (await connected(cluster)).query('begin');
    await cluster.stop();
    await cluster.stop();
    expect(postmasterOf(data())).toBeUndefined();
  });

  test('can be stopped after it was killed', async () => {
    await kill();
    await expect(cluster.stop()).resolves.toBeUndefined();
  });

  test('with corrupt data rejects with the output of the server', async () => {
    await cluster.stop();
    const version = readFileSync(join(data(), 'PG_VERSION'), 'utf8');
    writeFileSync(join(data(), 'PG_VERSION'), '9.6\n');
    await expect(startCluster({ folder, password })).rejects.toThrow(/^PostgreSQL did not start: .*9\.6/);
    writeFileSync(join(data(), 'PG_VERSION'), version);
  });
});

describe('a folder that cannot be used', () => {
  let folder: string;
  beforeEach(() => {
    folder = aFolder();
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test('because it is a file, or is inside a file, is named', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    await expect(startCluster({ folder: file, password })).rejects.toThrow(
      `The data folder ${file} cannot be written:`,
    );
    await expect(startCluster({ folder: join(file, 'inside'), password })).rejects.toThrow(
      `The data folder ${file}/inside cannot be written:`,
    );
  });

  test('because it contains other files is named and not changed', async () => {
    mkdirSync(join(folder, 'data'));
    writeFileSync(join(folder, 'data', 'diary.txt'), 'dear diary');
    await expect(startCluster({ folder, password })).rejects.toThrow(
      `PostgreSQL could not create its data folder ${folder}/data: it contains other files`,
    );
    expect(readFileSync(join(folder, 'data', 'diary.txt'), 'utf8')).toBe('dear diary');
  });
});
