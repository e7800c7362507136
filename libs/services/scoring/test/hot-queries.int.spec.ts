import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { emptyState, toNumbers } from '@sestante/engagement';
import { findVersions, readEvidence } from '../src/store/evidence.ts';
import { findPublished } from '../src/store/published.ts';
import { readMembers } from '../src/store/read-members.ts';
import { lockMembers } from '../src/store/states.ts';
import { type Driver, scoringDriver } from './driver.ts';
import { lookupsOf, planOf } from '@sestante/postgres/testing';

const id = (kind: string, number: number) => `${kind}c0de-0000-7000-8000-${String(number).padStart(12, '0')}`;
const ids = (kind: string, count: number) => Array.from({ length: count }, (_, index) => id(kind, index * 20 + 7));

let driver: Driver;
beforeAll(async () => {
  driver = await scoringDriver();
  const uuid = (kind: string, number: string) =>
    `('${kind}c0de-0000-7000-8000-' || lpad((${number})::text, 12, '0'))::uuid`;
  const state = `'\\x${Buffer.from(toNumbers(emptyState()).buffer).toString('hex')}'::bytea`;
  await driver.query(`
    insert into scoring.member (model_id, member_id, customer_id, state)
      select 1, ${uuid('1111', 'n')}, ${uuid('0000', 'n')}, ${state} from generate_series(1, 10000) n;
    insert into scoring.customer (model_id, customer_id, version, published)
      select 1, ${uuid('0000', 'n')}, 1, decode(repeat('00', 96), 'hex') from generate_series(1, 10000) n;
    insert into scoring.evidence (model_id, activity_id, member_id, name, channel, happened_at, signals)
      select 1, ${uuid('2222', 'n')}, ${uuid('1111', 'n / 2 + 1')}, 'promise.kept', 'web',
             timestamptz '2026-11-20' + make_interval(secs => n), '[]' from generate_series(1, 20000) n;
    analyze scoring.member, scoring.customer, scoring.evidence`);
});
afterAll(() => driver.close());

const plan = (work: (database: never) => Promise<unknown>) => planOf(driver.dataSource, work);

describe('a batch of 100 activities', () => {
  it('finds the members of its customers, then locks them, and reads no others', async () => {
    const of = { customerIds: ids('0000', 100), memberIds: ids('1111', 100) };
    expect(await plan((database) => lockMembers(database, 1, of))).toEqual({ rowsRead: 100 + 100, scanned: [] });
  });

  it('finds members that belonged to another customer before', async () => {
    const of = { customerIds: [id('0000', 7)], memberIds: ids('1111', 100) };
    expect(await plan((database) => lockMembers(database, 1, of))).toEqual({ rowsRead: 1 + 100, scanned: [] });
  });

  it('finds the evidence of its activities without a scan', async () => {
    const found = await plan((database) => findVersions(database, 1, ids('2222', 100)));
    expect(found).toEqual({ rowsRead: 100, scanned: [] });
  });

  it('finds the last published scores of its customers', async () => {
    const found = await plan((database) => findPublished(database, 1, ids('0000', 100)));
    expect(found).toEqual({ rowsRead: 100, scanned: [] });
  });
});

/** The server keeps a plan until the connection ends, also if the tables were empty when it was made. */
describe('a plan made while the tables were empty', () => {
  it('looks up rows by id, not by the model that all rows share', async () => {
    const empty = await scoringDriver();
    const activities = await lookupsOf(empty.dataSource, (database) => findVersions(database, 1, ids('2222', 1)));
    const customers = await lookupsOf(empty.dataSource, (database) => findPublished(database, 1, ids('0000', 1)));
    await empty.close();
    expect(activities).toEqual([expect.stringContaining('activity_id = ANY')]);
    expect(customers).toEqual([expect.stringContaining('customer_id = ANY')]);
  });
});

describe('a customer', () => {
  it('is read without the members of others', async () => {
    expect(await plan((database) => readMembers(database, 1, id('0000', 7)))).toEqual({ rowsRead: 1, scanned: [] });
  });

  it('is explained without the evidence of others, up to the instant', async () => {
    const of = { customerId: id('0000', 7), until: Date.parse('2026-11-20T00:00:12.000Z') };
    const { rowsRead, scanned } = await plan((database) => readEvidence(database, 1, of));
    expect(scanned).toEqual([]);
    expect(rowsRead).toBeLessThanOrEqual(1 + 2);
  });
});
