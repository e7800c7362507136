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

describe('an activity that cannot be stored', () => {
  // The first case arrives before anything was published: nothing may be published while its batch is rolled back.
  it.each([
    ['happened at an instant that does not exist', { timestamp: '2026-13-45T25:61:00Z' }],
    ['happened in the year 0', { timestamp: '0000-01-01T00:00:00.000Z' }],
    ['has a NUL in its message id', { messageId: 'a\0b' }],
    ['has a NUL in an identifier', { identifiers: [user('sender'), user('a\0b')] }],
    ['has a NUL in the name of a trait', { traits: { 'a\0b': 1 } }],
    ['was received in the year 0', { receivedAt: '0000-01-01T00:00:00.000Z' }],
    ['happened on 30 February', { timestamp: '2026-02-30T12:00:00.000Z' }],
    ['has a NUL in its name', { name: 'a\0b' }],
  ])('because it %s becomes a dead letter, and its neighbours are stored and published', async (what, fault) => {
    const before = await counts();
    const neighbours = ['before', 'after'].map(() => anActivity({ identifiers: [user(`neighbour ${what}`)] }));
    const invalid = anActivity({ identifiers: [user(`neighbour ${what}`)], ...fault });
    await service.publishActivities(neighbours[0]!, invalid, neighbours[1]!);
    const id = await service.idOf('user_id', `neighbour ${what}`);
    const { body } = await service.get(`/api/v1/customers/${id}/timeline`);
    const stored = (body.items as { activityId: string }[]).map(({ activityId }) => activityId);
    expect(stored.toSorted()).toEqual(neighbours.map(({ activityId }) => activityId).toSorted());
    expect(await counts()).toEqual({ deadLetters: before.deadLetters + 1, acted: before.acted + 2 });
  });
});

describe('an activity that cannot be stored until a fault of ours is corrected', () => {
  it('is listed as a dead letter, and has its effect once after a redrive', async () => {
    const [cursed, other] = ['curse.lifted', 'product.viewed'].map((name) =>
      anActivity({ identifiers: [user('patient')], name }),
    );
    await service.query(`alter table profile.activity add constraint fault check (name <> 'curse.lifted') not valid`);
    await service.publishActivities(cursed!, other!);
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
    await service.publishActivities();
    expect(await publishedTo(topics.customers.name)).toBe(acted + 1);
    const timeline = await service.get(`/api/v1/customers/${await service.idOf('user_id', 'patient')}/timeline`);
    const stored = (timeline.body.items as { activityId: string }[]).map(({ activityId }) => activityId);
    expect(stored.toSorted()).toEqual([cursed!, other!].map(({ activityId }) => activityId).toSorted());
  });
});

describe('an activity with unusual but valid texts', () => {
  it.each([
    ['its source', { source: 'two\nlines' }],
    ['its name', { name: 'two\nlines' }],
    ['its message id', { messageId: 'two\nlines' }],
  ])('with a line break in %s is stored', async (what, over) => {
    const activity = anActivity({ identifiers: [user(`line break ${what}`)], ...over });
    await service.publishActivities(activity);
    const { name, activityId } = activity;
    const path = `/api/v1/customers/${await service.idOf('user_id', `line break ${what}`)}/timeline`;
    expect((await service.get(path)).body.items).toMatchObject([{ activityId, name }]);
  });
});

describe('an activity with unusual but valid properties', () => {
  it.each([
    ['a NUL', { a: 'x\0y' }],
    ['a line break', { 'a\nb': 'c\r\nd' }],
    ['half a surrogate pair', { a: '\ud800' }],
    ['extreme numbers', { a: 1e308, b: -5e-324 }],
    ['sql', { a: `'); drop table profile.activity; --` }],
  ])('with %s in its properties is stored', async (what, properties) => {
    const activity = anActivity({ identifiers: [user(`harmless ${what}`)], properties });
    await service.publishActivities(activity);
    const id = await service.idOf('user_id', `harmless ${what}`);
    const { body } = await service.get(`/api/v1/customers/${id}/timeline`);
    expect(body.items).toMatchObject([{ activityId: activity.activityId }]);
  });
});
