import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { elements } from '@sestante/engagement';
import { eventually } from '@sestante/streaming/testing';
import { anActOf, daysAfter, idOf } from '../builders.ts';
import { type Service, startScoring } from '../service.ts';

const path = '/api/v1/customers/query';
const customers = Array.from({ length: 25 }, (_, index) => `customer ${index}`);

interface Item {
  readonly customerId: string;
  readonly overall: number | null;
  readonly lastActivityAt: string;
  readonly elements: Record<string, { bond: number | null; mood: number | null }>;
}
interface Page {
  readonly at: string;
  readonly items: Item[];
  readonly next: string | null;
}

let service: Service;
beforeAll(async () => {
  service = await startScoring();
  await service.publishActivities(
    ...customers.flatMap((name, index) => [
      anActOf(name, { name: 'page.viewed', timestamp: daysAfter(-index) }),
      ...Array.from({ length: index % 7 }, (_, day) =>
        anActOf(name, { name: index % 2 ? 'promise.kept' : 'promise.broken', timestamp: daysAfter(-day - index) }),
      ),
    ]),
    anActOf('in two channels', { name: 'promise.kept', channel: 'store' }),
    anActOf('in two channels', { name: 'price.differed', channel: 'web' }),
  );
  await eventually(async () => expect((await query({ limit: 100 })).items).toHaveLength(26));
});
afterAll(() => service.dispose());

async function query(body: object): Promise<Page> {
  const { status, body: page } = await service.post(path, body);
  expect(status).toBe(200);
  return page;
}

/** All pages of a list. */
async function all(body: object, limit: number): Promise<Page[]> {
  const pages = [await query({ ...body, limit })];
  for (let next = pages[0]!.next; next !== null; next = pages.at(-1)!.next)
    pages.push(await query({ ...body, limit, cursor: next }));
  return pages;
}

describe('a page of customers', () => {
  it('has the scores that each customer has alone', async () => {
    const { at, items } = await query({ limit: 100 });
    for (const item of items
      .slice(0, 5)
      .concat(items.filter(({ customerId }) => customerId === idOf('in two channels')))) {
      const { body } = await service.get(`/api/v1/customers/${item.customerId}/scores?at=${at}`);
      expect(item.overall).toEqual(body.overall === null ? null : expect.closeTo(body.overall, 7));
      expect(item).toMatchObject({ loyal: body.loyal.isLoyal });
      for (const element of elements)
        for (const part of ['bond', 'mood'] as const) {
          const expected = body.elements[element][part];
          expect(item.elements[element]![part]).toEqual(expected === null ? null : expect.closeTo(expected, 7));
        }
    }
  });

  it('says when a customer was seen, and in which channels there is evidence', async () => {
    const { items: found } = await query({ rule: { field: 'channels', operator: 'contains', value: 'store' } });
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({
      customerId: idOf('in two channels'),
      channels: ['web', 'store'],
      firstActivityAt: daysAfter(0),
      lastActivityAt: daysAfter(0),
    });
  });

  it.each(['trust.mood', 'overall', 'lastActivityAt', 'trust.drop', 'control.confidence'])(
    'is in the order of %s, with each customer once on all pages, of one instant',
    async (sort) => {
      for (const order of ['asc', 'desc'] as const) {
        const pages = await all({ sort, order }, 4);
        const items = pages.flatMap((page) => page.items);
        expect(new Set(items.map(({ customerId }) => customerId)).size).toBe(26);
        expect(new Set(pages.map(({ at }) => at)).size).toBe(1);
        const [whole] = await all({ sort, order }, 100);
        const keyOf = (item: Item) => valueAt(item, sort);
        expect(items.map(keyOf).map((key) => key === null)).toEqual(
          items
            .map(keyOf)
            .map((key) => key === null)
            .toSorted((one, other) => Number(one) - Number(other)),
        );
        const known = items.map(keyOf).filter((key) => key !== null) as number[];
        const sorted = known.toSorted((one, other) => (order === 'asc' ? one - other : other - one));
        known.forEach((key, index) => expect(key).toBeCloseTo(sorted[index]!, 9));
        expect(whole!.items).toHaveLength(26);
      }
    },
  );

  it('has only those for whom the rule holds', async () => {
    const rule = { field: 'trust.mood', operator: 'below', value: 40 };
    const low = (await query({ rule, limit: 100 })).items;
    const rest = (await query({ rule: { not: rule }, limit: 100 })).items;
    expect(low.length).toBeGreaterThan(0);
    expect(low.length + rest.length).toBe(26);
    for (const { elements: scores } of low) expect(scores['trust']!.mood).toBeLessThan(40);
  });

  it('is empty beyond the end, and for a rule that holds for nobody', async () => {
    const nobody = { field: 'trust.bond', operator: 'above', value: 99.99 };
    expect(await query({ rule: nobody })).toMatchObject({ items: [], next: null });
    const { next } = await query({ limit: 25 });
    expect((await query({ limit: 25, cursor: next })).items).toHaveLength(1);
    expect(await query({ rule: nobody, limit: 25, cursor: next })).toMatchObject({ items: [], next: null });
  });

  it('asks who belongs to an audience that is kept', async () => {
    const rule = { field: 'trust.mood', operator: 'below', value: 40 };
    const { body } = await service.post('/api/v1/audiences', { name: 'Let down', rule });
    const members = await query({
      rule: { field: 'audience', operator: 'equals', value: body.audienceId },
      limit: 100,
    });
    expect(members.items.map(({ customerId }) => customerId)).toEqual(
      (await query({ rule, limit: 100 })).items.map(({ customerId }) => customerId),
    );
  });
});

