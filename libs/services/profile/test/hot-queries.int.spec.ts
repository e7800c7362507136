import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { planOf } from '@sestante/postgres/testing';
import { readComponent } from '../src/store/components.ts';
import { withoutKnown } from '../src/store/known-links.ts';
import { Customers } from '../src/store/customers.ts';
import { IdentityGraph } from '../src/store/identity-graph.ts';
import { findUntold, takeUntold } from '../src/store/moves.ts';
import { byKey, findOwners } from '../src/store/owners.ts';
import { mostRecent, readMembersOf, readPlacesOf, readStandingOf, readTraitsOf } from '../src/store/read-customer.ts';
import { findSeen } from '../src/store/seen.ts';
import { assertNotMoved } from '../src/store/snapshot.ts';
import { findLatestValues } from '../src/store/standing-entries.ts';
import { Timeline, type TimelineFilter, timelineMonths } from '../src/store/timeline.ts';
import { device, user, visitor } from './builders.ts';
import { type Driver, profileDriver } from './driver.ts';

const id = (kind: string, number: number) => `${kind}c0de-0000-7000-8000-${String(number).padStart(12, '0')}`;
const months = Array.from({ length: 12 }, (_, month) => new Date(Date.UTC(2025, month, 15)).toISOString());
/** Has ten accounts and half of the 20,000 activities, which were received in twelve months. The customers 11 to 1,999 have an account and a browser each. */
const busy = id('1111', 1);
/** Has 5,000 browsers. */
const crowd = id('1111', 2_000);
/** A device of a store, which every account has used. */
const kiosk = id('4444', 1);
const every20th = (kind: string) => Array.from({ length: 50 }, (_, index) => id(kind, index * 20 + 21));

let driver: Driver;
beforeAll(async () => {
  driver = await profileDriver();
  const uuid = (kind: string, number: string) =>
    `('${kind}c0de-0000-7000-8000-' || lpad((${number})::text, 12, '0'))::uuid`;
  await timelineMonths(driver.dataSource).ensure(months);
  await driver.query(`
    insert into profile.member (member_id, customer_id, kind, value, is_shared)
      select ${uuid('1111', 'n')}, ${uuid('1111', 'case when n <= 10 then 1 else n end')}, 'user_id', 'u-' || n, false from generate_series(1, 2000) n
      union all select ${uuid('3333', 'n')}, ${uuid('1111', 'least(n, 2000)')}, 'anonymous_id', 'v-' || n, false
                  from generate_series(11, 7000) n
      union all select '${kiosk}'::uuid, '${kiosk}', 'device_id', 'kiosk', true;
    insert into profile.link (link_id, member_a, member_b, rule, at, activity_id, refusal)
      select ${uuid('5555', 'n')}, ${uuid('1111', 'least(n, 2000)')}, ${uuid('3333', 'n')}, 'same-activity', now(), ${uuid('2222', 'n')}, null
        from generate_series(11, 7000) n
      union all select ${uuid('6666', 'n')}, ${uuid('1111', 'n')}, '${kiosk}', 'same-activity', now(), ${uuid('2222', 'n')}, 'too-many'
        from generate_series(1, 2000) n;
    insert into profile.separation select ${uuid('1111', 'n')}, ${uuid('1111', 'n + 1')} from generate_series(1500, 1900) n;
    insert into profile.moved (member_id, customer_id, former_id, moves, is_merge, is_told)
      select member_id, customer_id, member_id, 1, true, true from profile.member;
    insert into profile.activity (activity_id, member_id, source, message_id, name, channel, occurred_at, received_at, properties)
      select ${uuid('2222', 'n')}, ${uuid('1111', 'case when n % 2 = 0 then n % 10 + 1 else n / 10 + 11 end')}, 'shop', 'm-' || n,
             'page.viewed', 'web', timestamptz '2026-11-20' + make_interval(secs => n),
             timestamptz '2025-01-15Z' + make_interval(months => (n / 11) % 12), '{}' from generate_series(1, 20000) n;
    insert into profile.seen select activity_id, member_id, occurred_at, received_at, 1 from profile.activity;
    insert into profile.fact (member_id, customer_id, fact, value, set_at)
      select member_id, customer_id, fact, 'granted', now() from profile.member, unnest(array['offers', 'personalisation']) fact;
    insert into profile.trait (member_id, name, value, set_at, received_at, sequence, source)
      select member_id, 'city', '"Rome"', now(), now(), 0, 'shop' from profile.member;
    analyze profile.member, profile.link, profile.separation, profile.moved, profile.seen, profile.activity, profile.fact, profile.trait`);
});
afterAll(() => driver.close());

const plan = (work: (database: never) => Promise<unknown>) => planOf(driver.dataSource, work);

describe('a page of a long timeline', () => {
  const middle = { timestamp: '2026-11-20T03:00:00.000Z', activityId: id('2222', 10_000) };
  const end = { timestamp: '2026-11-20T00:05:00.000Z', activityId: id('2222', 300) };
  it.each<[string, TimelineFilter]>([
    ['the first', { order: 'desc' }],
    ['a later one', { order: 'desc', cursor: middle }],
    ['one of the last', { order: 'desc', cursor: end }],
    ['the first, oldest first', { order: 'asc' }],
    ['a later one, oldest first', { order: 'asc', cursor: middle }],
    ['the first before an instant', { order: 'desc', until: middle.timestamp }],
    ['the first from an instant on, oldest first', { order: 'asc', from: middle.timestamp }],
  ])('reads at most a page per member, not the whole timeline: %s', async (_, filter) => {
    const { rowsRead, scanned } = await plan((database) => new Timeline(database).page(busy, filter, 20));
    expect(scanned).toEqual([]);
    // Ten members with a page each, of which each month may contribute one row more.
    expect(rowsRead).toBeLessThanOrEqual(10 + 10 * (20 + months.length));
  });
});

