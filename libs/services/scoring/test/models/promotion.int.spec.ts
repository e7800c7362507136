import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fold, read, type State } from '@sestante/engagement';
import { erasedMoves } from '@sestante/contracts';
import { discardModel } from '../../src/models/discard.ts';
import { setState } from '../../src/models/shadow/shadows.ts';
import { aMerge, anActOf, daysAfter, expectSameState, idOf } from '../builders.ts';
import { type Driver, type Process, type Published, scoringDriver } from '../driver.ts';
import { historiesOf } from '../histories.ts';
import { shadowDriver } from './shadow-driver.ts';

let driver: Driver;
let other: Process;
let shadows: ReturnType<typeof shadowDriver>;
let worker: { stop(): Promise<void> };
beforeAll(async () => {
  driver = await scoringDriver();
  other = await driver.another();
  shadows = shadowDriver(driver);
  worker = shadows.run();
});
afterAll(async () => {
  await worker.stop();
  await driver.close();
});

const names = ['promise.kept', 'promise.broken', 'page.viewed', 'order.completed'] as const;
let acted = 0;
/** An activity of one of 40 customers, each with two members. */
function anyAct() {
  const customer = `customer ${(acted += 1) % 40}`;
  const memberId = idOf(`${customer}, member ${acted % 2}`);
  const properties = { order_id: `order ${acted % 320}`, revenue: acted % 50 };
  return anActOf(customer, { memberId, name: names[acted % 4]!, timestamp: daysAfter(-(acted % 90)), properties });
}
const deliverMany = (process: Process, count: number) =>
  process.deliverAll(...Array.from({ length: count }, () => anyAct()));

async function done(version: string) {
  await shadows.start(version);
  return shadows.until(version, ({ state }) => state === 'done');
}

/** Compares the stored states of the live model with the fold of the kept activities. */
async function expectExact(version: string) {
  const { modelId, model } = (await driver.live.find(version))!;
  const fresh = { dataSource: driver.dataSource, live: { model, modelId } } as unknown as Driver;
  const histories = historiesOf(fresh);
  for (let customer = 0; customer < 40; customer += 1)
    expectSameState(
      await histories.storedState(`customer ${customer}`),
      await histories.foldedState(`customer ${customer}`),
    );
}
const liveVersions = async () =>
  (await driver.query<{ version: string }>(`select version from scoring.model where status = 'live'`)).map(
    ({ version }) => version,
  );

