import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { anActivity, minutesAfterNoon, user } from './builders.ts';
import { type Driver, type Process, profileDriver } from './driver.ts';
import { recordStatements } from './statements.ts';

let driver: Driver;
let names: string[];
/** A process that has not met a repeat yet. */
let fresh: Process;
beforeAll(async () => {
  driver = await profileDriver();
});
beforeEach(async () => {
  fresh = await driver.another();
  names = recordStatements(fresh.dataSource);
});
afterAll(() => driver.close());

const seenOf = (activityId: string) => driver.query('select from profile.seen where activity_id = $1', [activityId]);
const inTimeline = (activityId: string) =>
  driver.query('select from profile.activity where activity_id = $1', [activityId]);
const isLookingUp = async (...activities: Parameters<Process['deliver']>) => {
  names.length = 0;
  await fresh.deliver(...activities);
  return names.includes('profile-find-seen');
};
const attempts = () => names.filter((name) => name === 'profile-find-owners').length;

describe('a batch of new activities', () => {
  it('is stored without a look-up, and not marked as a repeat', async () => {
    expect(await isLookingUp(anActivity(), anActivity())).toBe(false);
    expect(fresh.markedAsRepeats).toEqual([]);
  });

  it('may have an activity twice', async () => {
    const twice = anActivity();
    expect(await isLookingUp(twice, anActivity(), twice)).toBe(false);
    expect(await inTimeline(twice.activityId)).toHaveLength(1);
  });
});

describe('a batch with a repeat', () => {
  it('is stored at once by a second attempt; only the repeat is published as a possible repeat', async () => {
    const [old, added] = [anActivity(), anActivity()];
    const [published] = await driver.deliver(old);
    expect(await fresh.deliver(added, old)).toEqual([
      expect.objectContaining({ activityId: added.activityId }),
      published,
    ]);
    expect(attempts()).toBe(2);
    expect(fresh.markedAsRepeats).toEqual([old.activityId]);
  });

  it('makes the next 16 batches look up their activities first, and then no more', async () => {
    const old = anActivity();
    await driver.deliver(old);
    await fresh.deliver(old);
    expect(await isLookingUp(old)).toBe(true);
    expect(attempts()).toBe(1);
    const looks: boolean[] = [];
    for (let batch = 0; batch < 18; batch += 1) looks.push(await isLookingUp(anActivity()));
    expect(looks).toEqual([...Array<boolean>(16).fill(true), false, false]);
  });

  it('has no effect of the first attempt: no member is left over', async () => {
    const old = anActivity();
    await driver.deliver(old);
    const count = async () =>
      (await driver.query<{ count: number }>('select count(*)::int as count from profile.member'))[0]!.count;
    const before = await count();
    await fresh.deliver(old, anActivity({ identifiers: [user('only one')] }));
    expect(await count()).toBe(before + 1);
  });

  it('finds the activity by its own instants, not by those of the repeat', async () => {
    const first = anActivity({ timestamp: minutesAfterNoon(0), receivedAt: '2026-10-31T23:59:59.999Z' });
    const [published] = await driver.deliver(first);
    const later = { ...first, timestamp: minutesAfterNoon(3), receivedAt: '2026-12-01T00:00:00.000Z' };
    expect(await fresh.deliver(later)).toEqual([published]);
    expect(await inTimeline(first.activityId)).toHaveLength(1);
  });
});

describe('a repeat of an activity whose month is no longer in the timeline', () => {
  const old = anActivity({ messageId: 'from May', identifiers: [user('may')], receivedAt: '2024-05-20T12:00:00.000Z' });
  beforeAll(async () => {
    await driver.deliver(old);
    await driver.query('drop table profile.activity_y2024m05');
  });

  it('changes nothing, and nothing is published for it; its neighbours are', async () => {
    const neighbour = anActivity({ identifiers: [user('may')] });
    const published = await fresh.deliver({ ...old, receivedAt: minutesAfterNoon(0) }, neighbour);
    expect(published.map(({ activityId }) => activityId)).toEqual([neighbour.activityId]);
    expect(await inTimeline(old.activityId)).toEqual([]);
  });

  it('changes nothing also if it is the same message, delivered again', async () => {
    expect(await fresh.deliver(old)).toEqual([]);
    expect(await inTimeline(old.activityId)).toEqual([]);
  });

  it('is refused if it is a different activity', async () => {
    const other = { ...old, contentHash: 2 };
    expect(await fresh.deliver(other)).toEqual([]);
    expect(fresh.refused).toEqual([other]);
  });

  it('is a new activity when its id is forgotten too', async () => {
    await driver.query('delete from profile.seen where activity_id = $1', [old.activityId]);
    expect(await fresh.deliver({ ...old, receivedAt: minutesAfterNoon(0) })).toHaveLength(1);
    expect(await seenOf(old.activityId)).toHaveLength(1);
  });
});

describe('a month that is dropped while a process writes to it', () => {
  it('stores nothing of the batch; the redelivered batch creates the month again', async () => {
    const [before, after] = [1, 2].map((day) => anActivity({ receivedAt: `2024-02-0${day}T12:00:00.000Z` }));
    await fresh.deliver(before!);
    await driver.query('drop table profile.activity_y2024m02');
    await expect(fresh.deliver(after!)).rejects.toMatchObject({ code: 'missing-partition', retriable: true });
    expect(await seenOf(after!.activityId)).toEqual([]);
    expect(await fresh.deliver(after!)).toHaveLength(1);
    expect(await inTimeline(after!.activityId)).toHaveLength(1);
  });
});

describe('many processes with batches that overlap', () => {
  it('store each activity once, and publish it once without the mark of a repeat', async () => {
    const all = Array.from({ length: 60 }, (_, index) =>
      anActivity({
        identifiers: [user(`overlap ${index % 9}`)],
        name: index % 4 === 0 ? 'message.unsubscribed' : 'product.viewed',
        receivedAt: index % 2 === 0 ? '2026-08-31T23:59:59.999Z' : '2026-09-01T00:00:00.000Z',
      }),
    );
    const processes = await Promise.all([driver.another(), driver.another(), driver.another()]);
    const published: string[] = [];
    const deliver = async (process: Process, batch: typeof all): Promise<void> => {
      try {
        published.push(...(await process.deliver(...batch)).map(({ activityId }) => activityId));
      } catch (error) {
        if (!(error as { retriable?: boolean }).retriable) throw error;
        await deliver(process, batch);
      }
    };
    const run = async (process: Process, turn: number) => {
      for (let round = 0; round < 10; round += 1) {
        const batch = all.filter((_, index) => (index * 7 + round * 5 + turn * 3) % 11 < 4);
        await deliver(process, turn === 1 ? batch.toReversed() : batch);
      }
      await deliver(process, all);
    };
    await Promise.all(processes.map(run));
    const ids = all.map(({ activityId }) => activityId).toSorted();
    for (const table of ['seen', 'activity']) {
      const rows = await driver.query<{ activity_id: string }>(
        `select activity_id from profile.${table} where activity_id = any($1::uuid[]) order by 1`,
        [ids],
      );
      expect(rows.map(({ activity_id }) => activity_id)).toEqual(ids);
    }
    const marked = processes.flatMap(({ markedAsRepeats }) => markedAsRepeats);
    const times = (list: readonly string[], id: string) => list.filter((one) => one === id).length;
    expect(ids.map((id) => times(published, id) - times(marked, id))).toEqual(ids.map(() => 1));
  });
});
