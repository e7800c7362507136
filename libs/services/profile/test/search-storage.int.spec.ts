import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { lookupsOf, planOf } from '@sestante/postgres/testing';
import fc from 'fast-check';
import { matchesByIdentifier, matchesByName } from '../src/search/find-matches.ts';
import { readSummaries } from '../src/search/read-summaries.ts';
import { searchableName } from '../src/store/searchable-name.ts';
import { setNames } from '../src/store/names.ts';
import { timelineMonths } from '../src/store/timeline.ts';
import { anActivity, minutesAfterNoon, user } from './builders.ts';
import { type Driver, profileDriver } from './driver.ts';
import { recordStatements } from './statements.ts';

let driver: Driver;
beforeAll(async () => {
  driver = await profileDriver();
});
afterAll(() => driver.close());

const withTraits = (name: string, traits: Record<string, unknown>, minutes = 0) =>
  anActivity({ type: 'identify', identifiers: [user(name)], traits, timestamp: minutesAfterNoon(minutes) });

describe('the names of a batch', () => {
  it('cost nothing if there are none', async () => {
    const process = await driver.another();
    const statements = recordStatements(process.dataSource);
    await process.deliver(withTraits('none', { city: 'Rome', plan: 'gold', names: 'x' }), anActivity());
    expect(statements).toContain('profile-set-traits');
    expect(statements).not.toContain('profile-set-names');
    await process.deliver(withTraits('one', { city: 'Rome', firstName: 'Ada' }));
    expect(statements.filter((name) => name === 'profile-set-names')).toHaveLength(1);
  });

  it('are those of the traits, in any order and any split into batches', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ minute: fc.nat({ max: 3 }), value: fc.constantFrom('Ada', 'Bea', 'Zoë', null, 7) }), {
          minLength: 1,
          maxLength: 6,
        }),
        fc.nat({ max: 6 }),
        async (given, cut) => {
          const value = `run-${++run}`;
          const all = given.map(({ minute, value: name }) => withTraits(value, { name, city: 'Rome' }, minute));
          await driver.deliver(...all.slice(0, cut));
          await driver.deliver(...all.slice(cut));
          const [row] = await driver.query<{ name: unknown; search: string; rows: number }>(
            `select t.value as name, n.search, (select count(*)::int from profile.name o where o.member_id = m.member_id) as rows
               from profile.member m join profile.trait t using (member_id) join profile.name n on n.member_id = m.member_id and n.trait = t.name
              where m.value = $1`,
            [value],
          );
          const { name, search, rows } = row!;
          expect([search, rows]).toEqual([typeof name === 'string' ? searchableName(name) : '', 1]);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('are those of the traits if two processes write them at once', async () => {
    const other = await driver.another();
    for (let round = 0; round < 10; round += 1) {
      const value = `race-${round}`;
      await driver.deliver(withTraits(value, { name: 'Start' }));
      await Promise.all([
        driver.deliver(withTraits(value, { name: 'Later' }, 2)),
        other.deliver(withTraits(value, { name: 'Early' }, 1)),
      ]);
      const rows = await driver.query(
        `select n.search from profile.name n join profile.member m using (member_id) where m.value = $1`,
        [value],
      );
      expect(rows).toEqual([{ search: 'later' }]);
    }
  });

  it('are compared with their traits by key, whatever the size of the tables', async () => {
    const lookups = await lookupsOf(driver.dataSource, (client) =>
      setNames(client, [{ memberId: '1111c0de-0000-7000-8000-000000000001', name: 'name', value: 'Ada' }]),
    );
    expect(lookups).toEqual(['((member_id = given.member_id) AND (name = given.trait))']);
  });
});

describe('among many customers', () => {
  const months = Array.from({ length: 12 }, (_, month) => new Date(Date.UTC(2025, month, 15)).toISOString());
  const member = (number: number) => `1111c0de-0000-7000-8000-${String(number).padStart(12, '0')}`;
  /** Has 3,000 browsers. */
  const crowd = member(5_001);

  beforeAll(async () => {
    await driver.query('truncate profile.member, profile.trait, profile.name, profile.activity');
    await timelineMonths(driver.dataSource).ensure(months);
    await driver.query(`
      insert into profile.member (member_id, customer_id, kind, value)
        select ('1111c0de-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, ('1111c0de-0000-7000-8000-' || lpad(least(n, 5001)::text, 12, '0'))::uuid,
               case when n <= 5000 then 'user_id' else 'anonymous_id' end, 'v-' || n
          from generate_series(1, 8000) n;
      insert into profile.name select member_id, 'name', 'anna ' || value from profile.member where kind = 'user_id';
      insert into profile.name select member_id, 'last_name', 'rossi ' || value from profile.member where kind = 'user_id';
      insert into profile.trait (member_id, name, value, set_at, received_at, sequence, source)
        select member_id, trait, '"x"', now(), now(), 0, 'shop' from profile.member, unnest(array['name', 'city', 'plan']) trait;
      insert into profile.activity (activity_id, member_id, source, message_id, name, channel, occurred_at, received_at, properties)
        select gen_random_uuid(), ('1111c0de-0000-7000-8000-' || lpad((n % 8000 + 1)::text, 12, '0'))::uuid, 'shop', 'm', 'page.viewed', 'web',
               timestamptz '2025-01-15Z' + make_interval(months => n % 12), timestamptz '2025-01-15Z' + make_interval(months => n % 12), '{}'
          from generate_series(1, 40000) n;
      analyze profile.member, profile.name, profile.trait, profile.activity`);
  });

  const plan = (work: (database: never) => Promise<unknown>) => planOf(driver.dataSource, work);

  it('an identifier is looked up', async () => {
    expect(await plan((database) => matchesByIdentifier(database, 'v-77'))).toEqual({ rowsRead: 1, scanned: [] });
  });

  it('a name that nobody has is not looked for long', async () => {
    expect(await plan((database) => matchesByName(database, 'annb'))).toEqual({ rowsRead: 0, scanned: [] });
  });

  it.each([
    ['one', 'anna v-77', 11],
    ['5,000', 'anna', 500],
  ])('a name that %s have is read from the index, at most 500 times', async (_, name, most) => {
    const { rowsRead, scanned } = await plan((database) => matchesByName(database, name));
    expect(scanned).toEqual([]);
    expect(rowsRead).toBeLessThanOrEqual(2 * most);
  });

  it('what is shown of 20 customers is read for them only', async () => {
    const matches = Array.from({ length: 20 }, (_, n) => ({ memberId: member(n + 1), customerId: member(n + 1) }));
    const { rowsRead, scanned } = await plan((database) => readSummaries(database, matches));
    expect(scanned).toEqual([]);
    // The member, at most one activity of each month, and its traits.
    expect(rowsRead).toBeLessThanOrEqual(20 * (1 + 12 + 3));
  });

  it('of a customer with 3,000 browsers, 50 are shown: first the one that was looked for', async () => {
    const matches = [{ memberId: member(7_777), customerId: crowd }];
    const shown = (await readSummaries(driver.dataSource, matches)).get(crowd)!;
    expect(shown.identifiers).toHaveLength(50);
    expect(shown.identifiers[0]).toEqual({ kind: 'anonymous_id', value: 'v-7777' });
    const { rowsRead, scanned } = await plan((database) => readSummaries(database, matches));
    expect(scanned).toEqual([]);
    // A bitmap counts its rows twice.
    expect(rowsRead).toBeLessThanOrEqual(2 * 3_000 + 50 * (12 + 3));
  });
});
