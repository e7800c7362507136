import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ActivityReceived, CustomerActed } from '@sestante/contracts';
import { type Identifier, identifierKey } from '@sestante/identity';
import { anActivity, card, device, mail, minutesAfterNoon, user, visitor } from './builders.ts';
import { type Driver, type Process, profileDriver } from './driver.ts';
import { recordStatements } from './statements.ts';

let driver: Driver;
let other: Process;
beforeAll(async () => {
  driver = await profileDriver();
  other = await driver.another();
});
afterAll(() => driver.close());

const seenWith = (...identifiers: Identifier[]) => anActivity({ identifiers });

interface MemberRow extends Identifier {
  readonly member_id: string;
  readonly customer_id: string;
  readonly moves: number;
}

const membersOf = (...identifiers: Identifier[]) =>
  driver.query<MemberRow>(
    `select m.* from profile.member m
       join unnest($1::text[], $2::text[]) with ordinality as wanted (kind, value, place) using (kind, value) order by place`,
    [identifiers.map(({ kind }) => kind), identifiers.map(({ value }) => value)],
  );
const customersOf = async (...identifiers: Identifier[]) =>
  (await membersOf(...identifiers)).map(({ customer_id }) => customer_id);

/** Both processes resolve before either of them has written: the lock allows reads and blocks writes. */
const atTheSameMoment = (one: readonly ActivityReceived[], another: readonly ActivityReceived[]) =>
  driver.whileLocked('lock table profile.member in exclusive mode', 2, () =>
    Promise.all([driver.deliver(...one), other.deliver(...another)]),
  );

describe('two processes with the same new identifier at the same moment', () => {
  it('create one member, and both batches are stored and published', async () => {
    const [click, order] = [seenWith(visitor('r-1')), seenWith(visitor('r-1'))];
    const published = await atTheSameMoment([click], [order]);
    const [member, ...others] = await membersOf(visitor('r-1'));
    expect(others).toEqual([]);
    const owner = { memberId: member!.member_id, customerId: member!.customer_id, moves: 0 };
    expect(published).toMatchObject([
      [{ activityId: click.activityId, ...owner }],
      [{ activityId: order.activityId, ...owner }],
    ]);
  });

  it('leave nothing of the attempt that failed', async () => {
    const count = async () =>
      (await driver.query<{ members: number }>('select count(*)::int as members from profile.member'))[0]!.members;
    const before = await count();
    const [click, order] = [seenWith(visitor('r-2')), seenWith(visitor('r-2'), user('r-2'))];
    await atTheSameMoment([click, seenWith(visitor('r-3'))], [order, seenWith(visitor('r-4'))]);
    expect(await count()).toBe(before + 4);
    const stored = await driver.query('select from profile.activity where activity_id = any($1::uuid[])', [
      [click.activityId, order.activityId],
    ]);
    expect(stored).toHaveLength(2);
  });

  it('try again only if they have something in common', async () => {
    const third = await driver.another();
    const names = recordStatements(third.dataSource);
    await driver.whileLocked('lock table profile.member in exclusive mode', 2, () =>
      Promise.all([driver.deliver(seenWith(user('r-5'))), third.deliver(seenWith(user('r-6'), visitor('r-6')))]),
    );
    expect(names.filter((name) => name === 'profile-find-owners')).toHaveLength(1);
  });
});

describe('two people who sign up at the same moment with one browser', () => {
  it.each([
    ['two accounts', user('bea'), user('cleo')],
    ['an account and a loyalty card', user('dora'), card('c-7')],
  ])('become two customers, and one of them gets the browser: %s', async (what, one, another) => {
    const shared = visitor(`shared by ${what}`);
    await driver.deliver(seenWith(shared));
    await atTheSameMoment([seenWith(one, shared)], [seenWith(another, shared)]);
    const [first, second, browser] = await customersOf(one, another, shared);
    expect(first).not.toBe(second);
    expect([first, second]).toContain(browser);
  });
});

