import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { CustomerActed } from '@sestante/contracts';
import {
  elements,
  explain,
  fold,
  latestActivityAt,
  scales,
  scoresAt,
  type State,
  toNumbers,
} from '@sestante/engagement';
import { MonthlyPartitions, type Partition } from '@sestante/postgres';
import { markExpired } from '@sestante/postgres/testing';
import { eventually } from '@sestante/streaming/testing';
import fc from 'fast-check';
import type { PoolClient } from 'pg';
import { anActOf, expectClose, expectSameState, idOf, noon } from './builders.ts';
import { type Driver, scoringDriver } from './driver.ts';
import { historiesOf } from './histories.ts';
import { foldExpired } from '../src/store/fold-expired.ts';

let driver: Driver;
let histories: ReturnType<typeof historiesOf>;
let months: MonthlyPartitions;
beforeAll(async () => {
  driver = await scoringDriver();
  histories = historiesOf(driver);
  months = new MonthlyPartitions(driver.dataSource, { schema: 'scoring', table: 'activity' });
});
afterAll(() => driver.close());
beforeEach(async () => {
  await driver.query('truncate scoring.activity, scoring.base');
});

/** Received in the middle of this month; `channel` and `member` vary the customer's experience. */
const received = (month: string, name: string, over: Parameters<typeof anActOf>[1] = {}) =>
  anActOf(name, { timestamp: `${month}-14T10:00:00.000Z`, receivedAt: `${month}-14T12:00:00.000Z`, ...over });

/** If a month was removed, the first try finds that, and the second one creates it again. */
const deliver = (...acted: CustomerActed[]) => driver.deliver(...acted).catch(() => driver.deliver(...acted));

/** Removes the month as a day after it has expired. */
async function remove(month: string, beforeDrop = foldExpired) {
  const partition = `activity_y${month.replace('-', 'm')}`;
  await markExpired(driver.dataSource, `scoring.${partition}`, 25);
  // Other months than this one are kept.
  const now = new Date(`${month}-14T00:00:00Z`);
  now.setUTCMonth(now.getUTCMonth() + 2);
  return months.removeExpired({ keepMonths: 1, now: now.getTime() + 86_400_000 * 20, beforeDrop });
}

/** All numbers that are told about a customer at noon: the scores, and each explanation with its sum. */
async function toldAbout(name: string) {
  const { model } = driver.live;
  const scores = scoresAt(model, await histories.storedState(name), noon);
  const { evidence, base, closed } = await histories.historyOf(name, noon);
  const explanations = elements.flatMap((element) =>
    scales.map((scale) => {
      const { score, contributions, earlier } = explain(model, evidence, { element, scale, at: noon }, base, closed);
      const items = [...contributions, ...(earlier ? [earlier] : [])].map(({ contribution }) => contribution);
      return { element, scale, score, sum: items.reduce((sum, item) => sum + item, 0), earlier };
    }),
  );
  return { scores, explanations };
}
type Told = Awaited<ReturnType<typeof toldAbout>>;

function expectSame(after: Told, before: Told) {
  expect(after.scores).toEqual(before.scores);
  for (const [index, { score, sum }] of before.explanations.entries()) {
    const now = after.explanations[index]!;
    if (score === null) expect(now.score).toBeNull();
    else expectClose(now.score, score);
    expect(Math.abs(now.sum - sum)).toBeLessThanOrEqual(1e-9 * 100);
  }
}

/** What is subtracted when another activity takes its place leaves the rounding of its own size. */
function expectNearState(actual: State, expected: State) {
  const numbers = toNumbers(expected);
  toNumbers(actual).forEach((number, index) =>
    expect(Math.abs(number - numbers[index]!)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(number))),
  );
}

const earlierOf = ({ explanations }: Told, element: string) =>
  explanations.find((one) => one.element === element && one.scale === 'bond')!.earlier;

async function basesOf(name: string) {
  return driver.query<{ activities: number; latest_at: Date }>(
    'select activities, latest_at from scoring.base join scoring.member using (model_id, member_id) where customer_id = $1',
    [idOf(name)],
  );
}

