import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { transaction } from '@sestante/postgres';
import { Registry } from 'prom-client';
import { fillScoreRows } from '../../src/read-model/fill-score-rows.ts';
import { HealScoreRows } from '../../src/read-model/heal-score-rows.ts';
import { lockScoreRows, mostHalfLives } from '../../src/read-model/landmark.ts';
import { aMerge, anActOf, daysAfter, idOf } from '../builders.ts';
import { type Driver, scoringDriver } from '../driver.ts';
import { shadowDriver } from '../models/shadow-driver.ts';
import { followDriver } from './follow-driver.ts';

let driver: Driver;
let rows: ReturnType<typeof followDriver>;
beforeAll(async () => {
  driver = await scoringDriver();
  rows = followDriver(driver);
});
afterAll(() => driver.close());

const { signal } = new AbortController();
const fill = async () => fillScoreRows(driver.dataSource, await driver.live.read(), signal);

function healer() {
  const registry = new Registry();
  const logger = { warn: () => undefined } as never;
  const dependencies = { whenReady: () => undefined } as never;
  const heal = new HealScoreRows(driver.dataSource, driver.live, dependencies, { registry } as never, logger);
  const healed = async () =>
    (await registry.getSingleMetric('sestante_score_rows_healed_total')!.get()).values[0]!.value;
  return { heal: () => heal.heal(0), healed };
}

describe('rows that were missed', () => {
  it('are all written the first time', async () => {
    const names = Array.from({ length: 1_203 }, (_, index) => `first ${index}`);
    await driver.publish(...names.map((name) => anActOf(name)));
    const { heal, healed } = healer();
    expect(await heal()).toBe(1_203);
    expect(await fill()).toBe(0);
    await rows.expectExact('first 0');
    await rows.expectExact('first 1202');
    expect(await healed()).toBe(0);
  });

  it('are found, written, and counted', async () => {
    const alone = (name: string) => anActOf(name, { memberId: idOf(name) });
    await rows.follow(driver, anActOf('kept'), anActOf('lost'), alone('merged'), alone('into'));
    await driver.publish(anActOf('lost', { name: 'promise.broken' }));
    await driver.publish(...aMerge('merged', 'into', { merged: 1 }));
    const { heal, healed } = healer();
    expect(await heal()).toBe(3);
    expect(await healed()).toBe(3);
    for (const name of ['kept', 'lost', 'into']) await rows.expectExact(name);
    expect(await rows.rowOf('merged')).toBeUndefined();
    expect(await heal()).toBe(0);
  });
});

describe('a promotion', () => {
  it('has the rows of all customers when it answers, also of those that changed meanwhile, and when it is rolled back', async () => {
    const shadows = shadowDriver(driver);
    const worker = shadows.run();
    await rows.follow(driver, ...Array.from({ length: 40 }, (_, index) => anActOf(`customer ${index}`)));
    const [former] = await driver.query<{ version: string }>(`select version from scoring.model where status = 'live'`);
    const promote = async (version: string) => {
      await shadows.start(version);
      await shadows.until(version, ({ state }) => state === 'done');
      await driver.publish(anActOf('customer 7', { name: 'promise.broken' }), anActOf(`new with ${version}`));
      expect(await shadows.promote(version)).toBe('ok');
      expect(await fill()).toBe(0);
      for (const name of ['customer 1', 'customer 7', `new with ${version}`]) await rows.expectExact(name);
    };
    await shadows.add('other-1', 5);
    await promote('other-1');
    await rows.follow(driver, anActOf('customer 1', { name: 'promise.broken' }));
    await rows.expectExact('customer 1');
    await promote(former!.version);
    await worker.stop();
  });

  it('of a third model leaves no rows of the first', async () => {
    const models = await driver.query(`select distinct model_id from scoring.customer_score`);
    expect(models).toHaveLength(2);
    await driver.query(`update scoring.model set status = 'draft' where status = 'retired'`);
    await healer().heal();
    expect(await driver.query(`select distinct model_id from scoring.customer_score`)).toHaveLength(1);
  });
});

describe('a landmark', () => {
  const shortest = 7 * 86_400_000;
  const moveTo = (now: number) =>
    transaction(driver.dataSource, async (client) => lockScoreRows(client, await driver.live.read(), now));

  it('stays for 256 half-lives, and is then moved with all rows', async () => {
    await rows.follow(
      driver,
      anActOf('moved', { timestamp: daysAfter(-3) }),
      anActOf('moved', { name: 'queue.waited', channel: 'store', properties: { minutes: 9 } }),
    );
    const { model } = await driver.live.read();
    expect(Math.min(model.halfLives.bond, model.halfLives.mood)).toBe(shortest);
    const { landmarkMs } = await moveTo(Date.now());
    const limit = landmarkMs + mostHalfLives * shortest;
    for (const now of [limit - 1, limit]) expect(await moveTo(now)).toMatchObject({ landmarkMs });
    expect(await moveTo(limit + 1)).toMatchObject({ landmarkMs: limit + 1 });
    await rows.follow(driver, anActOf('after'));
    await rows.expectExact('moved');
    await rows.expectExact('after');
    await moveTo(landmarkMs + 3_000 * shortest);
    const [row] = await driver.query<{ mood: number; good: number }>(
      'select trust_mood_weight as mood, trust_mood_good as good from scoring.customer_score where customer_id = $1',
      [idOf('moved')],
    );
    expect(row).toEqual({ mood: 0, good: 0 });
  });
});
