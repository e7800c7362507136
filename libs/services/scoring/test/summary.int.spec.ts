import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { compileModel, elements, fold, loyal, read, scoresAt } from '@sestante/engagement';
import { eventually } from '@sestante/streaming/testing';
import { readFileSync } from 'node:fs';
import { Counted } from '../src/population/counted.ts';
import { toActivity } from '../src/translate.ts';
import { anActOf, daysAfter, expectClose, idOf } from './builders.ts';
import { type Service, startScoring } from './service.ts';

const model = compileModel(JSON.parse(readFileSync(new URL('../models/retail-2.json', import.meta.url), 'utf8')));
const channels = ['web', 'store', 'mobile'] as const;
const names = ['promise.kept', 'promise.broken', 'order.completed', 'queue.waited', 'price.differed', 'page.viewed'];
/** Forty customers, each with another history. */
const histories = Array.from({ length: 40 }, (_, customer) =>
  Array.from({ length: 1 + (customer % 9) }, (__, index) =>
    anActOf(`customer ${customer}`, {
      name: names[(customer + index * (1 + (customer % 5))) % names.length]!,
      channel: channels[(customer * index) % channels.length]!,
      timestamp: daysAfter(-1 - ((customer * 7 + index * 13) % 200)),
      properties: { revenue: 20 + customer, minutes: 5, order_id: `o-${customer}-${index}` },
    }),
  ),
);

let service: Service;
beforeAll(async () => {
  service = await startScoring();
  await service.publishActivities(...histories.flat());
});
afterAll(() => service.dispose());

/** The summary, once the rows of all customers are written. */
const summary = (query = '') =>
  eventually(async () => {
    const { body } = await service.get('/api/v1/scores/summary');
    if (body.customers < histories.length) throw new Error(`${body.customers} of the customers have rows`);
    return service.get(`/api/v1/scores/summary${query}`);
  });

/** What is counted of the histories at an instant, in memory. */
function countedAt(at: number, of = histories) {
  const all = new Counted();
  for (const acts of of) {
    const state = fold(
      model,
      acts.map((act) => read(model, toActivity(act))),
    );
    all.add(scoresAt(model, state, at), loyal(model, state, at)?.isLoyal ?? false);
  }
  return all.counts();
}

interface Spread {
  readonly mean: number | null;
  readonly quartiles: readonly number[] | null;
}

/** Equal; means and quartiles within the rounding of SQL. */
function expectSpread({ mean, quartiles, ...actual }: Spread, { mean: m, quartiles: q, ...expected }: Spread): void {
  expect(actual).toEqual(expected);
  expectClose(mean ?? -1, m ?? -1);
  expect(quartiles).toEqual(q && q.map((one) => expect.closeTo(one, 8)));
}

describe('the summary of all customers', () => {
  it('counts them by their scores now, as in memory', async () => {
    const { status, body } = await summary();
    expect(status).toBe(200);
    const expected = countedAt(Date.parse(body.at));
    expect(body).toMatchObject({ model: 'retail-2', customers: 40 });
    expectSpread(body.overall, expected.overall);
    for (const element of elements) expectSpread(body.elements[element], expected.elements[element]);
    expect(body.loyal).toEqual({
      count: expected.loyal,
      share: expected.loyal / 40,
      definition: expect.any(Object),
      because: expect.objectContaining({ en: expect.any(String) }),
    });
  });

  it('counts each customer once for each element: with enough evidence, or with too little', async () => {
    const { body } = await summary();
    for (const element of elements) {
      const { customers, tooLittle, histogram, falling } = body.elements[element];
      expect(customers + tooLittle).toBe(40);
      expect((histogram as number[]).reduce((sum, count) => sum + count, 0)).toBe(customers);
      expect(falling).toBeLessThanOrEqual(customers);
    }
  });

  it('can be of the customers who have been in one channel', async () => {
    const { body } = await summary('?channel=store');
    const visited = histories.filter((acts) =>
      acts.some((act) => act.channel === 'store' && read(model, toActivity(act)).signals.length > 0),
    );
    const expected = countedAt(Date.parse(body.at), visited);
    expect(body.customers).toBe(visited.length);
    for (const element of elements) expectSpread(body.elements[element], expected.elements[element]);
    expect((await summary('?channel=telepathy')).status).toBe(400);
  });

  it('can be of the members of an audience, also together with a channel', async () => {
    const rule = { field: 'trust.bond', operator: 'below', value: 50 };
    const { body: audience } = await service.post('/api/v1/audiences', { name: 'Little trust', rule });
    const { body } = await summary(`?audience=${audience.audienceId}`);
    const trustOf = (acts: (typeof histories)[number]) => {
      const state = fold(
        model,
        acts.map((act) => read(model, toActivity(act))),
      );
      return scoresAt(model, state, Date.parse(body.at)).elements.trust.bond;
    };
    const members = histories.filter((acts) => (trustOf(acts) ?? 100) < 50);
    expect(members.length).toBeGreaterThan(0);
    expect(body.customers).toBe(members.length);
    const expected = countedAt(Date.parse(body.at), members);
    for (const element of elements) expectSpread(body.elements[element], expected.elements[element]);
    const { body: both } = await summary(`?audience=${audience.audienceId}&channel=store`);
    expect(both.customers).toBeLessThan(members.length);
    expect((await summary(`?audience=${idOf('no audience')}`)).status).toBe(404);
    expect((await summary('?audience=everybody')).status).toBe(400);
  });

  it('changes with an activity', async () => {
    const { body: before } = await summary();
    await service.publishActivities(anActOf('newcomer', { name: 'promise.broken' }));
    const after = await eventually(async () => {
      const { body } = await summary();
      if (body.customers === before.customers) throw new Error('The newcomer is not counted yet.');
      return body;
    });
    expect(after.customers).toBe(41);
  });
});
