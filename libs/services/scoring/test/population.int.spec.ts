import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { seal, topics } from '@sestante/contracts';
import { compileModel, explain, fold, loyal, read, scoresAt } from '@sestante/engagement';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { toActivity } from '../src/translate.ts';
import { anActOf, expectClose, idOf } from './builders.ts';
import { type Service, startScoring } from './service.ts';

const dayMs = 86_400_000;
const model = compileModel(JSON.parse(readFileSync(new URL('../models/retail-2.json', import.meta.url), 'utf8')));
/** The last midnight (UTC) before the test. */
const midnight = Math.floor(Date.now() / dayMs) * dayMs;
const daysAgo = (days: number) => new Date(midnight - days * dayMs).toISOString();

/** Some promises to Ada were kept long ago, and broken in the last week. Bea had good experiences lately. Of Cleo little is known. */
const acts = [
  ...[70, 65, 60, 55].map((days) => anActOf('ada', { timestamp: daysAgo(days) })),
  ...[3.5, 2.5].map((days) => anActOf('ada', { name: 'promise.broken', timestamp: daysAgo(days) })),
  ...[20, 12, 2].map((days) => anActOf('bea', { timestamp: daysAgo(days) })),
  anActOf('cleo', { name: 'page.viewed', timestamp: daysAgo(1) }),
];
const evidenceOf = (name: string) =>
  acts.filter(({ customerId }) => customerId === idOf(name)).map((act) => read(model, toActivity(act)));
/** The scores of a customer at an instant, from the activities up to it. */
const scoresOf = (name: string, at: number) => {
  const known = evidenceOf(name).filter((one) => one.at <= at);
  return { scores: scoresAt(model, fold(model, known), at), isLoyal: loyal(model, fold(model, known), at)?.isLoyal };
};
const trustOf = (name: string, at: number) => scoresOf(name, at).scores.elements.trust;

let service: Service;
beforeAll(async () => {
  service = await startScoring();
  await service.publishActivities(...acts);
  // The first pass may have counted before there were activities.
  await service.query('delete from scoring.movement');
});
afterAll(() => service.dispose());

const movers = (query: string, key?: string) => service.get(`/api/v1/scores/movers?${query}`, key);

describe('who moved', () => {
  it('are the customers whose bond fell and rose most, with the scores before and now', async () => {
    const { status, body } = await movers('element=trust&days=7');
    expect(status).toBe(200);
    expect(body).toMatchObject({ model: 'retail-2', element: 'trust', days: 7, customers: 2 });
    const at = Date.parse(body.at);
    const before = at - 7 * dayMs;
    const [ada, bea] = ['ada', 'bea'].map((name) => [trustOf(name, before).bond!, trustOf(name, at).bond!] as const);
    expect(body.fell).toEqual([
      {
        customerId: idOf('ada'),
        before: expect.closeTo(ada![0], 8),
        now: expect.closeTo(ada![1], 8),
        change: expect.closeTo(ada![1] - ada![0], 8),
      },
    ]);
    expect(body.rose).toMatchObject([{ customerId: idOf('bea') }]);
    expectClose(body.mean.change, (ada![1] - ada![0] + bea![1] - bea![0]) / 2);
  });

  it.each([
    ['trust', 7],
    ['trust', 30],
    ['value', 90],
    ['relevance', 90],
  ])('have causes that add up to the change of the mean: of %s in %d days', async (element, days) => {
    const { body } = await movers(`element=${element}&days=${days}`);
    const sum = (body.causes as { contribution: number }[]).reduce((total, one) => total + one.contribution, 0);
    expect(sum).toBeCloseTo(body.mean?.change ?? 0, 9);
  });

  it('have the activities of the last days as causes, by rule, and what has faded as time', async () => {
    const { body } = await movers('element=trust&days=7');
    const at = Date.parse(body.at);
    const broken = explain(model, evidenceOf('ada'), { element: 'trust', scale: 'bond', at })
      .contributions.filter(({ name }) => name === 'promise.broken')
      .reduce((sum, { contribution }) => sum + contribution, 0);
    const cause = (body.causes as { name: string }[]).find(({ name }) => name === 'promise.broken');
    expect(cause).toEqual({
      name: 'promise.broken',
      rule: expect.any(Number),
      because: expect.objectContaining({ en: expect.any(String) }),
      count: 2,
      contribution: expect.closeTo(broken / 2, 8),
    });
    expect((body.causes as { name: string }[]).map(({ name }) => name)).toContain('time');
  });

  it.each(['', 'element=luck', 'element=trust&days=8', 'element=trust&limit=0', 'element=trust&limit=51'])(
    'with the query "%s" is answered with 400',
    async (query) => {
      expect((await movers(query)).status).toBe(400);
    },
  );
});