describe('a month of activities that expires', () => {
  it('stays in the scores, in the explanations as one item, and in the state', async () => {
    await deliver(
      received('2025-01', 'ada', { channel: 'store', name: 'promise.broken' }),
      received('2025-01', 'ada'),
      received('2025-01', 'ada', { name: 'order.completed', memberId: idOf('ada at the till') }),
      received('2025-05', 'ada', { channel: 'mobile' }),
    );
    const before = await toldAbout('ada');
    const members = await driver.query('select * from scoring.member order by member_id');
    const { dropped, failed } = await remove('2025-01');
    expect([dropped, failed]).toEqual([['activity_y2025m01'], []]);
    const after = await toldAbout('ada');
    expectSame(after, before);
    expect(earlierOf(before, 'trust')).toBeNull();
    expect(earlierOf(after, 'trust')).toMatchObject({ activities: 2, until: Date.parse('2025-01-14T10:00:00Z') });
    expect(await histories.evidenceOf('ada')).toHaveLength(1);
    expectSameState(await histories.storedState('ada'), await histories.foldedState('ada'));
    expect(await driver.query('select * from scoring.member order by member_id')).toEqual(members);
  });

  it('is added to the base of an earlier one', async () => {
    await deliver(received('2025-01', 'bea'), received('2025-02', 'bea'), received('2025-05', 'bea'));
    const before = await toldAbout('bea');
    await remove('2025-01');
    expect(await basesOf('bea')).toEqual([{ activities: 1, latest_at: new Date('2025-01-14T10:00:00Z') }]);
    await remove('2025-02');
    expect(await basesOf('bea')).toEqual([{ activities: 2, latest_at: new Date('2025-02-14T10:00:00Z') }]);
    const after = await toldAbout('bea');
    expectSame(after, before);
    expect(earlierOf(after, 'trust')).toMatchObject({ activities: 2, until: Date.parse('2025-02-14T10:00:00Z') });
  });

  it('is added once more if evidence of it arrives after it was removed', async () => {
    await deliver(received('2025-01', 'cleo'));
    await remove('2025-01');
    const late = received('2025-01', 'cleo', { name: 'promise.broken' });
    await deliver(late);
    const before = await toldAbout('cleo');
    await remove('2025-01');
    expectSame(await toldAbout('cleo'), before);
    expect(await basesOf('cleo')).toMatchObject([{ activities: 2 }]);
  });

  it('leaves activities and bases as they were if something fails in the middle', async () => {
    await deliver(received('2025-01', 'dora'), received('2025-02', 'dora'));
    await remove('2025-01');
    const rows = () =>
      driver.query(
        `select (select json_agg(a order by activity_id) from scoring.activity a) as activities, (select json_agg(b) from scoring.base b) as bases`,
      );
    const before = await rows();
    const boom = new Error('boom');
    const { failed } = await remove('2025-02', async (client, partition) => {
      await foldExpired(client, partition);
      throw boom;
    });
    expect(failed).toEqual([{ partition: 'activity_y2025m02', error: boom }]);
    expect(await rows()).toEqual(before);
    await remove('2025-02');
    expect(await basesOf('dora')).toMatchObject([{ activities: 2 }]);
  });

  it('is added to the base of its members under each model that has states', async () => {
    await driver.query(
      `insert into scoring.model (version, document, status) select 'retired-1', document::jsonb || '{"version": "retired-1"}', 'retired' from scoring.model`,
    );
    await deliver(received('2025-01', 'emma'));
    const { failed } = await remove('2025-01');
    expect(failed).toEqual([]);
    const bases = await driver.query(
      'select version, activities from scoring.base join scoring.model using (model_id) order by version',
    );
    expect(bases).toEqual([
      { version: 'retail-2', activities: 1 },
      { version: 'retired-1', activities: 1 },
    ]);
  });

  it('of more activities than are read at once is added completely', async () => {
    await deliver(received('2025-01', 'fay'), received('2025-01', 'gail'));
    await driver.query(
      `insert into scoring.activity (received_at, happened_at, activity_id, member_id, version, name, channel)
         select received_at, happened_at, gen_random_uuid(), member_id, null, name, channel
           from scoring.activity, generate_series(1, 2999)`,
    );
    await remove('2025-01');
    expect(await basesOf('fay')).toMatchObject([{ activities: 3000 }]);
    expect(await basesOf('gail')).toMatchObject([{ activities: 3000 }]);
  });
});

