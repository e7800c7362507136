import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { compileModel, elements, fold, read, scoresAt } from '@sestante/engagement';
import { readFileSync } from 'node:fs';
import { toActivity } from '../src/translate.ts';
import { anActOf, daysAfter, expectClose, idOf } from './builders.ts';
import { type Service, startScoring } from './service.ts';

const model = compileModel(JSON.parse(readFileSync(new URL('../models/retail-2.json', import.meta.url), 'utf8')));
const ada = idOf('ada');
const order = { order_id: 'o-1' };
const kept = anActOf('ada', { name: 'promise.kept', timestamp: daysAfter(-60) });
/** Two sources tell about one late delivery: the page first. */
const byPage = anActOf('ada', {
  name: 'promise.broken',
  vouchedBy: 'page',
  timestamp: daysAfter(-20),
  properties: order,
});
const byServer = anActOf('ada', { name: 'promise.broken', timestamp: daysAfter(-10), properties: order });
const ordered = anActOf('ada', { name: 'order.completed', timestamp: daysAfter(-50), properties: { revenue: 40 } });
/** All that is known of Bea. */
const only = anActOf('bea', { timestamp: daysAfter(-10) });
const acts = [kept, byPage, byServer, ordered];
const evidence = acts.map((act) => read(model, toActivity(act)));

let service: Service;
beforeAll(async () => {
  service = await startScoring();
  await service.publishActivities(...acts, only);
});
afterAll(() => service.dispose());

const historyOf = (query: string, key?: string) => service.get(`/api/v1/customers/${ada}/scores/history?${query}`, key);

describe('the history of a score', () => {
  it.each(elements)('of %s has the scores of each day', async (element) => {
    const { status, body } = await historyOf(`element=${element}&from=${daysAfter(-30)}&to=${daysAfter(0)}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ customerId: ada, model: 'retail-2', element, earliest: null });
    expect(body.items).toHaveLength(31);
    for (const [index, item] of body.items.entries()) {
      expect(item.at).toBe(daysAfter(index - 30));
      const at = Date.parse(item.at);
      const known = evidence.filter((one) => one.at <= at);
      const expected = scoresAt(model, fold(model, known), at).elements[element];
      for (const scale of ['bond', 'mood'] as const) expectClose(item[scale] ?? -1, expected[scale] ?? -1);
    }
  });

  it('lists the activities that moved it, oldest first, and each matter once', async () => {
    const { body } = await historyOf(`element=trust&from=${daysAfter(-70)}&to=${daysAfter(0)}`);
    const { body: explained } = await service.get(
      `/api/v1/customers/${ada}/scores/trust/explanation?at=${daysAfter(0)}`,
    );
    const expected = (explained.contributions as { activityId: string; at: string }[]).toSorted((one, other) =>
      one.at < other.at ? -1 : 1,
    );
    expect(body.activities.map((one: { activityId: string }) => one.activityId)).toEqual(
      expected.map(({ activityId }) => activityId),
    );
    expect(body.activities[0]).toMatchObject({ name: 'promise.kept', channel: 'web', at: daysAfter(-60) });
    expect(body.activities).toHaveLength(2);
    const { body: first } = await historyOf(`element=trust&from=${daysAfter(-70)}&to=${daysAfter(0)}&limit=1`);
    expect(first.activities).toHaveLength(1);
  });

  it('has no activity before its beginning, and one point where it begins and ends at once', async () => {
    const { body } = await historyOf(`element=trust&from=${daysAfter(-40)}&to=${daysAfter(-40)}&step=week`);
    expect(body).toMatchObject({ items: [{ at: daysAfter(-40) }], activities: [] });
  });

  it('is of 90 days until now if nothing else is asked', async () => {
    const { body } = await historyOf('element=trust');
    expect(body.items).toHaveLength(91);
  });

  it.each([
    ['hour', 999, 200],
    ['hour', 1_000, 200],
    ['hour', 1_001, 400],
  ])('may have at most 1,000 steps: by the %s, %d steps are answered with %d', async (step, count, status) => {
    const from = daysAfter(-count / 24);
    expect((await historyOf(`element=trust&from=${from}&to=${daysAfter(0)}&step=${step}`)).status).toBe(status);
  });

  it.each([
    '',
    'element=happiness',
    'element=trust&step=year',
    'element=trust&from=yesterday',
    'element=trust&to=tomorrow',
    `element=trust&from=${daysAfter(1)}&to=${daysAfter(0)}`,
    'element=trust&limit=0',
    'element=trust&limit=1001',
  ])('with the query "%s" is answered with 400', async (query) => {
    expect((await historyOf(query)).status).toBe(400);
  });

  it('of an unknown customer is answered with 404', async () => {
    const path = `/api/v1/customers/${idOf('unknown')}/scores/history?element=trust`;
    expect(await service.get(path)).toMatchObject({ status: 404, body: { code: 'not-found' } });
  });

  it('may be read by marketing, and not without a key', async () => {
    expect((await historyOf('element=trust', await service.keyOf('marketing'))).status).toBe(200);
    expect((await historyOf('element=trust', 'some-other-key')).status).toBe(401);
  });
});

describe('the score without one activity', () => {
  const explanationWithout = (activityId: string) =>
    service.get(`/api/v1/customers/${ada}/scores/trust/explanation?at=${daysAfter(0)}&without=${activityId}`);
  const trustOf = (without: string | undefined) => {
    const others = acts.filter(({ activityId }) => activityId !== without);
    const told = others.map((act) => read(model, toActivity(act)));
    return scoresAt(model, fold(model, told), Date.parse(daysAfter(0))).elements.trust.bond!;
  };

  it('is that of a customer to whom it never happened', async () => {
    const { status, body } = await explanationWithout(kept.activityId);
    expect(status).toBe(200);
    expect(body.without.activityId).toBe(kept.activityId);
    expectClose(body.without.score, trustOf(kept.activityId));
    expectClose(body.without.change, trustOf(kept.activityId) - trustOf(undefined));
    expect(body.without.change).toBeLessThan(0);
  });

  it('has what else was told about the same matter instead', async () => {
    const { body } = await explanationWithout(byServer.activityId);
    expectClose(body.without.score, trustOf(byServer.activityId));
  });

  it('is null if nothing is left', async () => {
    const path = `/api/v1/customers/${idOf('bea')}/scores/trust/explanation?without=${only.activityId}`;
    const { body } = await service.get(path);
    expect(body).toMatchObject({
      score: expect.any(Number),
      without: { activityId: only.activityId, score: null, change: null },
    });
  });

  it('is absent if it is not asked', async () => {
    const { body } = await service.get(`/api/v1/customers/${ada}/scores/trust/explanation`);
    expect(body).not.toHaveProperty('without');
  });

  it.each([
    [idOf('never happened'), 404],
    ['not-an-id', 400],
  ])('without %s is answered with %d', async (activityId, status) => {
    expect((await explanationWithout(activityId)).status).toBe(status);
  });
});