describe('a promotion', () => {
  it('between batches of two processes leaves exact states, and each batch is of one model', async () => {
    await deliverMany(driver, 400);
    await shadows.add('busy-1', 5);
    const published: Published[][] = [];
    let isOver = false;
    const sending = [driver, other].map(async (process) => {
      while (!isOver) published.push(await deliverMany(process, 20));
      published.push(await deliverMany(process, 20));
    });
    await done('busy-1');
    expect(await shadows.promote('busy-1')).toBe('ok');
    isOver = true;
    await Promise.all(sending);
    await expectExact('busy-1');
    for (const batch of published) expect(new Set(batch.map(({ scores }) => scores.model)).size).toBe(1);
    const last = published.slice(-2).flat();
    expect(new Set(last.map(({ scores }) => scores.model))).toEqual(new Set(['busy-1']));
  });

  it('knows what was told about a matter before, and counts it once', async () => {
    const order = { name: 'order.completed', properties: { order_id: 'told twice' } } as const;
    await driver.deliver(anActOf('olga', { ...order, memberId: idOf('olga at the till'), timestamp: daysAfter(-5) }));
    await shadows.add('matters-1', 5);
    await done('matters-1');
    await driver.deliver(anActOf('olga', { ...order, timestamp: daysAfter(-4) }));
    expect(await shadows.promote('matters-1')).toBe('ok');
    const [published] = await other.deliverAll(anActOf('olga', { ...order, timestamp: daysAfter(-9) }));
    const { model, modelId } = (await driver.live.find('matters-1'))!;
    const histories = historiesOf({ dataSource: driver.dataSource, live: { model, modelId } } as unknown as Driver);
    expectSameState(await histories.storedState('olga'), await histories.foldedState('olga'));
    expect(published!.scores.elements.value.confidence).toBeCloseTo(5 / (5 + 4), 1);
    const rows = await driver.query('select from scoring.matter where model_id = $1 and member_id = $2', [
      modelId,
      idOf('olga at the till'),
    ]);
    expect(rows).toHaveLength(1);
  });

  it('goes on with the versions of published scores', async () => {
    await driver.deliver(anActOf('vera', { name: 'promise.kept' }));
    await driver.deliver(anActOf('vera', { name: 'promise.kept' }));
    await shadows.add('versions-1', 90);
    await done('versions-1');
    expect(await shadows.promote('versions-1')).toBe('ok');
    const [change] = await other.deliver(anActOf('vera', { name: 'promise.broken' }));
    expect(change).toMatchObject({ version: 3, model: 'versions-1' });
  });

  it('of two models at once is one, and the other is refused', async () => {
    await shadows.add('first-1', 1);
    await shadows.add('second-1', 2);
    await done('first-1');
    await done('second-1');
    const results = await Promise.all([shadows.promote('first-1'), shadows.promote('second-1')]);
    expect(results.toSorted()).toEqual(['ok', 'promoted-meanwhile']);
    expect(await liveVersions()).toEqual([results[0] === 'ok' ? 'first-1' : 'second-1']);
    const left = results[0] === 'ok' ? 'second-1' : 'first-1';
    expect(await shadows.promote(left)).toBe('promoted-meanwhile');
    await done(left);
    expect(await shadows.promote(left)).toBe('ok');
  });

  it('of one model twice at once is done once', async () => {
    await shadows.add('once-1', 3);
    await done('once-1');
    const results = await Promise.all([shadows.promote('once-1'), shadowDriver(other).promote('once-1')]);
    expect(results.filter((result) => result === 'ok')).toHaveLength(1);
    expect(results.find((result) => result !== 'ok')).toMatch(/^(already-live|not-ready)$/);
    expect(await liveVersions()).toEqual(['once-1']);
  });

  it('is rolled back by reading only what has changed since', async () => {
    const [former] = await liveVersions();
    await shadows.add('wrong-1', 7);
    await done('wrong-1');
    expect(await shadows.promote('wrong-1')).toBe('ok');
    await driver.deliver(anActOf('customer 1', { memberId: idOf('customer 1, member 1') }));
    const { members } = await done(former!);
    expect(members).toBeGreaterThan(0);
    expect(members).toBeLessThan(10);
    expect(await shadows.promote(former!)).toBe('ok');
    await expectExact(former!);
  });
});

