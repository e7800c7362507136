import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anActivity, minutesAfterNoon, user } from './builders.ts';
import { type Service, startProfile } from './service.ts';

let service: Service;
let ada: string;
const activities = Array.from({ length: 7 }, (_, index) =>
  // Two of them have the same instant, and three have another one.
  anActivity({ name: `step.${index}`, timestamp: minutesAfterNoon([0, 1, 1, 2, 5, 5, 5][index]!) }),
);
const newestFirst = activities
  .toSorted((a, b) => (a.timestamp + a.activityId < b.timestamp + b.activityId ? 1 : -1))
  .map(({ activityId }) => activityId);

const byId = (a: { activityId: string }, b: { activityId: string }) => (a.activityId < b.activityId ? 1 : -1);

beforeAll(async () => {
  service = await startProfile();
  await service.publishActivities(...activities.slice(4), ...activities.slice(0, 4));
  ada = await service.idOf('user_id', 'ada');
});
afterAll(() => service.dispose());

const page = (query = '') => service.get(`/api/v1/customers/${ada}/timeline${query}`);
const idsOf = ({ body }: { body: { items: { activityId: string }[] } }) => body.items.map((item) => item.activityId);

describe('a timeline that fits on one page', () => {
  it('is returned newest first, also if instants are equal, without a next page', async () => {
    const response = await page();
    expect(idsOf(response)).toEqual(newestFirst);
    expect(response.body.next).toBeNull();
  });

  it('has the fields of each activity without its member', async () => {
    const { activityId, name, channel, vouchedBy, timestamp, receivedAt, properties } = activities[3]!;
    const { body } = await page();
    const expected = { activityId, name, channel, vouchedBy, timestamp, receivedAt, properties };
    expect(body.items).toContainEqual(expected);
  });
});

describe('a timeline over several pages', () => {
  it.each([1, 2, 3, 4, 6, 7])('has every activity once, with pages of %d', async (limit) => {
    const seen: string[] = [];
    for (let before = ''; ;) {
      const answer = await page(`?limit=${limit}${before}`);
      expect(answer.body.items.length).toBeLessThanOrEqual(limit);
      seen.push(...idsOf(answer));
      if (answer.body.next === null) break;
      before = `&before=${answer.body.next}`;
    }
    expect(seen).toEqual(newestFirst);
  });

  it('does not shift if a newer activity arrives in between', async () => {
    const { body } = await page('?limit=2');
    await service.publishActivities(anActivity({ identifiers: [user('ada')], timestamp: minutesAfterNoon(60) }));
    expect(idsOf(await page(`?limit=3&before=${body.next}`))).toEqual(newestFirst.slice(2, 5));
  });

  it('has all activities of a source that sends microseconds', async () => {
    const precise = [300, 200, 100].map((micros) =>
      anActivity({ identifiers: [user('precise')], timestamp: `2026-11-20T12:00:00.000${micros}Z` }),
    );
    await service.publishActivities(...precise);
    const path = `/api/v1/customers/${await service.idOf('user_id', 'precise')}/timeline?limit=1`;
    const seen: string[] = [];
    let answer = await service.get(path);
    for (; answer.body.next !== null; answer = await service.get(`${path}&before=${answer.body.next}`))
      seen.push(...idsOf(answer));
    expect(seen.toSorted()).toEqual(precise.map(({ activityId }) => activityId).toSorted());
  });
});

