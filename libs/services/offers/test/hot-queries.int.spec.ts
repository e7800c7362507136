import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { findDecisions, readDecisions } from '../src/store/decisions.ts';
import {
  findOffers,
  findRecent,
  newestPosition,
  readOffers,
  readOffersAfter,
  setStatuses,
} from '../src/store/offers.ts';
import { type Driver, offersDriver } from './driver.ts';
import { planOf } from '@sestante/postgres/testing';

const id = (kind: string, number: number) => `${kind}c0de-0000-7000-8000-${String(number).padStart(12, '0')}`;
const ids = (kind: string, count: number) => Array.from({ length: count }, (_, index) => id(kind, index * 20 + 7));
/** Customer 1 has half of the 20,000 decisions and half of the 10,000 offers. */
const busy = id('0000', 1);

let driver: Driver;
beforeAll(async () => {
  driver = await offersDriver();
  const uuid = (kind: string, number: string) =>
    `('${kind}c0de-0000-7000-8000-' || lpad((${number})::text, 12, '0'))::uuid`;
  const customer = uuid('0000', 'case when n % 4 < 2 then 1 else n / 4 + 2 end');
  await driver.query(`
    insert into offers.decision (decision_id, customer_id, result, cause, candidates, reasons, policy_version, decided_at, nth)
      select ${uuid('1111', 'n')}, ${customer}, 'no-deal', '{}', '[]', '[]', 1, timestamptz '2026-11-20' + make_interval(secs => n), 0
        from generate_series(1, 20000) n;
    insert into offers.offer (offer_id, decision_id, customer_id, code, template, version, kind, element, title, reason, terms, made_at, ends_at)
      select ${uuid('2222', 'n')}, ${uuid('1111', 'n')}, ${customer}, 'CODE' || n, 'discount', 1, 'economic', 'value', '', '', '',
             timestamptz '2026-11-20' + make_interval(secs => n), now() from generate_series(1, 20000, 2) n;
    analyze offers.decision, offers.offer`);
});
afterAll(() => driver.close());

const plan = (work: (database: never) => Promise<unknown>) => planOf(driver.dataSource, work);

describe('a batch of 100 decisions', () => {
  it('finds the stored ones', async () => {
    const found = await plan((database) => findDecisions(database, ids('1111', 100)));
    expect(found).toEqual({ rowsRead: 100, scanned: [] });
  });

  it('finds the offers of the stored ones', async () => {
    const { rowsRead, scanned } = await plan((database) => findOffers(database, ids('2222', 100)));
    expect({ scanned, isSelective: rowsRead <= 100 }).toEqual({ scanned: [], isSelective: true });
  });

  it('finds the earlier offers of its customers, and none of others', async () => {
    const recent = await plan((database) => findRecent(database, ids('0000', 100), 0));
    expect(recent.scanned).toEqual([]);
    expect(recent.rowsRead).toBeLessThanOrEqual(100);
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
    expect(rowsRead).toBeLessThanOrEqual(20 + 1);
  });

  it('answers an offer without a scan', async () => {
    const answers = [id('2222', 1), 'CODE5'].map((offer) => ({ customerId: busy, offer, status: 'seen' as const }));
    expect((await plan((database) => setStatuses(database, answers))).scanned).toEqual([]);
  });
});
