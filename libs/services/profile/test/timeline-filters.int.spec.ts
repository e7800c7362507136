import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anActivity, minutesAfterNoon, user, visitor } from './builders.ts';
import { type Service, startProfile } from './service.ts';

let service: Service;
let ada = '';
const names = ['page.viewed', 'order.completed', 'page.viewed', 'order.refunded', 'page.viewed'];
beforeAll(async () => {
  service = await startProfile();
  await service.publishActivities(
    ...names.map((name, minute) =>
      anActivity({
        name,
        identifiers: minute % 2 === 0 ? [user('ada')] : [visitor('v'), user('ada')],
        timestamp: minutesAfterNoon(minute),
        channel: minute === 1 ? 'store' : 'web',
      }),
    ),
  );
  ada = await service.idOf('user_id', 'ada');
});
afterAll(() => service.dispose());

const page = (query = '') => service.get(`/api/v1/customers/${ada}/timeline${query}`);
const minutesOf = async (query: string) => {
  const { status, body } = await page(query);
  expect(status).toBe(200);
  return body.items.map(({ timestamp }: { timestamp: string }) =>
    [0, 1, 2, 3, 4].find((minute) => minutesAfterNoon(minute) === timestamp),
  );
};

describe('a timeline', () => {
  it.each([
    ['newest first', '', [4, 3, 2, 1, 0]],
    ['oldest first', '?order=asc', [0, 1, 2, 3, 4]],
    ['of one activity', '?name=order.completed', [1]],
    ['of two activities', '?name=order.completed,order.refunded&order=asc', [1, 3]],
    ['of one channel', '?channel=store', [1]],
    ['from an instant on', `?from=${minutesAfterNoon(3)}`, [4, 3]],
    ['until an instant', `?until=${minutesAfterNoon(3)}`, [2, 1, 0]],
    ['in an offset', '?from=2026-11-20T13:03:00%2B01:00', [4, 3]],
    ['of all of these', `?from=${minutesAfterNoon(1)}&until=${minutesAfterNoon(4)}&name=page.viewed&channel=web`, [2]],
    ['of nothing', '?name=promise.broken', []],
  ])('can be read %s', async (_what, query, minutes) => expect(await minutesOf(query)).toEqual(minutes));

  it.each([
    ['newest first', 'desc', 'before', [4, 3, 2, 1, 0]],
    ['oldest first', 'asc', 'after', [0, 1, 2, 3, 4]],
  ])('can be paged %s', async (_what, order, parameter, minutes) => {
    const seen: unknown[] = [];
    let cursor = '';
    do {
      const query = `?order=${order}&limit=2${cursor && `&${parameter}=${cursor}`}`;
      seen.push(...(await minutesOf(query)));
      cursor = (await page(query)).body.next ?? '';
    } while (cursor);
    expect(seen).toEqual(minutes);
  });

  it.each([
    ['a cursor of the other order', 'bad-cursor', '?order=asc&before=x'],
    ['no cursor', 'bad-cursor', '?before=x'],
    ['a day that does not exist', 'bad-instant', '?from=2026-02-30T00:00:00Z'],
    ['the year 0', 'bad-instant', '?from=0000-01-01T00:00:00Z'],
    ['21 names', 'too-many-names', `?name=${Array.from({ length: 21 }, (_, n) => `a.${n}`).join()}`],
  ])('is refused with %s: %s', async (_what, code, query) =>
    expect(await page(query)).toMatchObject({ status: 400, body: { code } }),
  );

  it.each([19, 20])('can be read of %d activities', async (count) => {
    expect((await page(`?name=${Array.from({ length: count }, (_, n) => `a.${n}`).join()}`)).status).toBe(200);
  });

  it.each(['?from=yesterday', '?channel=fax', '?order=up', '?name=%00'])('is refused with %s', async (query) =>
    expect((await page(query)).status).toBe(400),
  );
});
