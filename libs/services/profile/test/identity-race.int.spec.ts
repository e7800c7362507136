import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Identifier } from '@sestante/identity';
import { anActivity, card, user, visitor } from './builders.ts';
import { type Driver, type Process, profileDriver } from './driver.ts';

let driver: Driver;
let other: Process;
beforeAll(async () => {
  driver = await profileDriver();
  other = await driver.another();
});
afterAll(() => driver.close());

const seenWith = (...identifiers: Identifier[]) => anActivity({ identifiers });
const membersOf = (...identifiers: Identifier[]) =>
  driver.query<{ member_id: string }>(
    `select distinct member_id from profile.identifier
       join unnest($1::text[], $2::text[]) as wanted(kind, value) using (kind, value)`,
    [identifiers.map(({ kind }) => kind), identifiers.map(({ value }) => value)],
  );

/** Both processes resolve before either of them has written: the lock allows reads and blocks writes. */
async function atTheSameMoment(one: ReturnType<typeof anActivity>, another: ReturnType<typeof anActivity>) {
  const outcomes = await driver.whileLocked('lock table profile.identifier in exclusive mode', 2, () =>
    Promise.allSettled([driver.deliver(one), other.deliver(another)]),
  );
  return outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as Error] : []));
}

describe('two processes with the same new identifier at the same moment', () => {
  it('create one member: one process fails, and finds the member when its batch is redelivered', async () => {
    const [click, order] = [seenWith(visitor('r-1')), seenWith(visitor('r-1'))];
    const failures = await atTheSameMoment(click, order);
    expect(failures).toEqual([expect.objectContaining({ code: 'race', retriable: true })]);
    await Promise.all([driver.deliver(click), other.deliver(order)]);
    expect(await membersOf(visitor('r-1'))).toHaveLength(1);
  });

  it('store nothing of the batch that failed', async () => {
    const [before] = await driver.query<{ members: number }>('select count(*)::int as members from profile.member');
    const [click, order] = [seenWith(visitor('r-2')), seenWith(visitor('r-2'))];
    await atTheSameMoment(click, order);
    const [after] = await driver.query<{ members: number }>('select count(*)::int as members from profile.member');
    expect(after!.members).toBe(before!.members + 1);
    const stored = await driver.query('select from profile.activity where activity_id = any($1::uuid[])', [
      [click.activityId, order.activityId],
    ]);
    expect(stored).toHaveLength(1);
  });
});

describe('two people who sign up at the same moment with one anonymous id', () => {
  it('become two customers, and one of them gets the anonymous id', async () => {
    await driver.deliver(seenWith(visitor('shared-1')));
    const bea = seenWith(user('bea'), visitor('shared-1'));
    const cleo = seenWith(user('cleo'), visitor('shared-1'));
    const failures = await atTheSameMoment(bea, cleo);
    expect(failures).toEqual([expect.objectContaining({ code: 'race', retriable: true })]);
    await Promise.all([driver.deliver(bea), other.deliver(cleo)]);
    expect(await membersOf(user('bea'), user('cleo'))).toHaveLength(2);
  });

  it('become two customers also if one has an account and the other a loyalty card', async () => {
    await driver.deliver(seenWith(visitor('shared-2')));
    const dora = seenWith(user('dora'), visitor('shared-2'));
    const stranger = seenWith(card('c-7'), visitor('shared-2'));
    expect(await atTheSameMoment(dora, stranger)).toHaveLength(1);
    await Promise.all([driver.deliver(dora), other.deliver(stranger)]);
    expect(await membersOf(user('dora'), card('c-7'))).toHaveLength(2);
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
