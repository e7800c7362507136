import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { activityCount, latestActivityAt } from '@sestante/engagement';
import { MonthlyPartitions } from '@sestante/postgres';
import { markExpired } from '@sestante/postgres/testing';
import { foldExpired } from '../../src/store/fold-expired.ts';
import { anActOf, expectSameState, idOf } from '../builders.ts';
import { type Driver, scoringDriver } from '../driver.ts';
import { historiesOf } from '../histories.ts';
import { shadowDriver } from './shadow-driver.ts';

let driver: Driver;
let shadows: ReturnType<typeof shadowDriver>;
let worker: { stop(): Promise<void> };
let months: MonthlyPartitions;
beforeAll(async () => {
  driver = await scoringDriver();
  shadows = shadowDriver(driver);
  worker = shadows.run();
  months = new MonthlyPartitions(driver.dataSource, { schema: 'scoring', table: 'activity' });
  for (const month of ['2025-01', '2025-02', '2025-05'])
    await driver.deliver(
      received(month, 'ada', 'promise.broken', 'Ada on the web'),
      received(month, 'ada', 'promise.kept', 'Ada at the till'),
      received(month, 'ada', 'order.completed', 'Ada at the till'),
    );
  await driver.deliver(received('2025-05', 'ada', 'page.viewed', 'Ada on the web'));
});
afterAll(async () => {
  await worker.stop();
  await driver.close();
});

/** Received in the middle of the month. All orders are the same one. */
const received = (month: string, name: string, activity: string, member: string) =>
  anActOf(name, {
    name: activity,
    memberId: idOf(member),
    timestamp: `${month}-14T10:00:00.000Z`,
    receivedAt: `${month}-14T12:00:00.000Z`,
    properties: { order_id: 'one order' },
  });

/** Removes the month as a day after it has expired. */
async function remove(month: string) {
  await markExpired(driver.dataSource, `scoring.activity_y${month.replace('-', 'm')}`, 25);
  const now = new Date(`${month}-14T00:00:00Z`);
  now.setUTCMonth(now.getUTCMonth() + 2);
  const { dropped } = await months.removeExpired({
    keepMonths: 1,
    now: now.getTime() + 86_400_000 * 20,
    beforeDrop: foldExpired,
  });
  expect(dropped).toHaveLength(1);
}

async function historiesUnder(version: string) {
  const { model, modelId } = (await driver.live.find(version))!;
  return historiesOf({ dataSource: driver.dataSource, live: { model, modelId } } as unknown as Driver);
}

it('what is no longer kept when a shadow begins is as the live model has read it', async () => {
  await remove('2025-01');
  const before = await historiesOf(driver).historyOf('ada');
  expect(activityCount(before.base)).toBeGreaterThan(1);
  await shadows.add('later-1', 5);
  await shadows.start('later-1');
  await shadows.until('later-1', ({ state }) => state === 'done');
  expect(await shadows.promote('later-1')).toBe('ok');
  const histories = await historiesUnder('later-1');
  const after = await histories.historyOf('ada');
  expectSameState(after.base, before.base);
  expect(latestActivityAt(after.base)).toBe(Date.parse('2025-01-14T10:00:00Z'));
  expectSameState(await histories.storedState('ada'), await histories.foldedState('ada'));
});

it('a month that expires after a shadow has read it stays in its states', async () => {
  await shadows.add('later-2', 7);
  await shadows.start('later-2');
  await shadows.until('later-2', ({ state }) => state === 'done');
  await remove('2025-02');
  await driver.deliver(received('2025-05', 'ada', 'order.completed', 'Ada on the web'));
  expect(await shadows.promote('later-2')).toBe('ok');
  const histories = await historiesUnder('later-2');
  expect(await histories.evidenceOf('ada')).toHaveLength(5);
  expectSameState(await histories.storedState('ada'), await histories.foldedState('ada'));
});

it('a month expires beside a retired model that this version of the software does not accept', async () => {
  await driver.query(
    `insert into scoring.model (version, document, status, live_since) values ('ancient-1', '{}', 'retired', now())`,
  );
  await driver.deliver(received('2025-03', 'ada', 'promise.kept', 'Ada on the web'));
  await remove('2025-03');
  const histories = await historiesUnder('later-2');
  expectSameState(await histories.storedState('ada'), await histories.foldedState('ada'));
});
