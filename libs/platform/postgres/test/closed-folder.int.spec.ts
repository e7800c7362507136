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

/** Only root starts the server as somebody else, who cannot pass a closed folder. */
(process.getuid?.() === 0 ? describe : describe.skip)('as root, behind a closed folder', () => {
  const account = unprivilegedAccount();
  let base: string;
  let closed: string;
  let places: string[];
  let cluster: Cluster | undefined;
  let notes: string[];
  beforeEach(() => {
    base = mkdtempSync(join(tmpdir(), 'sestante-closed-'));
    chmodSync(base, 0o711);
    closed = join(base, 'closed');
    mkdirSync(closed, { mode: 0o700 });
    places = [join(base, 'place')];
    notes = [];
  });
  afterEach(async () => {
    await cluster?.stop();
    cluster = undefined;
    rmSync(base, { recursive: true });
  });

  const folder = () => join(closed, 'data folder', 'postgres');
  const start = async () => (cluster = await startCluster({ folder: folder(), password, places, note }));
  const note = (sentence: string) => notes.push(sentence);
  async function query(sql: string): Promise<readonly object[]> {
    const client = new pg.Client({ connectionString: cluster!.url });
    await client.connect();
    const { rows } = await client.query<object>(sql).finally(() => client.end());
    return rows;
  }

  describe('the data', () => {
    test('are put where the server can reach them, which is said, and are found there again', async () => {
      await start();
      await query(`create table kept as select 'yes' as kept`);
      await cluster!.stop();
      const { folder: there } = await start();
      expect(await query('select kept from kept')).toEqual([{ kept: 'yes' }]);

      expect(dirname(there)).toBe(join(places[0]!, 'clusters'));
      expect([readlinkSync(folder()), statSync(there).uid, statSync(there).mode & 0o777]).toEqual([
        there,
        account.uid,
        0o700,
      ]);
      const sentence = `PostgreSQL runs as ${account.name}: its data lie in ${there}, where it can reach them, and ${folder()} is a link to them.`;
      expect(notes.filter((told) => told.includes('data'))).toEqual([sentence, sentence]);
    });

    test('are revived where they are', async () => {
      const { revive, pid } = await start();
      process.kill(pid(), 'SIGKILL');
      await new Promise((resolve) => setTimeout(resolve, 200));
      await revive();
      expect(await query('select 1 as one')).toEqual([{ one: 1 }]);
    });

    test('are those of one folder, and of no other', async () => {
      const first = (await start()).folder;
      const other = await startCluster({ folder: join(closed, 'other'), password, places });
      expect(other.folder).not.toBe(first);
      await other.stop();
    });

    test('come along when the folder is closed after the first start, and stay when it is opened again', async () => {
      chmodSync(closed, 0o711);
      expect((await start()).folder).toBe(folder());
      await query(`create table kept as select 'yes' as kept`);
      await cluster!.stop();
      for (const mode of [0o700, 0o711]) {
        chmodSync(closed, mode);
        expect(dirname((await start()).folder)).toBe(join(places[0]!, 'clusters'));
        expect(await query('select kept from kept')).toEqual([{ kept: 'yes' }]);
        await cluster!.stop();
      }
    });

    test('are used where they are while their server runs', async () => {
      chmodSync(closed, 0o711);
      const { pid } = await start();
      chmodSync(closed, 0o700);
      expect((await start()).pid()).toBe(pid());
      expect(await query('select 1 as one')).toEqual([{ one: 1 }]);
    });

    test('are found when whoever moved them was killed before the link had its name', async () => {
      const { folder: there } = await start();
      await query(`create table kept as select 'yes' as kept`);
      await cluster!.stop();
      renameSync(folder(), `${folder()}.moving`);
      expect((await start()).folder).toBe(there);
      expect(await query('select kept from kept')).toEqual([{ kept: 'yes' }]);
    });

    test('that were about to be moved when that one was killed are moved by the next', async () => {
      mkdirSync(folder(), { recursive: true });
      symlinkSync(join(base, 'nothing'), `${folder()}.moving`);
      await start();
      expect(lstatSync(folder()).isSymbolicLink()).toBe(true);
    });

    test('that are gone are not replaced by none', async () => {
      const { folder: there } = await start();
      await cluster!.stop();
      renameSync(there, join(base, 'backup'));
      await expect(start()).rejects.toThrow(
        `The data of ${folder()} lay in ${there}, and are not there any more: bring them back, or remove that link to begin anew.`,
      );
    });
  });

  describe('the place', () => {
    test('is the first that is only for root to write in', async () => {
      const [open, foreign, missing] = ['open', 'foreign', 'missing/inside'].map((name) => join(base, name));
      mkdirSync(open!);
      chmodSync(open!, 0o777);
      mkdirSync(foreign!);
      chownSync(foreign!, account.uid!, account.gid!);
      places = [open!, foreign!, missing!, ...places];
      expect((await start()).folder).toContain(places[3]);
    });

    test('is open to the server whatever root opens to others by default', async () => {
      const before = process.umask(0o077);
      await start().finally(() => process.umask(before));
      expect((await start()).folder).toContain(places[0]);
    });

    test('has to exist: if none does, that is said, with what to do', async () => {
      places = [join(base, 'missing/inside')];
      await expect(start()).rejects.toThrow(
        new RegExp(
          `^PostgreSQL runs as ${account.name}, who may not enter ${folder()}, and there is no other place: .*/missing/inside: ENOENT.* Open that folder .*DATABASE_URL`,
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
    const reached = () => reachableBinaries(binaries(), { account, places, note });

    test('are copied once, so that the server can run them and nobody but root can change them', async () => {
      const before = process.umask(0o077);
      const copied = await reached().finally(() => process.umask(before));
      for (const program of Object.values(copied) as string[]) {
        expect(program.startsWith(join(places[0]!, 'programs/'))).toBe(true);
        await expect(run(program, ['--version'], account)).resolves.toMatchObject({
          stdout: expect.stringContaining('PostgreSQL'),
        });
      }
      const copies = globSync(join(places[0]!, '**/*'), { withFileTypes: true }).map((entry) =>
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
        `PostgreSQL runs as ${account.name}: its programs were copied to ${dirname(dirname(copied.postgres))}, where it can reach them.`,
      ]);
    });

    test('may be out of reach by the time that the server is stopped', async () => {
      await start();
      const data = join(cluster!.folder, 'data');
      await stop(binaries(), account, data);
      expect(postmasterOf(data)).toBeUndefined();
    });

    test('that it can reach are left where they are', async () => {
      const copied = await reached();
      expect(await reachableBinaries(copied, { account, places, note })).toBe(copied);
    });
  });
});
