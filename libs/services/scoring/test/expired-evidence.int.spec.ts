import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dataSourceOf } from '@sestante/postgres';
import { markExpired } from '@sestante/postgres/testing';
import { boot, parseConfig } from '@sestante/runtime';
import { adminKey } from '@sestante/runtime/testing';
import { eventually } from '@sestante/streaming/testing';
import { anActOf, expectClose, idOf } from './builders.ts';
import { type Service, startScoring } from './service.ts';
import { ScoringModule } from '../src/scoring.module.ts';

const ada = `/api/v1/customers/${idOf('ada')}/scores`;
const first = Date.parse('2023-01-14T10:00:00Z');
const at = (instant: number) => `at=${new Date(instant).toISOString()}`;
const long = { receivedAt: '2023-01-20T10:00:00.000Z' };

let service: Service;
let before: { readonly score: number };
beforeAll(async () => {
  service = await startScoring();
  await service.publishActivities(
    anActOf('ada', { ...long, timestamp: new Date(first - 86_400_000).toISOString(), name: 'promise.broken' }),
    anActOf('ada', { ...long, timestamp: new Date(first).toISOString(), memberId: idOf('ada at the till') }),
    anActOf('ada', { timestamp: '2023-03-01T10:00:00.000Z' }),
    anActOf('bea', long),
    anActOf('cleo'),
  );
  before = await explanation(first + 1);
  await expireJanuary();
});
afterAll(() => service.dispose());

const explanation = async (instant: number) =>
  (await service.get(`${ada}/trust/explanation?scale=bond&${at(instant)}`)).body;

/** Marks January 2023 as found expired yesterday, and starts one more process of the service, which removes it. */
async function expireJanuary() {
  const dataSource = await dataSourceOf({ url: service.databaseUrl, schema: 'scoring', migrations: [] }).initialize();
  await markExpired(dataSource, 'scoring.activity_y2023m01', 25);
  await dataSource.destroy();
  const other = await boot(
    [ScoringModule],
    parseConfig({ PORT: '0', DATABASE_URL: service.databaseUrl, SESTANTE_API_KEY: adminKey, LOG_LEVEL: 'silent' }),
  );
  await other.ready;
  await eventually(async () => {
    const [row] = await service.query<{ name: string | null }>(
      `select to_regclass('scoring.activity_y2023m01') as name`,
    );
    if (row!.name) throw new Error('The partition is not removed yet.');
  });
  await other.stop();
}

describe('an explanation after a month has expired', () => {
  it('has the earlier activities as one item, and adds up to the same score', async () => {
    const after = await explanation(first + 1);
    expectClose(after.score, before.score);
    expect(after.contributions).toEqual([]);
    expect(after.earlier).toEqual({
      activities: 2,
      until: new Date(first).toISOString(),
      weight: expect.any(Number),
      valence: expect.any(Number),
      contribution: expect.any(Number),
    });
    expect(after.base + after.earlier.contribution).toBeCloseTo(after.score, 9);
  });

  it('has the kept activities one by one', async () => {
    const { score, base, contributions, earlier } = (await service.get(`${ada}/trust/explanation`)).body;
    expect(contributions).toMatchObject([{ name: 'promise.kept', at: '2023-03-01T10:00:00.000Z' }]);
    expect(base + contributions[0].contribution + earlier.contribution).toBeCloseTo(score, 9);
    expectClose(score, (await service.get(ada)).body.elements.trust.bond);
  });

  it('has no earlier item for an element without such activities, nor for a customer whose evidence is all kept', async () => {
    expect((await service.get(`${ada}/value/explanation`)).body).toMatchObject({ score: null, earlier: null });
    const cleo = await service.get(`/api/v1/customers/${idOf('cleo')}/scores/trust/explanation`);
    expect(cleo.body).toMatchObject({ contributions: [{}], earlier: null });
  });

  it('of a customer without kept evidence is the earlier item alone', async () => {
    const { status, body } = await service.get(`/api/v1/customers/${idOf('bea')}/scores/trust/explanation`);
    expect([status, body.contributions, body.earlier.activities]).toEqual([200, [], 1]);
    expect(body.base + body.earlier.contribution).toBeCloseTo(body.score, 9);
  });
});

describe('an instant before which evidence is no longer kept', () => {
  it.each([
    ['1 ms before', -1, 400],
    ['at', 0, 200],
    ['1 ms after', 1, 200],
  ])('can be asked only from the latest expired activity on: %s it', async (_, ms, status) => {
    for (const path of [`${ada}?`, `${ada}/trust/explanation?`]) {
      const answer = await service.get(path + at(first + ms));
      expect(answer.status).toBe(status);
      if (status === 400)
        expect(answer.body).toMatchObject({
          code: 'instant-too-early',
          detail: expect.stringContaining('2023-01-14T10:00:00.000Z'),
        });
    }
  });

  it('can still be asked for other customers', async () => {
    const { status, body } = await service.get(`/api/v1/customers/${idOf('cleo')}/scores?${at(first - 1)}`);
    expect([status, body.overall]).toEqual([200, null]);
  });
});

describe('the history of a score after a month has expired', () => {
  it('begins at the first step from the latest expired activity on, and says so', async () => {
    const span = `from=2023-01-10T12:00:00Z&to=2023-03-02T12:00:00Z`;
    const { status, body } = await service.get(`${ada}/history?element=trust&${span}`);
    expect(status).toBe(200);
    expect(body.earliest).toBe(new Date(first).toISOString());
    expect(body.items[0].at).toBe('2023-01-14T12:00:00.000Z');
    expect(body.activities).toMatchObject([{ name: 'promise.kept', at: '2023-03-01T10:00:00.000Z' }]);
    const { body: last } = await service.get(`${ada}?at=2023-03-02T12:00:00Z`);
    expectClose(body.items.at(-1).bond, last.elements.trust.bond);
  });

  it('is empty before the latest expired activity', async () => {
    const { status, body } = await service.get(`${ada}/history?element=trust&from=2023-01-01&to=2023-01-02`);
    expect([status, body.items, body.activities]).toEqual([200, [], []]);
  });
});

it('the statistics count the kept evidence', async () => {
  expect((await service.get('/api/v1/stats')).body.evidence).toBe(2);
});
