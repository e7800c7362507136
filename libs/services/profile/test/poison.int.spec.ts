import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anActivity, user } from './builders.ts';
import { type Service, startProfile } from './service.ts';

let service: Service;
beforeAll(async () => {
  service = await startProfile();
});
afterAll(() => service.dispose());

const deadLetters = async () => {
  const [row] = (await service.query(
    `select next_offset::int as count from stream.topic_partition where topic = 'engagement.dead-letters.v1'`,
  )) as { count: number }[];
  return row!.count;
};

describe('an activity that cannot be kept', () => {
  it.each([
    ['happened at an instant that there is not', { timestamp: '2026-13-45T25:61:00Z' }],
    ['happened in the year 0', { timestamp: '0000-01-01T00:00:00.000Z' }],
    ['has a NUL in its message id', { messageId: 'a\0b' }],
    ['has a NUL in an identifier', { identifiers: [user('poison'), user('a\0b')] }],
    ['has a NUL in the name of a trait', { traits: { 'a\0b': 1 } }],
    ['has a line break in its name', { name: 'two\nlines' }],
    ['has a line break in its source', { source: 'two\nlines' }],
  ])('because it %s becomes a dead letter, and those around it are kept', async (what, fault) => {
    const before = await deadLetters();
    const around = ['before', 'after'].map(() => anActivity({ identifiers: [user(`poison ${what}`)] }));
    const poison = anActivity({ identifiers: [user(`poison ${what}`)], ...fault });
    await service.happened(around[0]!, poison, around[1]!);
    const id = await service.idOf('user_id', `poison ${what}`);
    const { body } = await service.get(`/api/v1/customers/${id}/timeline`);
    const kept = (body.items as { activityId: string }[]).map(({ activityId }) => activityId);
    expect(kept.toSorted()).toEqual(around.map(({ activityId }) => activityId).toSorted());
    expect(await deadLetters()).toBe(before + 1);
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
