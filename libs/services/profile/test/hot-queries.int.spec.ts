import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Customers } from '../src/store/customers.ts';
import { findLatestValues } from '../src/store/standing-entries.ts';
import { findOwners } from '../src/store/identities.ts';
import { findSeen } from '../src/store/seen.ts';
import { Timeline, timelineMonths } from '../src/store/timeline.ts';
import { device, user, visitor } from './builders.ts';
import { type Driver, profileDriver } from './driver.ts';
import { planOf } from '@sestante/postgres/testing';

const id = (kind: string, number: number) => `${kind}c0de-0000-7000-8000-${String(number).padStart(12, '0')}`;
const months = Array.from({ length: 12 }, (_, month) => new Date(Date.UTC(2025, month, 15)).toISOString());
/** Customer 1 has ten members and half of the 20,000 activities, which were received in twelve months. Its first member owns a device and 5,000 anonymous ids. */
const busy = id('0000', 1);

let driver: Driver;
beforeAll(async () => {
  driver = await profileDriver();
  const uuid = (kind: string, number: string) =>
    `('${kind}c0de-0000-7000-8000-' || lpad((${number})::text, 12, '0'))::uuid`;
  await timelineMonths(driver.dataSource).ensure(months);
  await driver.query(`
    insert into profile.customer (customer_id) select ${uuid('0000', 'n')} from generate_series(1, 2000) n;
    insert into profile.member (member_id, customer_id)
      select ${uuid('1111', 'n')}, ${uuid('0000', 'greatest(1, n - 9)')} from generate_series(1, 2009) n;
    insert into profile.identifier (kind, value, member_id, customer_id)
      select kind, value, member_id, customer_id from profile.member join (
        select 'user_id', 'u-' || n, ${uuid('1111', 'n')} from generate_series(1, 2009) n
        union all select 'device_id', 'kiosk', ${uuid('1111', '1')}
        union all select 'anonymous_id', 'v-' || n, ${uuid('1111', '1')} from generate_series(1, 5000) n
      ) as identifiers (kind, value, member_id) using (member_id);
    insert into profile.activity (activity_id, member_id, source, message_id, name, channel, occurred_at, received_at, properties)
      select ${uuid('2222', 'n')}, ${uuid('1111', 'case when n % 2 = 0 then n % 10 + 1 else n / 10 + 11 end')}, 'shop', 'm-' || n,
             'page.viewed', 'web', timestamptz '2026-11-20' + make_interval(secs => n),
             timestamptz '2025-01-15Z' + make_interval(months => (n / 11) % 12), '{}' from generate_series(1, 20000) n;
    insert into profile.seen select activity_id, member_id, occurred_at, received_at, 1 from profile.activity;
    insert into profile.member (member_id, customer_id)
      select ${uuid('1111', 'n')}, ${uuid('0000', '2000')} from generate_series(2010, 22009) n;
    insert into profile.fact (member_id, customer_id, fact, value, set_at)
      select member_id, customer_id, fact, 'granted', now() from profile.member, unnest(array['offers', 'personalisation']) fact;
    analyze profile.customer, profile.member, profile.identifier, profile.seen, profile.activity, profile.fact`);
});
afterAll(() => driver.close());

const plan = (work: (database: never) => Promise<unknown>) => planOf(driver.dataSource, work);

describe('a page of a long timeline', () => {
  it.each([
    ['the first', undefined],
    ['a later one', { timestamp: '2026-11-20T03:00:00.000Z', activityId: id('2222', 10_000) }],
    ['one of the last', { timestamp: '2026-11-20T00:05:00.000Z', activityId: id('2222', 300) }],
  ])('reads at most a page per member, not the whole timeline: %s', async (_, before) => {
    const { rowsRead, scanned } = await plan((database) => new Timeline(database).page(busy, before, 20));
    expect(scanned).toEqual([]);
    // Ten members with a page each, of which each month may contribute one row more.
    expect(rowsRead).toBeLessThanOrEqual(10 + 10 * (20 + months.length));
  });
});

describe('a batch', () => {
  it('finds the standing values of its customers, and no others', async () => {
    const ids = Array.from({ length: 100 }, (_, index) => id('0000', index * 19 + 2));
    // One member of each customer, and two values of each member. A bitmap counts its rows twice.
    expect(await plan((database) => findLatestValues(database, ids))).toEqual({ rowsRead: 200, scanned: [] });
  });

  it('looks up its activities and no others', async () => {
    const ids = Array.from({ length: 100 }, (_, index) => id('2222', index * 50 + 1));
    const { rowsRead, scanned } = await plan((database) => findSeen(database, ids));
    expect(scanned).toEqual([]);
    expect(rowsRead).toBe(300);
  });

  it('looks up its owners without the rest of their identifiers', async () => {
    const identifiers = [device('kiosk'), ...Array.from({ length: 50 }, (_, index) => user(`u-${index + 20}`))];
    const { rowsRead, scanned } = await plan((database) => findOwners(database, identifiers));
    expect(scanned).not.toContain('identifier');
    expect(rowsRead).toBeLessThan(5_000);
  });

  it('reads nothing but its identifiers, however many of them a member has', async () => {
    const identifiers = Array.from({ length: 50 }, (_, index) => [user(`u-${index + 20}`), visitor(`v-${index + 1}`)]);
    // 100 identifiers of 51 members: one member has all anonymous ids.
    expect(await plan((database) => findOwners(database, identifiers.flat()))).toEqual({ rowsRead: 100, scanned: [] });
  });
});

describe('a customer', () => {
  it('is found by an identifier without a scan', async () => {
    const { rowsRead, scanned } = await plan((database) => new Customers(database).find(user('u-77')));
    expect({ rowsRead, scanned }).toEqual({ rowsRead: 1, scanned: [] });
  });

  it('is read without a scan', async () => {
    expect((await plan((database) => new Customers(database).read(id('0000', 700)))).scanned).toEqual([]);
  });
});
