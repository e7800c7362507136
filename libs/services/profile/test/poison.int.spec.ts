import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { topics } from '@sestante/contracts';
import { eventually } from '@sestante/streaming/testing';
import { anActivity, user } from './builders.ts';
import { type Service, startProfile } from './service.ts';

let service: Service;
beforeAll(async () => {
  service = await startProfile();
});
afterAll(() => service.dispose());

const publishedTo = async (topic: string) => {
  const [row] = await service.query<{ count: number }>(
    'select sum(next_offset)::int as count from stream.topic_partition where topic = $1',
    [topic],
  );
  return row!.count;
};
const deadLetters = async () => (await service.get('/api/v1/dead-letters?limit=500')).body.items as { id: string }[];
const counts = async () => ({
  deadLetters: (await deadLetters()).length,
  acted: await publishedTo(topics.customers.name),
});

describe('an activity that cannot be kept', () => {
  // The first comes when nothing has been published yet: it must not be, either, while its batch is being taken back.
  it.each([
    ['has a line break in its source', { source: 'two\nlines' }],
    ['happened at an instant that there is not', { timestamp: '2026-13-45T25:61:00Z' }],
    ['happened in the year 0', { timestamp: '0000-01-01T00:00:00.000Z' }],
    ['has a NUL in its message id', { messageId: 'a\0b' }],
    ['has a NUL in an identifier', { identifiers: [user('poison'), user('a\0b')] }],
    ['has a NUL in the name of a trait', { traits: { 'a\0b': 1 } }],
    ['has a line break in its name', { name: 'two\nlines' }],
  ])('because it %s becomes a dead letter, and those around it are kept and said', async (what, fault) => {
    const before = await counts();
    const around = ['before', 'after'].map(() => anActivity({ identifiers: [user(`poison ${what}`)] }));
    const poison = anActivity({ identifiers: [user(`poison ${what}`)], ...fault });
    await service.happened(around[0]!, poison, around[1]!);
    const id = await service.idOf('user_id', `poison ${what}`);
    const { body } = await service.get(`/api/v1/customers/${id}/timeline`);
    const kept = (body.items as { activityId: string }[]).map(({ activityId }) => activityId);
    expect(kept.toSorted()).toEqual(around.map(({ activityId }) => activityId).toSorted());
    expect(await counts()).toEqual({ deadLetters: before.deadLetters + 1, acted: before.acted + 2 });
  });
});

describe('an activity that cannot be kept until a fault of ours is mended', () => {
  it('is listed as a dead letter, and takes its effect once when it is driven again', async () => {
    const [cursed, other] = ['curse.lifted', 'product.viewed'].map((name) =>
      anActivity({ identifiers: [user('patient')], name }),
    );
    await service.query(`alter table profile.activity add constraint fault check (name <> 'curse.lifted') not valid`);
    await service.happened(cursed!, other!);
    const { body } = await service.get('/api/v1/dead-letters?reason=fault');
    expect(body.items).toMatchObject([{ group: 'profile', topic: topics.activities.name, attempts: 1 }]);
    expect(JSON.parse(body.items[0].value)).toEqual(cursed);

    await service.query('alter table profile.activity drop constraint fault');
    const acted = await publishedTo(topics.customers.name);
    expect((await service.change('POST /api/v1/dead-letters/redrive', { reason: 'fault' })).body).toMatchObject({
      redriven: 1,
    });
    await eventually(async () =>
      expect((await service.get('/api/v1/dead-letters?reason=fault')).body.items).toEqual([]),
    );
    await service.happened();
    expect(await publishedTo(topics.customers.name)).toBe(acted + 1);
    const timeline = await service.get(`/api/v1/customers/${await service.idOf('user_id', 'patient')}/timeline`);
    const kept = (timeline.body.items as { activityId: string }[]).map(({ activityId }) => activityId);
    expect(kept.toSorted()).toEqual([cursed!, other!].map(({ activityId }) => activityId).toSorted());
  });
});

describe('an activity that only looks poisonous', () => {
  it.each([
    ['a NUL', { a: 'x\0y' }],
    ['a line break', { 'a\nb': 'c\r\nd' }],
    ['half a surrogate pair', { a: '\ud800' }],
    ['a number without end', { a: 1e308, b: -5e-324 }],
    ['sql', { a: `'); drop table profile.activity; --` }],
  ])('with %s in its properties is kept', async (what, properties) => {
    const activity = anActivity({ identifiers: [user(`harmless ${what}`)], properties });
    await service.happened(activity);
    const id = await service.idOf('user_id', `harmless ${what}`);
    const { body } = await service.get(`/api/v1/customers/${id}/timeline`);
    expect(body.items).toMatchObject([{ activityId: activity.activityId }]);
  });
});
