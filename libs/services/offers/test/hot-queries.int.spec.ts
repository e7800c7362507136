import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setStatuses } from '../src/store/answers.ts';
import { findDecisions, readDecisions } from '../src/store/decisions.ts';
import { findMembers, saveMembers } from '../src/store/members.ts';
import { findOffers, findRecent, newestPosition, readOffers, readOffersAfter } from '../src/store/offers.ts';
import { withClient } from '@sestante/postgres';
import { type Driver, offersDriver } from './driver.ts';
import { lookupsOf, planOf } from '@sestante/postgres/testing';

const id = (kind: string, number: number) => `${kind}c0de-0000-7000-8000-${String(number).padStart(12, '0')}`;
const ids = (kind: string, count: number) => Array.from({ length: count }, (_, index) => id(kind, index * 20 + 7));
/** Decisions of as many customers, at equal distances. */
const decisionKeys = (count: number) =>
  Array.from({ length: count }, (_, index) => {
    const number = Math.floor((20_000 / count) * index) + 3;
    return { memberId: id('3333', Math.floor(number / 4) + 3), decisionId: id('1111', number) };
  });
/** Customer 1 has the members 1 and 2, with half of the 20,000 decisions of two months, and half of the 10,000 offers. Every other customer has one member. */
const busy = id('0000', 1);

let driver: Driver;
beforeAll(async () => {
  driver = await offersDriver();
  await driver.months.ensure(['2026-11-20T00:00:00.000Z', '2026-12-20T00:00:00.000Z']);
  const uuid = (kind: string, number: string) =>
    `('${kind}c0de-0000-7000-8000-' || lpad((${number})::text, 12, '0'))::uuid`;
  const member = uuid('3333', 'case when n % 4 < 2 then n % 4 + 1 else n / 4 + 3 end');
  await driver.query(`
    insert into offers.member (member_id, customer_id)
      select ${uuid('3333', 'n')}, ${uuid('0000', 'greatest(n - 1, 1)')} from generate_series(1, 5003) n;
    insert into offers.decision (decision_id, member_id, result, cause, candidates, reasons, policy_version, decided_at, nth)
      select ${uuid('1111', 'n')}, ${member}, 'no-deal', '{}', '[]', '[]', 1, timestamptz '2026-11-20Z' + make_interval(mins => n * 2), 0
        from generate_series(1, 20000) n;
    insert into offers.offer (offer_id, decision_id, member_id, code, template, version, kind, element, title, reason, terms, made_at, ends_at)
      select ${uuid('2222', 'n')}, ${uuid('1111', 'n')}, ${member}, 'CODE' || n, 'discount', 1, 'economic', 'value', '', '', '',
             timestamptz '2026-11-20' + make_interval(secs => n), now() from generate_series(1, 20000) n where n % 8 < 4;
    analyze offers.member, offers.decision, offers.offer`);
});
afterAll(() => driver.close());

const plan = (work: (database: never) => Promise<unknown>) => planOf(driver.dataSource, work);
const lookups = (work: (database: never) => Promise<unknown>) => lookupsOf(driver.dataSource, work);

describe('a batch of 100 decisions', () => {
  it('finds the stored ones', async () => {
    const keys = decisionKeys(100);
    const found = await plan((database) => findDecisions(database, keys, 0));
    expect(found).toEqual({ rowsRead: 100, scanned: [] });
    expect((await withClient(driver.dataSource, (client) => findDecisions(client, keys, 0))).size).toBe(100);
  });

  it('finds the stored ones by the index of each month', async () => {
    const conditions = await lookups((database) => findDecisions(database, decisionKeys(1), 0));
    const byIndex = expect.stringMatching(/member_id = .* AND .*decided_at >= .* AND .*decision_id = /);
    expect(conditions).toEqual([byIndex, byIndex]);
  });

  it('does not find those of the months before', async () => {
    const [, ...december] = decisionKeys(2).map(({ decisionId }) => decisionId);
    const found = await withClient(driver.dataSource, (client) =>
      findDecisions(client, decisionKeys(2), Date.parse('2026-12-01T00:00:00Z')),
    );
    expect([...found.keys()]).toEqual(december);
  });

  it('finds the offers of the stored ones', async () => {
    const { rowsRead, scanned } = await plan((database) => findOffers(database, ids('2222', 100)));
    expect({ scanned, isSelective: rowsRead <= 100 }).toEqual({ scanned: [], isSelective: true });
  });

  it('finds the earlier offers of its customers, and none of others', async () => {
    const recent = await plan((database) => findRecent(database, ids('3333', 100), 0));
    expect(recent.scanned).toEqual([]);
    // The members, those of their customers, and two offers of each.
    expect(recent.rowsRead).toBeLessThanOrEqual(100 + 100 + 200);
  });

  it('finds the customers of its members', async () => {
    const found = await plan((database) => findMembers(database, ids('3333', 100)));
    expect(found).toEqual({ rowsRead: 100, scanned: [] });
  });

  it('stores members that are new or moved, and reads no others', async () => {
    const stored = ids('3333', 100).map((memberId) => ({ memberId, customerId: busy, moves: 0 }));
    const { rowsRead, scanned } = await plan((database) => saveMembers(database, stored));
    expect({ scanned, isSelective: rowsRead <= 100 }).toEqual({ scanned: [], isSelective: true });
  });
});

describe('a customer with many offers', () => {
  it.each([
    ['the newest offers', (database: never) => readOffers(database, busy, 20)],
    [
      'the next page of a stream',
      (database: never) => readOffersAfter(database, busy, { position: '5000', limit: 20 }),
    ],
    ['the newest decisions', (database: never) => readDecisions(database, busy, { before: undefined, limit: 20 })],
    [
      'an older page of decisions',
      (database: never) => readDecisions(database, busy, { before: id('1111', 10_000), limit: 20 }),
    ],
    ['the position in the stream', (database: never) => newestPosition(database, busy)],
  ])('%s: reads no more rows than it returns', async (_, work) => {
    const { rowsRead, scanned } = await plan(work);
    expect(scanned).toEqual([]);
    // For each of two members: itself, its newest rows, and the first row of each month. And for the place of a page: the decision, of one of the members.
    expect(rowsRead).toBeLessThanOrEqual(2 * (1 + 20 + 3) + 3);
  });

  it('pages by the index of each month, also with a plan for any page', async () => {
    const page = { before: id('1111', 10_000), limit: 20 };
    const conditions = await lookups((database) => readDecisions(database, busy, page));
    const before = expect.stringMatching(/member_id = .* AND .*ROW\(decided_at, nth, decision_id\) < ROW/);
    const itself = expect.stringMatching(/member_id = .* AND .*decision_id = /);
    expect(conditions.filter((condition) => condition.includes('decision_id'))).toEqual([
      itself,
      itself,
      before,
      before,
    ]);
  });

  it('answers an offer without a scan', async () => {
    const of = { memberId: id('3333', 1), customerId: busy, moves: 0 };
    const answers = [id('2222', 1), 'CODE8'].map((offer) => ({ ...of, offer, status: 'seen' as const }));
    expect((await plan((database) => setStatuses(database, answers))).scanned).toEqual([]);
    expect(await setStatuses(driver.dataSource, answers)).toEqual([]);
  });
});
