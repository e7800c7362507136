import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { compileModel, elements, fold, read, scoresAt } from '@sestante/engagement';
import { readFileSync } from 'node:fs';
import { toActivity } from '../src/translate.ts';
import { anActOf, daysAfter, expectClose, idOf, noon } from './builders.ts';
import { type Service, startScoring } from './service.ts';

const day = 86_400_000;
const model = compileModel(JSON.parse(readFileSync(new URL('../models/retail-2.json', import.meta.url), 'utf8')));
const ada = idOf('ada');
const unknownCustomer = idOf('unknown');
/** Ada's history, on two members and in three channels, in no order. */
const history = [
  anActOf('ada', { name: 'order.completed', properties: { revenue: 40 }, timestamp: daysAfter(-40) }),
  anActOf('ada', { name: 'promise.broken', timestamp: daysAfter(-3) }),
  anActOf('ada', { name: 'queue.waited', channel: 'store', properties: { minutes: 9 }, timestamp: daysAfter(-30) }),
  anActOf('ada', {
    name: 'promise.kept',
    memberId: idOf('ada at the till'),
    channel: 'store',
    timestamp: daysAfter(-200),
  }),
  anActOf('ada', { name: 'price.differed', channel: 'mobile', timestamp: daysAfter(-10) }),
];
const evidence = history.map((act) => read(model, toActivity(act)));

let service: Service;
beforeAll(async () => {
  service = await startScoring();
  await service.publishActivities(...history, anActOf('quiet', { name: 'page.viewed' }));
});
afterAll(() => service.dispose());

const scoresOf = (customerId: string, query = '') => service.get(`/api/v1/customers/${customerId}/scores${query}`);
const at = (instant: number) => `?at=${new Date(instant).toISOString()}`;

describe('the scores of a customer', () => {
  it.each([
    ['before anything happened', -300],
    ['at the instant of the first activity', -200],
    ['between two activities', -20],
    ['after everything', 0],
    ['in a year', 365],
  ])('%s are the fold over the evidence up to that instant', async (_, days) => {
    const instant = noon + days * day;
    const { status, body } = await scoresOf(ada, at(instant));
    const expected = scoresAt(
      model,
      fold(
        model,
        evidence.filter((one) => one.at <= instant),
      ),
      instant,
    );
    expect(status).toBe(200);
    expect(body).toMatchObject({ customerId: ada, at: new Date(instant).toISOString(), model: 'retail-2' });
    expectClose(body.overall ?? -1, expected.overall ?? -1);
    for (const element of elements) {
      const { bond, mood, confidence, evidence: count } = expected.elements[element];
      expect(body.elements[element].evidence).toBe(count);
      expectClose(body.elements[element].bond ?? -1, bond ?? -1);
      expectClose(body.elements[element].mood ?? -1, mood ?? -1);
      expectClose(body.elements[element].confidence, confidence);
    }
  });

  it('without an instant are the stored state, decayed to now', async () => {
    const { body } = await scoresOf(ada);
    const { body: then } = await scoresOf(ada, `?at=${body.at}`);
    expect(Date.parse(body.at)).toBeGreaterThan(noon);
    expectClose(body.overall, then.overall);
    for (const element of elements) expectClose(body.elements[element].mood ?? -1, then.elements[element].mood ?? -1);
  });

  it('are null without evidence, and so is the overall score', async () => {
    const unknown = { bond: null, mood: null, drop: null, confidence: 0, evidence: 0 };
    const { status, body } = await scoresOf(idOf('quiet'));
    expect({ status, overall: body.overall }).toEqual({ status: 200, overall: null });
    expect(body.elements).toEqual(Object.fromEntries(elements.map((element) => [element, unknown])));
  });
});