describe('a timeline over many months', () => {
  const at = (receivedAt: string, timestamp = receivedAt) =>
    anActivity({ identifiers: [user('loyal')], timestamp, receivedAt });
  const march = at('2026-03-31T23:59:59.999Z');
  const april = at('2026-04-01T00:00:00.000Z');
  // Nothing was received in May.
  const tomorrow = at('2026-06-10T12:00:00.000Z', '2026-06-11T12:00:00.000Z');
  const tenYearsLate = at('2026-06-10T12:00:00.000Z', '2016-06-10T12:00:00.000Z');
  const lastOfJune = at('2026-06-30T12:00:00.000Z', '2026-06-09T12:00:00.000Z');
  const july = at('2026-07-01T12:00:00.000Z', '2026-03-31T23:59:59.999Z');
  const newest = [tomorrow, lastOfJune, april, ...[march, july].toSorted(byId), tenYearsLate];
  let path: string;
  beforeAll(async () => {
    await service.publishActivities(july, tenYearsLate, march, lastOfJune, tomorrow, april);
    path = `/api/v1/customers/${await service.idOf('user_id', 'loyal')}/timeline`;
  });

  it.each([1, 2, 3, 4, 5, 6, 500])('is in the order in which it happened, with pages of %d', async (limit) => {
    const seen: string[] = [];
    let answer = await service.get(`${path}?limit=${limit}`);
    seen.push(...idsOf(answer));
    while (answer.body.next !== null) {
      answer = await service.get(`${path}?limit=${limit}&before=${answer.body.next}`);
      seen.push(...idsOf(answer));
    }
    expect(seen).toEqual(newest.map(({ activityId }) => activityId));
  });

  it('loses a month that is dropped, and nothing else', async () => {
    await service.query('drop table profile.activity_y2026m06');
    expect(idsOf(await service.get(path))).toEqual(
      [april, ...[march, july].toSorted(byId)].map(({ activityId }) => activityId),
    );
    const customer = path.replace('/timeline', '');
    expect((await service.get(customer)).body.members[0].identifiers).toEqual([{ kind: 'user_id', value: 'loyal' }]);
  });
});

describe('the limit', () => {
  it.each([['1'], ['2'], ['500']])('may be %s', async (limit) => {
    const { status, body } = await page(`?limit=${limit}`);
    expect(status).toBe(200);
    expect(body.items.length).toBeLessThanOrEqual(Number(limit));
  });

  it.each(['-1', '0', '501', '1.5', '1e9', 'ten', '', '1&limit=2'])('may not be %j', async (limit) => {
    expect(await page(`?limit=${limit}`)).toMatchObject({ status: 400, body: { code: 'bad-request' } });
  });
});

describe('the cursor', () => {
  it.each(['x', '', 'MSA1ZjBjMWMwZS02ZjU5LTVjM2MtOWQzNy0wZjdmNWYzYzdhMDE', '%00', 'a&before=b'])(
    'may not be %j',
    async (before) => {
      expect((await page(`?before=${before}`)).status).toBe(400);
    },
  );

  it('never causes an internal error, whatever its text is', async () => {
    const text = fc.oneof(
      fc.base64String({ maxLength: 200 }),
      fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes).toString('base64url')),
      fc
        .tuple(fc.oneof(fc.string(), fc.date().map(String), fc.nat().map(String)), fc.uuid())
        .map(([instant, id]) => Buffer.from(`${instant} ${id}`).toString('base64url')),
    );
    await fc.assert(
      fc.asyncProperty(text, async (before) => {
        expect([200, 400]).toContain((await page(`?before=${encodeURIComponent(before)}`)).status);
      }),
      { numRuns: 20 },
    );
  });
});

describe('the customer of a timeline', () => {
  it('is answered with 404 if it does not exist', async () => {
    const path = '/api/v1/customers/0199c0de-0000-7000-8000-00000000dead/timeline';
    expect(await service.get(path)).toMatchObject({ status: 404, body: { code: 'not-found' } });
  });

  it('is answered with 400 if its id is not a UUID', async () => {
    expect((await service.get('/api/v1/customers/ada/timeline')).status).toBe(400);
  });

  it('has only its own activities', async () => {
    await service.publishActivities(anActivity({ identifiers: [user('bea')] }));
    const bea = await service.idOf('user_id', 'bea');
    expect((await service.get(`/api/v1/customers/${bea}/timeline`)).body.items).toHaveLength(1);
  });
});