describe('two processes that link different people with the same one at the same moment', () => {
  it('leave one customer, and the messages of both say so', async () => {
    const identifiers = [user('emil'), card('c-8'), card('c-9')] as const;
    const [emil, old, replaced] = identifiers;
    await driver.deliver(...identifiers.map((one) => seenWith(one)));
    const before = [driver.moved.length, other.moved.length] as const;
    await atTheSameMoment([seenWith(emil, old)], [seenWith(old, replaced)]);
    const members = await membersOf(...identifiers);
    expect(new Set(members.map(({ customer_id }) => customer_id)).size).toBe(1);
    const told = new Map(members.map(({ member_id }) => [member_id, { customer_id: member_id, moves: 0 }]));
    for (const { data } of [...driver.moved.slice(before[0]), ...other.moved.slice(before[1])])
      for (const { memberId, moves } of data.members)
        if (moves > told.get(memberId)!.moves) told.set(memberId, { customer_id: data.customerId, moves });
    expect(told).toEqual(
      new Map(members.map(({ member_id, customer_id, moves }) => [member_id, { customer_id, moves }])),
    );
  });
});

describe('an activity of a member that another process moves to another customer meanwhile', () => {
  it('is published with the new customer', async () => {
    const [fay, phone] = [user('fay'), visitor('fay')];
    const [[account], [click]] = [await driver.deliver(seenWith(fay)), await driver.deliver(seenWith(phone))];
    // The first stops before it moves the values of the standing. The second has found the former customer by then, and waits for its standing.
    const both = await driver.inTurn(
      'lock table profile.fact in exclusive mode',
      () => driver.deliver(seenWith(fay, phone)),
      () => other.deliver(seenWith(phone)),
    );
    expect(click!.customerId).not.toBe(account!.customerId);
    expect(both[1]).toMatchObject([{ memberId: click!.memberId, customerId: account!.customerId, moves: 1 }]);
  });
});

describe('many processes with activities of the same people', () => {
  const people = Array.from({ length: 6 }, (_, n) => `p-${n}`);
  /** Sorted by time. Some log in on the device of another one, some with an address of another one. */
  const all = Array.from({ length: 120 }, (_, n) => {
    const [one, another] = [people[n % 6]!, people[(n * 5 + 1) % 6]!];
    const kinds: Identifier[][] = [
      [visitor(one)],
      [user(one), visitor(one)],
      [mail(one), visitor(another)],
      [card(one), mail(another)],
      [user(one), card(one)],
      [user(another), device(one), visitor(one)],
      [device(another)],
    ];
    return anActivity({ identifiers: kinds[n % 7]!, timestamp: minutesAfterNoon(n) });
  });

  const groups = async (of: Driver) => {
    const rows = await of.query<MemberRow>(`select * from profile.member where value like 'p-_' order by kind, value`);
    const byCustomer = new Map<string, string[]>();
    for (const row of rows)
      byCustomer.set(row.customer_id, [...(byCustomer.get(row.customer_id) ?? []), identifierKey(row)]);
    return [...byCustomer.values()].map((keys) => keys.join(' ')).sort();
  };
  const deliverAll = async (process: Process, activities: readonly ActivityReceived[], size: number) => {
    const published: CustomerActed[] = [];
    for (let from = 0; from < activities.length; from += size)
      published.push(...(await process.deliver(...activities.slice(from, from + size))));
    return published;
  };

  it('store the same customers as one process that reads them in order', async () => {
    const alone = await profileDriver();
    await deliverAll(alone, all, all.length);
    const processes = [driver, other, await driver.another()];
    const published = await Promise.all(
      processes.map((process, turn) => {
        const own = all.filter((_, n) => n % 3 === turn);
        return deliverAll(process, turn === 1 ? own.toReversed() : own, 4);
      }),
    );
    expect(published.flat()).toHaveLength(all.length);
    expect(await groups(driver)).toEqual(await groups(alone));
    await alone.close();
  });
});

describe('two processes with the same activities', () => {
  it('store each activity once, in any order, and publish the same', async () => {
    const batch = Array.from({ length: 20 }, () => seenWith(user('ella')));
    await driver.deliver(seenWith(user('ella')));
    const [published, publishedByOther] = await driver.whileLocked(
      'lock table profile.activity in exclusive mode',
      2,
      () => Promise.all([driver.deliver(...batch), other.deliver(...batch.toReversed())]),
    );
    expect(publishedByOther).toEqual(published.toReversed());
    const ids = batch.map(({ activityId }) => activityId);
    const stored = await driver.query<{ activity_id: string }>(
      'select activity_id from profile.activity where activity_id = any($1::uuid[])',
      [ids],
    );
    expect(stored.map(({ activity_id }) => activity_id).toSorted()).toEqual(ids.toSorted());
    const marked = [driver, other].map(({ markedAsRepeats }) => markedAsRepeats.filter((id) => ids.includes(id)));
    expect(marked.map(({ length }) => length).toSorted((a, b) => a - b)).toEqual([0, 20]);
  });
});
