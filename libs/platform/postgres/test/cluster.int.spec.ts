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

/** A folder that Postgres can get into, also where the tests run as root and Postgres as somebody else. */
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
const answers = async (cluster: Cluster) => expect(await query(cluster, 'select 1 as one')).toEqual([{ one: 1 }]);

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

  test('makes a folder that is its own, and a durable server on loopback that asks for the password', async () => {
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

  test('that was killed in the middle does not spoil the next one', async () => {
    const killed = spawn(process.execPath, [owner, folder, password], { detached: true, stdio: 'ignore' });
    await eventually(() => expect(globSync(join(folder, '*/PG_VERSION'))).toHaveLength(1));
    process.kill(-killed.pid!, 'SIGKILL');
    await once(killed, 'exit');
    cluster = await startCluster({ folder, password });
    await answers(cluster);
    expect(globSync(join(folder, 'data.*'))).toEqual([]);
  });
});

describe('a cluster that was made', () => {
  let folder: string;
  let cluster: Cluster;
  const others: ChildProcess[] = [];
  beforeAll(async () => {
    folder = aFolder();
    cluster = await startCluster({ folder, password });
  });
  beforeEach(() => cluster.revive());
  afterEach(() => {
    for (const other of others.splice(0)) other.kill('SIGKILL');
  });
  afterAll(async () => {
    await cluster.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const data = () => join(folder, 'data');
  const log = () => readFileSync(join(folder, 'postgres.log'), 'utf8');

  /** Kills the server as the kernel would, and waits until it is dead. */
  async function kill(): Promise<void> {
    process.kill(cluster.pid(), 'SIGKILL');
    await eventually(() => expect(postmasterOf(data())).toBeUndefined());
  }

  test('has what was there when it is started again', async () => {
    await query(cluster, `create table kept as select 'yes' as kept`);
    await cluster.stop();
    cluster = await startCluster({ folder, password });
    expect(await query(cluster, 'select kept from kept')).toEqual([{ kept: 'yes' }]);
  });

  test('is taken over as it runs, when its owner was killed', async () => {
    await cluster.stop();
    const killed = fork(owner, [folder, password]);
    const [{ url, pid }] = (await once(killed, 'message')) as [{ url: string; pid: number }];
    killed.kill('SIGKILL');
    await once(killed, 'exit');
    cluster = await startCluster({ folder, password });
    expect({ url: cluster.url, pid: cluster.pid() }).toEqual({ url, pid });
    await answers(cluster);
  });

  test('is not mistaken for another process that has got the number of the dead server', async () => {
    await kill();
    const pidFile = readFileSync(join(data(), 'postmaster.pid'), 'utf8');
    const other = spawn('sleep', ['300'], { stdio: 'ignore', ...unprivilegedAccount() });
    others.push(other);
    await once(other, 'spawn');
    writeFileSync(join(data(), 'postmaster.pid'), pidFile.replace(/^\d+/, String(other.pid)));
    cluster = await startCluster({ folder, password });
    expect(cluster.pid()).not.toBe(other.pid);
    await answers(cluster);
  });

  test('is revived on the same port, with every row that was acknowledged', async () => {
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

    await cluster.revive();
    expect([cluster.url, cluster.pid() === killed]).toEqual([url, false]);
    const rows = (await query(cluster, 'select number from acknowledged order by number')) as { number: number }[];
    expect(rows.map(({ number }) => number).slice(0, acknowledged.length)).toEqual(acknowledged);
  });

  test('is revived when the last child of the dead server has let go of the data, and not before', async () => {
    const client = await connected(cluster);
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    const { pid: child } = rows[0]!;
    process.kill(child, 'SIGSTOP');
    await kill();
    const revived = cluster.revive();
    await eventually(() => expect(log()).toContain('pre-existing shared memory block'));
    process.kill(child, 'SIGKILL');
    await revived;
    await answers(cluster);
  });

  test('is revived once, however many ask for it', async () => {
    await kill();
    await Promise.all([cluster.revive(), cluster.revive(), cluster.revive()]);
    await answers(cluster);
  });

  test('is left alone by a revival while it runs', async () => {
    const pid = cluster.pid();
    await cluster.revive();
    expect(cluster.pid()).toBe(pid);
  });

  test('stops although somebody is connected, and stops twice without complaint', async () => {
    await (await connected(cluster)).query('begin');
    await cluster.stop();
    await cluster.stop();
    expect(postmasterOf(data())).toBeUndefined();
  });

  test('that was killed is stopped already', async () => {
    await kill();
    await expect(cluster.stop()).resolves.toBeUndefined();
  });

  test('and whose data are broken says what the server says', async () => {
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

  test('because it is a file, or lies in one, is named', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    await expect(startCluster({ folder: file, password })).rejects.toThrow(
      `The data folder ${file} cannot be written:`,
    );
    await expect(startCluster({ folder: join(file, 'inside'), password })).rejects.toThrow(
      `The data folder ${file}/inside cannot be written:`,
    );
  });

  test('because something else lies where the data should is named, and left as it is', async () => {
    mkdirSync(join(folder, 'data'));
    writeFileSync(join(folder, 'data', 'diary.txt'), 'dear diary');
    await expect(startCluster({ folder, password })).rejects.toThrow(
      `PostgreSQL could not make its data folder ${folder}/data: it holds something else`,
    );
    expect(readFileSync(join(folder, 'data', 'diary.txt'), 'utf8')).toBe('dear diary');
  });
});
