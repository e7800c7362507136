import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { chmodSync, chownSync, cpSync, globSync, lstatSync, mkdirSync, mkdtempSync } from 'node:fs';
import { readlinkSync, realpathSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { findBinaries } from '../src/embedded/binaries.ts';
import { reachableBinaries } from '../src/embedded/reachable-binaries.ts';
import { postmasterOf } from '../src/embedded/postmaster.ts';
import { run } from '../src/embedded/program.ts';
import { stop } from '../src/embedded/stop.ts';
import { unprivilegedAccount } from '../src/embedded/unprivileged.ts';
import { type Cluster, startCluster } from '../src/index.ts';

jest.setTimeout(60_000);

const password = 'password of the tests';

/** Only root starts the server as another user, which has no access to a closed folder. */
(process.getuid?.() === 0 ? describe : describe.skip)('as root, behind a closed folder', () => {
  const account = unprivilegedAccount();
  let base: string;
  let closed: string;
  let fallbackFolders: string[];
  let cluster: Cluster | undefined;
  let notes: string[];
  beforeEach(() => {
    base = mkdtempSync(join(tmpdir(), 'sestante-closed-'));
    chmodSync(base, 0o711);
    closed = join(base, 'closed');
    mkdirSync(closed, { mode: 0o700 });
    fallbackFolders = [join(base, 'place')];
    notes = [];
  });
  afterEach(async () => {
    await cluster?.stop();
    cluster = undefined;
    rmSync(base, { recursive: true });
  });

  const folder = () => join(closed, 'data folder', 'postgres');
  const start = async () => (cluster = await startCluster({ folder: folder(), password, fallbackFolders, onNotice }));
  const onNotice = (sentence: string) => notes.push(sentence);
  async function query(sql: string): Promise<readonly object[]> {
    const client = new pg.Client({ connectionString: cluster!.url });
    await client.connect();
    const { rows } = await client.query<object>(sql).finally(() => client.end());
    return rows;
  }

  describe('the data', () => {
    test('is moved to where the server has access, with a notice, and is found there again', async () => {
      await start();
      await query(`create table kept as select 'yes' as kept`);
      await cluster!.stop();
      const { folder: there } = await start();
      expect(await query('select kept from kept')).toEqual([{ kept: 'yes' }]);

      expect(dirname(there)).toBe(join(fallbackFolders[0]!, 'clusters'));
      expect([readlinkSync(folder()), statSync(there).uid, statSync(there).mode & 0o777]).toEqual([
        there,
        account.uid,
        0o700,
      ]);
      const sentence = `PostgreSQL runs as ${account.name}: its data is in ${there}, to which it has access, and ${folder()} is a link to it.`;
      expect(notes.filter((notice) => notice.includes('data'))).toEqual([sentence, sentence]);
    });

    test('stays where it is on a restart', async () => {
      const { restart, pid } = await start();
      process.kill(pid(), 'SIGKILL');
      await new Promise((resolve) => setTimeout(resolve, 200));
      await restart();
      expect(await query('select 1 as one')).toEqual([{ one: 1 }]);
    });

    test('is separate for each folder', async () => {
      const first = (await start()).folder;
      const other = await startCluster({ folder: join(closed, 'other'), password, fallbackFolders });
      expect(other.folder).not.toBe(first);
      await other.stop();
    });

    test('is moved when the folder is closed after the first start, and stays when it is opened again', async () => {
      chmodSync(closed, 0o711);
      expect((await start()).folder).toBe(folder());
      await query(`create table kept as select 'yes' as kept`);
      await cluster!.stop();
      for (const mode of [0o700, 0o711]) {
        chmodSync(closed, mode);
        expect(dirname((await start()).folder)).toBe(join(fallbackFolders[0]!, 'clusters'));
        expect(await query('select kept from kept')).toEqual([{ kept: 'yes' }]);
        await cluster!.stop();
      }
    });

    test('is not moved while its server runs', async () => {
      chmodSync(closed, 0o711);
      const { pid } = await start();
      chmodSync(closed, 0o700);
      expect((await start()).pid()).toBe(pid());
      expect(await query('select 1 as one')).toEqual([{ one: 1 }]);
    });

    test('is found when the moving process was killed before it renamed the link', async () => {
      const { folder: there } = await start();
      await query(`create table kept as select 'yes' as kept`);
      await cluster!.stop();
      renameSync(folder(), `${folder()}.moving`);
      expect((await start()).folder).toBe(there);
      expect(await query('select kept from kept')).toEqual([{ kept: 'yes' }]);
    });

    test('is moved by the next process when the moving process was killed before the move', async () => {
      mkdirSync(folder(), { recursive: true });
      symlinkSync(join(base, 'nothing'), `${folder()}.moving`);
      await start();
      expect(lstatSync(folder()).isSymbolicLink()).toBe(true);
    });

    test('is not replaced by an empty database if it is missing', async () => {
      const { folder: there } = await start();
      await cluster!.stop();
      renameSync(there, join(base, 'backup'));
      await expect(start()).rejects.toThrow(
        `The data of ${folder()} was in ${there} and is missing. Restore it, or remove the link to start with an empty database.`,
      );
    });
  });

  describe('the fallback folder', () => {
    test('is the first one that is writable only for root', async () => {
      const [open, foreign, missing] = ['open', 'foreign', 'missing/inside'].map((name) => join(base, name));
      mkdirSync(open!);
      chmodSync(open!, 0o777);
      mkdirSync(foreign!);
      chownSync(foreign!, account.uid!, account.gid!);
      fallbackFolders = [open!, foreign!, missing!, ...fallbackFolders];
      expect((await start()).folder).toContain(fallbackFolders[3]);
    });

    test('is accessible to the server whatever the umask of root', async () => {
      const before = process.umask(0o077);
      await start().finally(() => process.umask(before));
      expect((await start()).folder).toContain(fallbackFolders[0]);
    });

    test('must exist: otherwise the error has the possible remedies', async () => {
      fallbackFolders = [join(base, 'missing/inside')];
      await expect(start()).rejects.toThrow(
        new RegExp(
          `^PostgreSQL runs as ${account.name}, which has no access to ${folder()}, and no fallback folder is usable: .*/missing/inside: ENOENT.* Give access to that folder .*DATABASE_URL`,
        ),
      );
      expect(globSync(`${folder()}*`)).toEqual([folder()]);
    });
  });

  describe('the programs', () => {
    let inside: string;
    beforeEach(async () => {
      inside = join(closed, 'package');
      const outside = realpathSync(join(dirname((await findBinaries()).postgres), '../..'));
      cpSync(outside, inside, { recursive: true, verbatimSymlinks: true });
    });
    const named = (name: string) => join(inside, 'native/bin', name);
    const binaries = () => ({ initdb: named('initdb'), pg_ctl: named('pg_ctl'), postgres: named('postgres') });
    const reached = () => reachableBinaries(binaries(), { account, fallbackFolders, onNotice });

    test('are copied once; the server can run them and only root can change them', async () => {
      const before = process.umask(0o077);
      const copied = await reached().finally(() => process.umask(before));
      for (const program of Object.values(copied) as string[]) {
        expect(program.startsWith(join(fallbackFolders[0]!, 'programs/'))).toBe(true);
        await expect(run(program, ['--version'], account)).resolves.toMatchObject({
          stdout: expect.stringContaining('PostgreSQL'),
        });
      }
      const copies = globSync(join(fallbackFolders[0]!, '**/*'), { withFileTypes: true }).map((entry) =>
        lstatSync(join(entry.parentPath, entry.name)),
      );
      expect(copies.length).toBeGreaterThan(1_000);
      const isSafe = (copy: (typeof copies)[0]) =>
        copy.uid === 0 && (copy.isSymbolicLink() || (copy.mode & 0o022) === 0);
      const isReadable = (copy: (typeof copies)[0]) => (copy.mode & (copy.isDirectory() ? 0o055 : 0o044)) > 0o040;
      expect([copies.every(isSafe), copies.every(isReadable)]).toEqual([true, true]);

      const { ino } = statSync(copied.postgres);
      expect(statSync((await reached()).postgres).ino).toBe(ino);
      expect(notes).toEqual([
        `PostgreSQL runs as ${account.name}: its programs were copied to ${dirname(dirname(copied.postgres))}, to which it has access.`,
      ]);
    });

    test('may be unreachable when the server is stopped', async () => {
      await start();
      const data = join(cluster!.folder, 'data');
      await stop(binaries(), account, data);
      expect(postmasterOf(data)).toBeUndefined();
    });

    test('are not copied if the server can reach them', async () => {
      const copied = await reached();
      expect(await reachableBinaries(copied, { account, fallbackFolders, onNotice })).toBe(copied);
    });
  });
});