describe('a batch', () => {
  it('finds the standing values of its customers, and no others', async () => {
    // Two members of each customer, and two values of each member.
    const values = (database: never) => findLatestValues(database, every20th('1111'));
    expect(await plan(values)).toEqual({ rowsRead: 50 * 2 * 2, scanned: [] });
  });

  it('looks up its activities and no others', async () => {
    const ids = Array.from({ length: 100 }, (_, index) => id('2222', index * 50 + 1));
    const { rowsRead, scanned } = await plan((database) => findSeen(database, ids));
    expect(scanned).toEqual([]);
    expect(rowsRead).toBe(300);
  });

  it('reads nothing but its identifiers, however many members their customers have', async () => {
    const identifiers = Array.from({ length: 50 }, (_, n) => [user(`u-${n + 20}`), visitor(`v-${n + 3_000}`)]);
    const all = [device('kiosk'), ...identifiers.flat()];
    expect(await plan((database) => findOwners(database, byKey(all)))).toEqual({ rowsRead: 101, scanned: [] });
  });

  it('finds out which of its links are known, and reads no others', async () => {
    const links = [...every20th('5555'), ...every20th('7777')].map((linkId) => ({
      ...{ linkId, members: [busy, kiosk] as const, rule: 'same-activity' as const, at: Date.now() },
    }));
    expect(await plan((database) => withoutKnown(database, links))).toEqual({ rowsRead: 50, scanned: [] });
  });

  it('reads all who are connected with its members, and nobody else', async () => {
    const component = (database: never) => readComponent(database, every20th('3333'));
    const { rowsRead, scanned } = await plan(component);
    expect(scanned).toEqual([]);
    // A browser, an account, and the kiosk once. Their links are read from both sides, and the one with the kiosk from the account only.
    expect(rowsRead).toBe(50 + 50 + 1 + 50 * 2 + 50);
  });

  it('does not read with whom a shared device came', async () => {
    expect(await plan((database) => readComponent(database, [kiosk]))).toEqual({ rowsRead: 1, scanned: [] });
  });

  it('asks who was moved since it began, and does not read all who ever were', async () => {
    const [row] = await driver.query<{ snapshot: string }>('select pg_current_snapshot()::text as snapshot');
    const moved = (database: never) =>
      assertNotMoved(database, row!.snapshot, { members: new Set([busy]), hasNew: true });
    expect(await plan(moved)).toEqual({ rowsRead: 0, scanned: [] });
  });
});

describe('the moves that nobody was told', () => {
  it('are found without those that were told', async () => {
    expect(await plan((database) => findUntold(database))).toEqual({ rowsRead: 0, scanned: [] });
    expect((await plan((database) => takeUntold(database))).scanned).toEqual([]);
  });
});

describe('a customer', () => {
  it('is found by an identifier without a scan', async () => {
    const { rowsRead, scanned } = await plan((database) => new Customers(database).find(user('u-77')));
    expect({ rowsRead, scanned }).toEqual({ rowsRead: 1, scanned: [] });
  });

  it('is found by an id that was merged into it', async () => {
    const current = (database: never) => new Customers(database).currentId(id('3333', 77));
    expect(await plan(current)).toEqual({ rowsRead: 1, scanned: [] });
  });

  it.each([
    ['members', readMembersOf],
    ['traits', readTraitsOf],
    ['standing', readStandingOf],
    ['places', readPlacesOf],
  ] as const)('is read without a scan: its %s', async (_, read) => {
    expect((await plan((database: never) => read(database, id('1111', 700)))).scanned).toEqual([]);
  });

  it('with 10,000 activities is read by both ends of its timeline, and the latest of each member', async () => {
    const ends = await plan((database: never) => readMembersOf(database, busy));
    const places = await plan((database: never) => readPlacesOf(database, busy));
    expect([...ends.scanned, ...places.scanned]).toEqual([]);
    // Ten members, each with one row of each of twelve months at either end.
    expect(ends.rowsRead).toBeLessThan(10 + 10 * 2 * 12 * 2);
    expect(places.rowsRead).toBeLessThan(10 * (mostRecent + 12) * 2);
  });

  it.each([
    ['two', id('1111', 700)],
    ['5,000', crowd],
  ])('with %s members is shown with them, and no others', async (_, customerId) => {
    const members = (database: never) => new IdentityGraph(database).members(customerId);
    expect((await plan(members)).scanned).toEqual([]);
  });

  it('is shown with its links and no others', async () => {
    const links = (database: never) => new IdentityGraph(database).links(id('1111', 700));
    const { rowsRead, scanned } = await plan(links);
    expect(scanned).toEqual([]);
    // Two members, and two links, each read by either side and once more. A bitmap counts its rows twice.
    expect(rowsRead).toBeLessThan(30);
  });
});
