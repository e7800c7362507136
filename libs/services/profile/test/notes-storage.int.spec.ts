import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { planOf } from '@sestante/postgres/testing';
import type { HourlyJobs, Logger } from '@sestante/runtime';
import { eventually } from '@sestante/streaming/testing';
import { Notes } from '../src/notes/notes.ts';
import { RemoveExpiredNotes } from '../src/notes/remove-expired-notes.ts';
import { type Driver, profileDriver } from './driver.ts';

let driver: Driver;
beforeAll(async () => {
  driver = await profileDriver();
});
afterEach(() => driver.query('truncate profile.note, profile.member'));
afterAll(() => driver.close());

const ada = '1111c0de-0000-7000-8000-000000000001';
const aNote = { kind: 'note', text: 'n', audience: 'clerk', author: { by: 'customer' }, expiresAt: null } as const;

/** Adds notes of one member that expire at the instant. */
const addNotes = (count: number, expiresAt: string) =>
  driver.query(
    `insert into profile.note
     select gen_random_uuid(), '${ada}', 'note', 'n', 'clerk', '{}', now(), ${expiresAt} from generate_series(1, $1)`,
    [count],
  );
const left = async () => (await driver.query<{ n: number }>('select count(*)::int as n from profile.note'))[0]!.n;

describe('expired notes', () => {
  it.each([9, 10, 11, 20, 25])('are all removed, in steps of 10: %d', async (count) => {
    await addNotes(count, 'now()');
    await addNotes(2, `now() + interval '1 minute'`);
    await addNotes(1, 'null');
    expect(await new Notes(driver.dataSource).removeExpired(10)).toBe(count);
    expect(await left()).toBe(3);
  });

  it('are removed once by two processes', async () => {
    await addNotes(500, 'now()');
    const other = await driver.another();
    const removed = await Promise.all([driver, other].map(({ dataSource }) => new Notes(dataSource).removeExpired(10)));
    expect(removed[0]! + removed[1]! + (await new Notes(driver.dataSource).removeExpired())).toBe(500);
  });

  const jobOf = (notes: Notes) => {
    const log = { info: jest.fn(), warn: jest.fn() };
    const jobs: (() => Promise<void>)[] = [];
    const hourly = { add: (_: string, job: () => Promise<void>) => void jobs.push(job) };
    new RemoveExpiredNotes(notes, hourly as unknown as HourlyJobs, log as unknown as Logger);
    return { job: jobs[0]!, log };
  };

  it('are removed every hour, and their number is logged', async () => {
    await addNotes(3, 'now()');
    const { job, log } = jobOf(new Notes(driver.dataSource));
    await job();
    await eventually(async () => expect(await left()).toBe(0));
    await addNotes(2, 'now()');
    await job();
    await eventually(() =>
      expect(log.info.mock.calls).toEqual([3, 2].map((notes) => [{ notes }, 'removed notes that have expired'])),
    );
  });

  it('are removed an hour later if the database is down', async () => {
    const { job, log } = jobOf({ removeExpired: () => Promise.reject(new Error('it is down')) } as unknown as Notes);
    await job();
    const warning = 'expired notes are not removed, the next hour tries again: it is down';
    await eventually(() => expect(log.warn).toHaveBeenCalledWith(warning));
  });
});

it('a note that is added while another process adds the last one is refused', async () => {
  const columns = 'member_id, customer_id, kind, value';
  await driver.query(`insert into profile.member (${columns}) values ('${ada}', '${ada}', 'user_id', 'ada')`);
  await addNotes(199, 'null');
  const another = `
    select pg_advisory_xact_lock(hashtextextended('profile.notes.${ada}', 0));
    insert into profile.note select gen_random_uuid(), '${ada}', 'note', 'last', 'clerk', '{}', now()`;
  const add = () => new Notes(driver.dataSource).add(ada, { ...aNote, createdAt: new Date() });
  expect(await driver.whileLocked(another, 1, add)).toBeUndefined();
  expect(await left()).toBe(200);
});

describe('many notes of many customers', () => {
  const fill = () =>
    driver.query(`
      insert into profile.member (member_id, customer_id, kind, value)
        select ('1111c0de-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, ('1111c0de-0000-7000-8000-' || lpad((n - n % 2)::text, 12, '0'))::uuid, 'user_id', 'u-' || n
          from generate_series(1, 2000) n;
      update profile.member set customer_id = '${ada}' where value = 'u-1';
      insert into profile.note
        select gen_random_uuid(), member_id, 'note', 'n', case when n % 2 = 0 then 'clerk' else 'customer' end, '{"by":"key"}', now() - make_interval(mins => n), null
          from profile.member, generate_series(1, 20) n;
      insert into profile.note
        select gen_random_uuid(), '${ada}', 'note', 'old', 'clerk', '{"by":"key"}', now(), now() - interval '1 hour' from generate_series(1, 30);
      analyze profile.member, profile.note`);

  it('are read page by page, from an index', async () => {
    await fill();
    for (const [isCustomer, most] of [
      [false, 1 + 30 + 10],
      [true, 1 + 30 + 20],
    ] as const) {
      const page = (database: never) => new Notes(database).page(ada, { isCustomer }, 10);
      const { rowsRead, scanned } = await planOf(driver.dataSource, page);
      expect(scanned).toEqual([]);
      expect(rowsRead).toBeLessThanOrEqual(most);
    }
    const before = { createdAt: new Date(Date.now() - 15 * 60_000).toISOString(), noteId: ada };
    const later = (database: never) => new Notes(database).page(ada, { isCustomer: false }, 10, before);
    expect((await planOf(driver.dataSource, later)).rowsRead).toBeLessThanOrEqual(1 + 10);
  });

  it('do not make a new one or its removal slower', async () => {
    await fill();
    const add = (database: never) => new Notes(withoutControl(database)).add(ada, { ...aNote, createdAt: new Date() });
    const { rowsRead, scanned } = await planOf(driver.dataSource, add);
    expect(scanned).toEqual([]);
    // A bitmap counts its rows twice.
    expect(rowsRead).toBeLessThanOrEqual(1 + 2 * 50);
    const [{ note_id: noteId } = { note_id: '' }] = await driver.query<{ note_id: string }>(
      'select note_id from profile.note where member_id = $1 and expires_at is null limit 1',
      [ada],
    );
    const found = (database: never) => new Notes(database).remove(ada, noteId, { isCustomer: false });
    expect((await planOf(driver.dataSource, found)).scanned).toEqual([]);
  });

  it('that do not expire are not read to remove those that do', async () => {
    await fill();
    const expired = (database: never) =>
      (database as Driver['dataSource']).query(
        'select note_id from profile.note where expires_at <= now() limit $1',
        [100],
      );
    expect(await planOf(driver.dataSource, expired)).toEqual({ rowsRead: 30, scanned: [] });
  });
});

/** The data source without statements that have no plan. The insert is run to be explained, so that it fails when it is run again. */
function withoutControl(database: unknown): Driver['dataSource'] {
  const { query } = database as { query(sql: string, values?: unknown[]): Promise<unknown> };
  const explained = async (sql: string, values?: unknown[]) => {
    if (sql.includes('insert into')) await query(sql, values).catch(() => undefined);
    return { command: sql.toUpperCase(), rowCount: 1 };
  };
  const runner = { connect: () => Promise.resolve({ query: explained }), release: () => Promise.resolve() };
  return { createQueryRunner: () => runner } as never;
}