describe('a history that is read while its month is removed', () => {
  it('has each activity once: kept, or in the base', async () => {
    await deliver(received('2025-01', 'ida'), received('2025-05', 'ida'));
    const before = await histories.storedState('ida');
    const runner = driver.dataSource.createQueryRunner();
    const client = (await runner.connect()) as PoolClient;
    await client.query('begin');
    await foldExpired(client, { table: 'scoring.activity_y2025m01' } as Partition);
    await client.query('drop table scoring.activity_y2025m01');
    const reading = histories.historyOf('ida');
    await eventually(async () => {
      const waiting = await driver.query(
        `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      );
      if (waiting.length === 0) throw new Error('The reader does not wait yet.');
    });
    await client.query('commit');
    await runner.release();
    const { evidence, base } = await reading;
    expect(evidence).toHaveLength(1);
    expectSameState(fold(driver.live.model, evidence, base), before);
  });
});

describe('an order that is told in a month that expires, and in one that is kept', () => {
  const told = (month: string, time: string, over: Partial<CustomerActed> = {}) =>
    received(month, 'jo', {
      name: 'order.completed',
      timestamp: `2025-01-14T${time}.000Z`,
      properties: { order_id: 'o-1', revenue: 20, discount: 5 },
      ...over,
    });

  it.each<[string, Partial<CustomerActed>]>([
    ['by a page before the server', { vouchedBy: 'page', timestamp: '2025-01-14T09:00:00.000Z' }],
    ['before an import of what happened earlier', { timestamp: '2025-01-14T11:00:00.000Z' }],
    ['before an import of what happened later', { timestamp: '2025-01-14T09:00:00.000Z' }],
  ])('counts once: %s', async (_, first) => {
    await driver.query('truncate scoring.matter, scoring.member');
    await deliver(told('2025-01', '10:00:00', first), received('2025-01', 'jo'));
    await deliver(told('2025-03', '10:00:00'));
    const before = await histories.storedState('jo');
    expect((await remove('2025-01')).failed).toEqual([]);
    expectSameState(await histories.foldedState('jo'), before);
    await deliver(told('2025-05', '10:00:01', { channel: 'store' }));
    expectSameState(await histories.foldedState('jo'), await histories.storedState('jo'));
  });

  it('counts once if both are removed', async () => {
    await driver.query('truncate scoring.matter, scoring.member');
    await deliver(told('2025-01', '10:00:00', { vouchedBy: 'page' }), told('2025-01', '10:00:01'));
    const before = await histories.storedState('jo');
    await remove('2025-01');
    expectSameState(await histories.foldedState('jo'), before);
  });
});

describe('a customer of merged members', () => {
  it('has the bases of all of them', async () => {
    const visitor = received('2025-01', 'visitor', { name: 'promise.broken' });
    await deliver(visitor, received('2025-01', 'hana'));
    await remove('2025-01');
    await deliver(received('2025-05', 'hana', { memberId: visitor.memberId, moves: 1 }));
    expect(earlierOf(await toldAbout('hana'), 'trust')).toMatchObject({ activities: 2 });
    expectSameState(await histories.storedState('hana'), await histories.foldedState('hana'));
    expect(latestActivityAt((await histories.historyOf('visitor')).base)).toBeUndefined();
  });
});

describe('any history, of which any months expire', () => {
  const act = fc.record({
    month: fc.constantFrom('2025-01', '2025-02', '2025-03'),
    daysBefore: fc.integer({ min: 0, max: 3_000 }),
    member: fc.nat({ max: 1 }),
    name: fc.constantFrom('promise.kept', 'promise.broken', 'order.completed', 'delivery.arrived', 'page.viewed'),
    channel: fc.constantFrom('web', 'mobile', 'store', 'service', 'other'),
    vouchedBy: fc.constantFrom('secret' as const, 'page' as const),
    orderId: fc.constantFrom('o-1', 'o-2', 'o-3'),
  });

  it('has the same scores, explanations and states as before', async () => {
    let run = 0;
    const history = fc.record({
      acts: fc.array(act, { minLength: 1, maxLength: 20 }),
      expired: fc.subarray(['2025-01', '2025-02', '2025-03']),
    });
    await fc.assert(
      fc.asyncProperty(history, async ({ acts, expired }) => {
        const customer = `customer ${++run}`;
        const batch = acts.map(({ month, daysBefore, member, orderId, ...rest }) => {
          const timestamp = new Date(Date.parse(`${month}-14T10:00:00Z`) - daysBefore * 86_400_000).toISOString();
          const properties = { order_id: `${customer} ${orderId}`, revenue: 20, discount: 4, days_late: 1 };
          return received(month, customer, { ...rest, timestamp, properties, memberId: idOf(`${customer} ${member}`) });
        });
        for (const month of expired) await months.ensure([`${month}-14T12:00:00.000Z`]);
        await deliver(...batch);
        const before = await toldAbout(customer);
        for (const month of expired) expect((await remove(month)).failed).toEqual([]);
        const after = await toldAbout(customer);
        expectSame(after, before);
        expectNearState(await histories.storedState(customer), await histories.foldedState(customer));
        const counts = toNumbers((await histories.historyOf(customer)).base).subarray(1, 1 + elements.length);
        expect(elements.map((element) => earlierOf(after, element)?.activities ?? 0)).toEqual([...counts]);
      }),
      { numRuns: 20 },
    );
  });
});
