import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mostConnected } from '@sestante/identity';
import { anActivity, minutesAfterNoon, user, visitor } from './builders.ts';
import { type IdentityStore, startIdentityStore } from './identity-store.ts';

let store: IdentityStore;
beforeAll(async () => {
  store = await startIdentityStore();
});
afterAll(() => store.driver.close());

const query = <Row>(sql: string) => store.driver.query<Row>(sql);

/** Stores a chain of so many connected members: browsers, each seen with the next one. They are one customer. */
async function aChain(count: number): Promise<void> {
  await store.clear();
  const id = (n: string) => `('1111c0de-0000-7000-8000-' || lpad((${n})::text, 12, '0'))::uuid`;
  await query(`
    insert into profile.member (member_id, customer_id, kind, value, is_confirmed)
      select ${id('n')}, ${id('1')}, 'anonymous_id', 'v-' || n, true from generate_series(1, ${count}) n;
    insert into profile.link (link_id, member_a, member_b, rule, at)
      select gen_random_uuid(), ${id('n')}, ${id('n + 1')}, 'same-activity', now() from generate_series(1, ${count - 1}) n;
    analyze profile.member, profile.link`);
}

const stored = async () =>
  (
    await query<{ refusal: string | null; is_beyond: boolean }>(
      `select refusal, is_beyond from profile.link where activity_id is not null order by at`,
    )
  ).map(({ refusal, is_beyond }) => [refusal, is_beyond]);
const customerOf = async (value: string) =>
  (await query<{ customer_id: string }>(`select customer_id from profile.member where value = '${value}'`))[0]!
    .customer_id;

test.each([
  [mostConnected - 2, null],
  [mostConnected - 1, null],
  [mostConnected, 'too-many'],
])('one more link of %d connected members has the refusal %s', async (count, refusal) => {
  await aChain(count);
  const [published] = await store.driver.deliver(anActivity({ identifiers: [user('ada'), visitor('v-7')] }));
  expect(published!.customerId).toBe(await customerOf('ada'));
  expect((await customerOf('ada')) === (await customerOf('v-7'))).toBe(refusal === null);
  expect(await stored()).toEqual([[refusal, refusal !== null]]);
});

test('a link beyond the limit is kept, and connects nobody: what is linked on its other side is decided as before', async () => {
  await aChain(mostConnected);
  const identifiers = [user('ada'), visitor('v-7')];
  await store.driver.deliver(anActivity({ identifiers }));
  await store.driver.deliver(anActivity({ identifiers, timestamp: minutesAfterNoon(1) }));
  await store.driver.deliver(anActivity({ identifiers: [user('ada'), visitor('of ada')] }));
  expect(await customerOf('of ada')).toBe(await customerOf('ada'));
  expect(await stored()).toEqual([
    ['too-many', true],
    [null, false],
  ]);
});

test('somebody can merge the two by hand', async () => {
  await aChain(mostConnected);
  await store.driver.deliver(anActivity({ identifiers: [user('ada'), visitor('v-7')] }));
  const customers = [await customerOf('ada'), await customerOf('v-7')] as const;
  await store.merges.merge(
    customers,
    { reason: 'a test', by: { kind: 'key', keyId: 'key', name: 'test', role: 'admin' } },
    false,
  );
  expect(await customerOf('v-7')).toBe(await customerOf('ada'));
});