describe('a shadow', () => {
  it('goes on after the last slice when its process has crashed', async () => {
    await deliverMany(driver, 3_000);
    await worker.stop();
    await shadows.add('crash-1', 2);
    await shadows.start('crash-1');
    worker = shadows.run();
    await shadows.until('crash-1', ({ members }) => members > 0);
    await driver
      .query(
        `select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid() and query like '%scoring%' and application_name = 'sestante-scoring'`,
      )
      .catch(() => undefined);
    await worker.stop().catch(() => undefined);
    const before = (await shadows.shadowOf('crash-1'))!;
    worker = shadows.run();
    const after = await shadows.until('crash-1', ({ state }) => state === 'done');
    expect(after.members).toBe(Math.max(after.total, before.members));
    expect(await shadows.promote('crash-1')).toBe('ok');
    await expectExact('crash-1');
  });

  it('can be paused, and resumed', async () => {
    await worker.stop();
    await shadows.add('paused-1', 2);
    await shadows.start('paused-1');
    await setState(driver.dataSource, 'paused-1', 'paused');
    worker = shadows.run();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await shadows.shadowOf('paused-1')).toMatchObject({ state: 'paused', members: 0 });
    expect(await shadows.promote('paused-1')).toBe('not-ready');
    await setState(driver.dataSource, 'paused-1', 'running');
    await shadows.until('paused-1', ({ state }) => state === 'done');
  });

  it('stops when its model is discarded', async () => {
    await shadows.add('discarded-1', 2);
    const { modelId } = (await driver.live.find('discarded-1'))!;
    await shadows.start('discarded-1');
    await discardModel(driver.dataSource, 'discarded-1');
    await deliverMany(driver, 10);
    const left = await driver.query(
      `select from scoring.member where model_id = $1 union all select from scoring.shadow where model_id = $1
        union all select from scoring.base where model_id = $1 union all select from scoring.model_revision where model_id = $1`,
      [modelId],
    );
    expect(left).toEqual([]);
  });

  it('fails with the reason, and can be started again', async () => {
    await worker.stop();
    await shadows.add('failing-1', 2);
    await shadows.startBroken('failing-1');
    worker = shadows.run();
    const { fault } = await shadows.until('failing-1', ({ state }) => state === 'failed');
    expect(fault).toMatch(/not valid/);
    expect(await other.deliverAll(anActOf('scored all the same'))).toHaveLength(1);
    await driver.query(
      `update scoring.model m set document = r.document, revision = 1
         from scoring.model_revision r where r.model_id = m.model_id and m.version = 'failing-1'`,
    );
    expect(await done('failing-1')).toMatchObject({ fault: null });
  });

  it('reads a member again whose activity only its model reads', async () => {
    await done('retail-2');
    expect(await shadows.promote('retail-2')).toBe('ok');
    await shadows.add('views-2', 2);
    await done('views-2');
    await other.deliver(anActOf('viewer', { name: 'page.viewed' }));
    expect(await shadows.promote('views-2')).toBe('ok');
    const { model, modelId } = (await driver.live.find('views-2'))!;
    const state: State = await historiesOf({
      dataSource: driver.dataSource,
      live: { model, modelId },
    } as unknown as Driver).storedState('viewer');
    expectSameState(state, fold(model, [read(model, { ...viewed(), at: Date.parse(daysAfter(0)) })]));
  });

  it('never shows a customer who was erased meanwhile', async () => {
    await driver.deliver(anActOf('gone'));
    await shadows.add('erased-1', 2);
    await done('erased-1');
    const erased = {
      erasureId: idOf('an erasure'),
      customerId: idOf('gone'),
      members: [idOf('member of gone')],
      identifiers: [],
      erasedAt: daysAfter(0),
    };
    await driver.erase(erased as never);
    expect(await shadows.promote('erased-1')).toBe('ok');
    const rows = await driver.query<{ moves: number }>(
      `select distinct moves from scoring.member where member_id = $1`,
      [idOf('member of gone')],
    );
    expect(rows).toEqual([{ moves: erasedMoves }]);
    await driver.deliver(anActOf('gone'));
    expect(await driver.query('select from scoring.activity where member_id = $1', [idOf('member of gone')])).toEqual(
      [],
    );
  });

  it('follows a merge of two customers', async () => {
    await driver.deliver(
      anActOf('one', { memberId: idOf('one') }),
      anActOf('two', { memberId: idOf('two'), name: 'promise.broken' }),
    );
    await shadows.add('merged-1', 2);
    await done('merged-1');
    await driver.deliver(...aMerge('two', 'one', { two: 1 }));
    expect(await shadows.promote('merged-1')).toBe('ok');
    const { model, modelId } = (await driver.live.find('merged-1'))!;
    const histories = historiesOf({ dataSource: driver.dataSource, live: { model, modelId } } as unknown as Driver);
    expectSameState(await histories.storedState('one'), await histories.foldedState('one'));
    expect(await histories.evidenceOf('one')).toHaveLength(2);
  });
});

const viewed = () => ({
  activityId: 'any',
  name: 'page.viewed',
  channel: 'web' as const,
  vouchedBy: 'secret' as const,
  properties: {},
});