describe('the explanation of a score', () => {
  const explanationOf = (element: string, query: string) =>
    service.get(`/api/v1/customers/${ada}/scores/${element}/explanation${query}`);

  it.each(elements.flatMap((element) => ['bond', 'mood'].map((scale) => [element, scale] as const)))(
    'of %s, %s, adds up to it',
    async (element, scale) => {
      const { status, body } = await explanationOf(element, `?scale=${scale}&at=${daysAfter(0)}`);
      const { body: scores } = await scoresOf(ada, at(noon));
      expect(status).toBe(200);
      expect(body).toMatchObject({ element, scale, at: daysAfter(0) });
      const contributions = (body.contributions as { contribution: number }[]).map(({ contribution }) => contribution);
      const sum = contributions.reduce((total, contribution) => total + contribution, body.base);
      const ofGroups = (body.groups as { contribution: number }[]).reduce((total, one) => total + one.contribution, 0);
      expect(ofGroups).toBeCloseTo(sum - body.base, 9);
      const expected = scores.elements[element][scale];
      expect(body.score === null).toBe(expected === null);
      if (expected === null) return expect(contributions).toEqual([]);
      expectClose(body.score, expected);
      const size = contributions.reduce((total, contribution) => total + Math.abs(contribution), Math.abs(body.score));
      expect(Math.abs(sum - body.score)).toBeLessThanOrEqual(1e-9 * size);
    },
  );

  it('names the activities, and when they happened', async () => {
    const { body } = await explanationOf('trust', `?at=${daysAfter(0)}`);
    expect(body).toMatchObject({ scale: 'bond' });
    expect(body.contributions).toContainEqual({
      activityId: history[1]!.activityId,
      name: 'promise.broken',
      at: daysAfter(-3),
      vouchedBy: 'secret',
      trust: 1,
      weight: expect.any(Number),
      valence: 0,
      contribution: expect.closeTo(-20.547, 3),
      points: -20.5,
      because: { en: expect.any(String), de: expect.any(String), it: expect.any(String) },
    });
  });

  it('at an instant of the past has no later activities', async () => {
    const { body } = await explanationOf('trust', `?at=${daysAfter(-100)}`);
    expect(body.contributions).toMatchObject([{ name: 'promise.kept' }]);
  });

  it.each([1, 2, 100_000])('lists the %d largest contributions, and the others as a sum', async (limit) => {
    const { body: whole } = await explanationOf('trust', `?at=${daysAfter(0)}`);
    const { body } = await explanationOf('trust', `?at=${daysAfter(0)}&limit=${limit}`);
    expect(body.contributions).toEqual(whole.contributions.slice(0, limit));
    const rest = whole.contributions.slice(limit) as { contribution: number }[];
    expect(body.others?.count ?? 0).toBe(rest.length);
    expectClose(
      body.others?.contribution ?? 0,
      rest.reduce((sum, { contribution }) => sum + contribution, 0),
    );
    expect(body).toMatchObject({ score: whole.score, groups: whole.groups });
  });

  it('is grouped by the rules of the model, which is named', async () => {
    const { body } = await explanationOf('trust', `?at=${daysAfter(0)}`);
    expect(body).toMatchObject({ model: 'retail-2' });
    expect(body.groups[0]).toEqual({
      name: 'promise.broken',
      rule: expect.any(Number),
      count: 1,
      contribution: body.contributions[0].contribution,
      points: body.contributions[0].points,
      because: body.contributions[0].because,
    });
  });

  it.each([
    ['happiness', ''],
    ['constructor', ''],
    ['trust', '?scale=feeling'],
    ['trust', '?scale='],
    ['trust', '?at=yesterday'],
    ['trust', '?limit=0'],
    ['trust', '?limit=100001'],
    ['trust', '?limit=all'],
  ])('of %s%s is answered with 400', async (element, query) => {
    expect((await explanationOf(element, query)).status).toBe(400);
  });
});

describe('an instant', () => {
  it.each([
    '2026-11-20',
    '2026-11-20T12:00Z',
    '2026-11-20T12:00:00Z',
    '2026-11-20T12:00:00.123456Z',
    '2026-11-20T13:00:00%2B01:00',
  ])('may be written %s', async (instant) => {
    expect((await scoresOf(ada, `?at=${instant}`)).status).toBe(200);
  });

  it.each([
    'yesterday',
    '',
    '1',
    '1763640000000',
    'Nov 20 2026',
    '2026-13-01',
    '2026-11-20T25:00:00Z',
    '2026-11-20T12:00:00',
    '0000-01-01T00:00:00Z',
    '-271821-04-20T00:00:00.000Z',
    '%2B275760-09-13T00:00:00.000Z',
    "2026-11-20' or '1'='1",
    '2026-11-20&at=2026-11-21',
    '%00',
  ])('may not be written %j', async (instant) => {
    expect((await scoresOf(ada, `?at=${instant}`)).status).toBe(400);
  });

  it('that is invalid is answered with the code bad-instant', async () => {
    expect((await scoresOf(ada, '?at=yesterday')).body).toMatchObject({ code: 'bad-instant', status: 400 });
  });
});

describe('the customer of the scores', () => {
  it.each(['/scores', '/scores?at=2026-11-20', '/scores/trust/explanation'])(
    '%s of an unknown customer is answered with 404',
    async (path) => {
      expect(await service.get(`/api/v1/customers/${unknownCustomer}${path}`)).toMatchObject({
        status: 404,
        body: { code: 'not-found' },
      });
    },
  );

  it.each(['/scores', '/scores/trust/explanation'])(
    '%s of an id that is not a UUID is answered with 400',
    async (path) => {
      expect((await service.get(`/api/v1/customers/ada${path}`)).status).toBe(400);
    },
  );
});

describe('the right to read scores', () => {
  it.each(['marketing', 'clerk', 'app'])('belongs to a key with the role %s', async (role) => {
    const key = await service.keyOf(role);
    expect((await service.get(`/api/v1/customers/${ada}/scores`, key)).status).toBe(200);
    expect((await service.get(`/api/v1/customers/${ada}/scores/trust/explanation`, key)).status).toBe(200);
  });

  it('does not belong to an unknown key', async () => {
    expect((await service.get(`/api/v1/customers/${ada}/scores`, 'some-other-key')).status).toBe(401);
  });
});

describe('GET stats', () => {
  it('counts the kept activities', async () => {
    const [before, after] = [
      (await service.get('/api/v1/stats')).body.evidence as number,
      await service
        .publishActivities(anActOf('counted'), anActOf('counted', { name: 'page.viewed' }))
        .then(() => service.get('/api/v1/stats')),
    ];
    expect(after.body.evidence).toBe(before + 2);
  });
});