describe('a list of customers', () => {
  it('is seen within two seconds of an activity', async () => {
    await service.publishActivities(anActOf('somebody new', { name: 'promise.kept', channel: 'mobile' }));
    const published = Date.now();
    const rule = { field: 'channels', operator: 'contains', value: 'mobile' };
    await eventually(async () => expect((await query({ rule })).items).toHaveLength(1));
    expect(Date.now() - published).toBeLessThan(2_000);
  });

  const injection = `'); drop table scoring.customer_score; --`;
  it.each<[string, object, number, string]>([
    ['a sort key that is not allowed', { sort: 'customer_id; drop table scoring.model' }, 400, 'bad-request'],
    ['an order that is not allowed', { order: `asc, ${injection}` }, 400, 'bad-request'],
    ['a limit of 0', { limit: 0 }, 400, 'bad-request'],
    ['a limit of 501', { limit: 501 }, 400, 'bad-request'],
    ['a cursor that is no cursor', { cursor: injection }, 400, 'bad-cursor'],
    ['a cursor of a list in another order', { cursor: cursorFor('trust.mood asc') }, 400, 'bad-cursor'],
    ['a cursor with SQL', { cursor: cursorFor('lastActivityAt desc', injection) }, 400, 'bad-cursor'],
    ['a field that is unknown', { rule: { field: injection, operator: 'present' } }, 422, 'rule-invalid'],
    ['a value with SQL', { rule: { field: 'channels', operator: 'contains', value: injection } }, 422, 'rule-invalid'],
  ])('with %s is refused', async (_, body, expected, code) => {
    const { status, body: problem } = await service.post(path, body);
    expect({ status, code: problem.code }).toEqual({ status: expected, code });
  });

  it('with SQL in a text that may be any compares it with the text', async () => {
    const rule = { field: 'attributes.country', operator: 'one-of', value: [injection, "'", '$1'] };
    expect((await query({ rule })).items).toEqual([]);
    expect((await query({ rule: { not: rule }, limit: 1 })).items).toHaveLength(1);
  });

  it.each([
    [1, 1],
    [500, 26],
  ])('may have a limit of %d', async (limit, least) => {
    expect((await query({ limit })).items.length).toBeGreaterThanOrEqual(least);
  });

  it('is for administrators and marketing only', async () => {
    for (const [role, expected] of [
      ['marketing', 200],
      ['clerk', 403],
      ['app', 403],
    ] as const)
      expect((await service.post(path, {}, await service.keyOf(role))).status).toBe(expected);
    expect((await service.post(path, {}, await service.tokenOf(idOf('customer 1')))).status).toBe(403);
  });
});

/** A cursor whose texts were replaced. */
function cursorFor(orderedBy: string, customerId = idOf('customer 1')): string {
  return Buffer.from(JSON.stringify([orderedBy, Date.now(), 50, customerId])).toString('base64url');
}

function valueAt(item: Item, sort: string): number | null {
  if (sort === 'overall') return item.overall;
  if (sort === 'lastActivityAt') return Date.parse(item.lastActivityAt);
  const [element, part] = sort.split('.') as [string, 'bond'];
  return item.elements[element]![part];
}
