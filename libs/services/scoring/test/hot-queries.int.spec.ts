import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { emptyState } from '@sestante/engagement';
import { lookupsOf, planOf } from '@sestante/postgres/testing';
import { anActOf } from './builders.ts';
import { type Driver, scoringDriver } from './driver.ts';
import { noMatters } from '../src/held-matters.ts';
import { type ActivityKey, findVersions } from '../src/store/activities.ts';
import { packState } from '../src/store/packed-state.ts';
import { readEvidence } from '../src/store/read-history.ts';
import { readMembers } from '../src/store/read-members.ts';
import { saveMembers } from '../src/store/save-members.ts';
import { findMembers, findMembersOf } from '../src/store/states.ts';

const id = (kind: string, number: number) => `${kind}c0de-0000-7000-8000-${String(number).padStart(12, '0')}`;
const numbers = (count: number) => Array.from({ length: count }, (_, index) => index * 20 + 7);
const ids = (kind: string, count: number) => numbers(count).map((number) => id(kind, number));
const start = Date.parse('2026-11-20T00:00:00Z');
const keys = (count: number): ActivityKey[] =>
  numbers(count).map((number) => ({
    activityId: id('2222', number),
    memberId: id('1111', Math.floor(number / 2) + 1),
    receivedAt: start,
    at: start + number * 1_000,
  }));
const member = (number: number) => ({
  memberId: id('1111', number),
  customerId: id('0000', number),
  moves: 0,
  revision: 2,
  state: emptyState(),
  version: 2,
  published: new Array<number>(12).fill(50),
  matters: noMatters,
});

let driver: Driver;
beforeAll(async () => {
  driver = await scoringDriver();
  const months = ['2026-09-20', '2026-10-20', '2026-11-20', '2026-12-20'];
  for (const month of months) await driver.deliver(anActOf('any', { receivedAt: `${month}T12:00:00.000Z` }));
  const uuid = (kind: string, number: string) =>
    `('${kind}c0de-0000-7000-8000-' || lpad((${number})::text, 12, '0'))::uuid`;
  const state = `'\\x${Buffer.from(packState(emptyState())).toString('hex')}'::bytea`;
  await driver.query(`
    insert into scoring.member (model_id, member_id, customer_id, revision, state)
      select 1, ${uuid('1111', 'n')}, ${uuid('0000', 'n')}, 1, ${state} from generate_series(1, 10000) n;
    insert into scoring.activity (activity_id, member_id, name, channel, received_at, happened_at)
      select ${uuid('2222', 'n')}, ${uuid('1111', 'n / 2 + 1')}, 'promise.kept', 'web',
             timestamptz '2026-11-20Z', timestamptz '2026-11-20Z' + make_interval(secs => n) from generate_series(1, 20000) n;
    analyze scoring.member, scoring.activity`);
});
afterAll(() => driver.close());

const plan = (work: (database: never) => Promise<unknown>) => planOf(driver.dataSource, work);

describe('a batch of 100 activities', () => {
  it('finds the members of its customers, and reads no others', async () => {
    const found = await plan((database) => findMembersOf(database, 1, ids('0000', 100)));
    expect(found).toEqual({ rowsRead: 100, scanned: [] });
  });

  it('finds members that belonged to another customer before', async () => {
    const found = await plan((database) => findMembers(database, 1, ids('1111', 100)));
    expect(found).toEqual({ rowsRead: 100, scanned: [] });
  });

  it('finds its repeated activities, each in the partition of its month', async () => {
    const found = await plan((database) => findVersions(database, keys(100)));
    expect(found).toEqual({ rowsRead: 100, scanned: [] });
  });

  it('looks into no other month for them', async () => {
    let statement = { text: '', values: [] as unknown[] };
    const query = (sent: typeof statement) => Promise.resolve({ rows: [], ...(statement = sent) });
    await findVersions({ query } as never, keys(100));
    const plan = await driver.query<{ 'QUERY PLAN': string }>(`explain (analyze) ${statement.text}`, statement.values);
    const scans = plan.map((line) => line['QUERY PLAN']).filter((line) => line.includes('Index Scan'));
    const used = scans.filter((line) => !line.includes('never executed'));
    expect([scans.length, used]).toEqual([4, [expect.stringContaining('activity_y2026m11')]]);
  });
});

/** The server keeps a plan until the connection ends, also if the tables were empty when it was made. */
describe('a plan made while the tables were empty', () => {
  let empty: Driver;
  beforeAll(async () => {
    empty = await scoringDriver();
    await empty.query(
      `create table scoring.november partition of scoring.activity for values from ('2026-11-01Z') to ('2026-12-01Z')`,
    );
  });
  afterAll(() => empty.close());
  const lookups = (work: (database: never) => Promise<unknown>) => lookupsOf(empty.dataSource, work);

  it('looks up rows by id, not by the model that all rows share', async () => {
    expect(await lookups((database) => findMembersOf(database, 1, ids('0000', 1)))).toEqual([
      expect.stringContaining('customer_id = '),
    ]);
    expect(await lookups((database) => findMembers(database, 1, ids('1111', 1)))).toEqual([
      expect.stringContaining('member_id = ANY'),
    ]);
  });

  it('looks up activities by member and instant', async () => {
    expect(await lookups((database) => findVersions(database, keys(1)))).toEqual([
      expect.stringMatching(/member_id = .*happened_at = /),
    ]);
  });

  it('updates members by id', async () => {
    const saving = (database: never) => saveMembers(database, 1, [member(7)]);
    expect(await lookups((database) => saving(database).catch(() => undefined))).toEqual([
      expect.stringContaining('member_id = ANY'),
    ]);
  });
});

describe('a customer', () => {
  it('is read without the members of others', async () => {
    expect(await plan((database) => readMembers(database, 1, id('0000', 7)))).toEqual({ rowsRead: 1, scanned: [] });
  });

  it('is explained without the activities of others, up to the instant', async () => {
    const of = { model: driver.live.model, modelId: 1, customerId: id('0000', 7), until: start + 12_000 };
    const { rowsRead, scanned } = await plan((database) => readEvidence(database, of));
    expect(scanned).toEqual([]);
    // A bitmap counts its rows twice.
    expect(rowsRead).toBeLessThanOrEqual(1 + 2 * 2);
  });
});