describe('an erased customer', () => {
  it('is among the movers no more', async () => {
    await service.publishActivities(anActOf('dora', { name: 'promise.broken', timestamp: daysAgo(1) }));
    await service.query('delete from scoring.movement');
    const idsIn = async () => {
      const { body } = await movers('element=trust&days=30&limit=50');
      return [...body.fell, ...body.rose].map(({ customerId }: { customerId: string }) => customerId);
    };
    expect(await idsIn()).toContain(idOf('dora'));
    const data = {
      ...{ erasureId: randomUUID(), customerId: idOf('dora'), erasedAt: daysAgo(0) },
      members: [idOf('dora'), idOf('member of dora')],
    };
    await service.handled(topics.customers.name, [
      seal(topics.customers, { event: 'CustomerErased', id: data.erasureId, key: data.customerId, data }),
    ]);
    expect(await idsIn()).not.toContain(idOf('dora'));
    const left = await service.query('select from scoring.mover where customer_id = $1', [idOf('dora')]);
    expect(left).toEqual([]);
    await service.query('delete from scoring.movement');
  });
});

describe('the trend of a score', () => {
  const trend = (query: string, key?: string) => service.get(`/api/v1/scores/trend?${query}`, key);

  it('has the scores of all customers at the end of each day since the first activity', async () => {
    await movers('element=trust');
    const { status, body } = await trend('element=trust');
    expect(status).toBe(200);
    expect(body.items[0].day).toBe(daysAgo(70).slice(0, 10));
    expect(body.items).toHaveLength(70);
    for (const item of body.items) {
      const end = Date.parse(item.day) + dayMs - 1;
      const present = ['ada', 'bea', 'cleo'].filter((name) => evidenceOf(name).some(({ at }) => at <= end));
      const known = present.filter((name) => trustOf(name, end).confidence >= 0.2);
      expect({ customers: item.customers, tooLittle: item.tooLittle }).toEqual({
        customers: known.length,
        tooLittle: present.length - known.length,
      });
      expect(item.loyal).toBe(present.filter((name) => scoresOf(name, end).isLoyal).length);
      expect(item.falling).toBe(known.filter((name) => (trustOf(name, end).drop ?? 0) >= 5).length);
      const mean = known.reduce((sum, name) => sum + trustOf(name, end).bond!, 0) / known.length;
      if (known.length > 0) expectClose(item.mean, mean);
      else expect(item).toMatchObject({ mean: null, q1: null, median: null, q3: null });
    }
  });

  it('is of chosen days, or of each seventh one', async () => {
    const { body } = await trend(`element=value&from=${daysAgo(10)}&to=${daysAgo(3)}`);
    expect(body.items.map(({ day }: { day: string }) => day)).toEqual(
      [10, 9, 8, 7, 6, 5, 4, 3].map((days) => daysAgo(days).slice(0, 10)),
    );
    const { body: weekly } = await trend(`element=value&from=${daysAgo(20)}&to=${daysAgo(3)}&step=week`);
    expect(weekly.items.map(({ day }: { day: string }) => day)).toEqual(
      [17, 10, 3].map((days) => daysAgo(days).slice(0, 10)),
    );
  });

  it.each(['', 'element=luck', 'element=trust&step=year', 'element=trust&from=yesterday'])(
    'with the query "%s" is answered with 400',
    async (query) => {
      expect((await trend(query)).status).toBe(400);
    },
  );

  it('is the summary of a past day, too', async () => {
    const { body } = await service.get(`/api/v1/scores/summary?at=${daysAgo(10)}`);
    const { body: days } = await trend(`element=trust&from=${daysAgo(11)}&to=${daysAgo(11)}`);
    const at = new Date(Date.parse(daysAgo(10)) - 1).toISOString();
    expect(body).toMatchObject({ at, customers: 2, elements: { trust: { mean: days.items[0].mean } } });
    expect((await service.get(`/api/v1/scores/summary?at=${daysAgo(500)}`)).status).toBe(404);
    expect((await service.get(`/api/v1/scores/summary?at=${daysAgo(10)}&channel=web`)).body).toMatchObject({
      status: 400,
      code: 'bad-filter',
    });
  });
});

describe('the right to read the scores of all customers', () => {
  it.each(['summary', 'trend?element=trust', 'movers?element=trust'])('%s is that of marketing', async (path) => {
    expect((await service.get(`/api/v1/scores/${path}`, await service.keyOf('marketing'))).status).toBe(200);
    for (const role of ['clerk', 'app'])
      expect((await service.get(`/api/v1/scores/${path}`, await service.keyOf(role))).status).toBe(403);
    expect((await service.get(`/api/v1/scores/${path}`, 'some-other-key')).status).toBe(401);
  });
});
