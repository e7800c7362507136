import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect, dataSourceOf } from '@sestante/postgres';
import type { Dependencies, Logger, Metrics } from '@sestante/runtime';
import { Registry } from 'prom-client';
import type { DataSource } from 'typeorm';
import { LiveModel } from '../src/live-model.ts';
import { customersFrom, randomStart } from '../src/store/customer-ids.ts';
import { MeasureDifference } from '../src/verify/measure-difference.ts';
import { verifyScores } from '../src/verify/verify-scores.ts';
import { aMerge, anActOf, daysAfter, idOf } from './builders.ts';
import { type Service, startScoring } from './service.ts';

let service: Service;
let dataSource: DataSource;
beforeAll(async () => {
  service = await startScoring();
  dataSource = dataSourceOf({ url: service.databaseUrl, schema: 'scoring', migrations: [] });
  await connect(dataSource, 'scoring');
  await service.publishActivities(
    ...Array.from({ length: 25 }, (_, index) =>
      anActOf(`customer ${index}`, {
        memberId: idOf(`customer ${index}`),
        name: ['promise.kept', 'promise.broken', 'order.completed', 'page.viewed'][index % 4]!,
        timestamp: daysAfter(-index),
      }),
    ),
    ...aMerge('customer 1', 'customer 2', { 'customer 1': 1 }),
  );
});
afterAll(async () => {
  await dataSource.destroy();
  await service.dispose();
});

const damage = (name: string) =>
  service.query(
    `update scoring.member set state = (select state from scoring.member where member_id = $1) where member_id = $2`,
    [idOf('customer 20'), idOf(name)],
  );
const repair = () =>
  service.query('update scoring.member set state = $1 where member_id = $2', [sound, idOf('customer 5')]);
let sound: Buffer;

describe('the verification of scores', () => {
  it('of all customers finds no difference', async () => {
    const { customers, largest, model } = await verifyScores(service.databaseUrl);
    expect([customers, model]).toEqual([24, expect.stringMatching(/^retail-/)]);
    expect(largest).toBeLessThan(1e-9);
  });

  it.each([1, 23, 24, 25])('of a sample of %d has as many customers, if there are so many', async (most) => {
    expect((await verifyScores(service.databaseUrl, most)).customers).toBe(Math.min(most, 24));
  });

  it('names the customer whose stored state differs', async () => {
    const [row] = await service.query<{ state: Buffer }>('select state from scoring.member where member_id = $1', [
      idOf('customer 5'),
    ]);
    sound = row!.state;
    await damage('customer 5');
    const { largest, customerId } = await verifyScores(service.databaseUrl);
    expect(largest).toBeGreaterThan(1);
    expect(customerId).toBe(idOf('customer 5'));
    await repair();
  });
});

describe('the metric of the difference', () => {
  const measured = async () => {
    const registry = new Registry();
    const errors: unknown[] = [];
    const dependencies = { whenOpen: () => undefined, whenReady: () => undefined } as unknown as Dependencies;
    const logger = { error: (line: unknown) => errors.push(line), warn: () => undefined } as unknown as Logger;
    const live = new LiveModel(dataSource, dependencies);
    const measure = new MeasureDifference(dataSource, live, dependencies, { registry } as Metrics, logger);
    for (let time = 0; time < 40; time += 1) await measure.verifyFew();
    const verified = await registry.getSingleMetric('sestante_verified_customers_total')!.get();
    return { errors, verified: verified.values[0]!.value };
  };

  it('counts what was verified, and says nothing while scores are right', async () => {
    expect(await measured()).toEqual({ errors: [], verified: 200 });
  });

  it('is in the log for a customer whose stored state differs', async () => {
    await damage('customer 5');
    expect((await measured()).errors).toContainEqual({
      customerId: idOf('customer 5'),
      difference: expect.any(Number),
    });
    await repair();
  });
});

describe('a random start', () => {
  it('is between the first and the last customer', async () => {
    const ids = await service.query<{ customer_id: string }>('select customer_id from scoring.member order by 1');
    const starts = new Set<string>();
    for (let time = 0; time < 50; time += 1) starts.add((await randomStart(dataSource, 1))!);
    expect(starts.size).toBeGreaterThan(40);
    for (const start of starts) {
      expect(start >= ids[0]!.customer_id && start <= ids.at(-1)!.customer_id).toBe(true);
      expect(start).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    }
  });

  it('is none without customers', async () => {
    expect(await randomStart(dataSource, 99)).toBeUndefined();
  });
});

describe('the ids of customers', () => {
  it('are each listed once, from any of them on', async () => {
    const [{ model_id }] = (await service.query<{ model_id: number }>(
      `select model_id from scoring.model where status = 'live'`,
    )) as [{ model_id: number }];
    const all: string[] = [];
    for await (const page of customersFrom(dataSource, model_id, { most: 100, atOnce: 5 })) all.push(...page);
    expect(all).toEqual([...new Set(all)].sort());
    for (const from of [all[7]!, all.at(-1)!, 'ffffffff-ffff-4fff-bfff-ffffffffffff']) {
      const listed: string[] = [];
      for await (const page of customersFrom(dataSource, model_id, { from, most: 100, atOnce: 5 }))
        listed.push(...page);
      expect(listed.toSorted()).toEqual(all);
    }
  });
});
