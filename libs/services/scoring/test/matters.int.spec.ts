import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ModelDocument, scoresAt } from '@sestante/engagement';
import { aModelDocument, aReason } from '@sestante/engagement/testing';
import { type Partition, transaction } from '@sestante/postgres';
import fc from 'fast-check';
import { foldExpired } from '../src/store/fold-expired.ts';
import { aMerge, anAct, anActOf, aSplit, daysAfter, expectSameState, idOf, type Input } from './builders.ts';
import { type Driver, type Process, scoringDriver } from './driver.ts';
import { historiesOf } from './histories.ts';

const because = aReason('A rule of the tests.');
const shop: ModelDocument = aModelDocument({
  version: 'shop-1',
  trustOf: { page: 0.5 },
  purchases: { activities: ['order.completed'], oncePer: { property: 'order_id' }, amount: 'revenue' },
  rules: [
    {
      activity: 'order.completed',
      oncePer: { property: 'order_id' },
      signals: [{ element: 'value', weight: 1, valence: 0.9, amount: 'revenue' }],
      because,
    },
    {
      activity: 'product.viewed',
      oncePer: { minutes: 10 },
      signals: [{ element: 'relevance', weight: 0.5, valence: 0.8 }],
      because,
    },
    {
      activity: 'contact.opened',
      again: { property: 'case_id' },
      signals: [{ element: 'efficiency', weight: 1, valence: 0.1 }],
      because,
    },
    {
      activity: 'contact.opened',
      again: { property: 'case_id', inOtherChannel: true },
      signals: [{ element: 'coherence', weight: 1, valence: 0.1 }],
      because,
    },
  ],
});

let driver: Driver;
let other: Process;
let histories: ReturnType<typeof historiesOf>;
beforeAll(async () => {
  driver = await scoringDriver('with the commit', shop);
  other = await driver.another();
  histories = historiesOf(driver);
});
afterAll(() => driver.close());

async function evidenceOf(name: string) {
  const { elements } = scoresAt(driver.live.model, await histories.storedState(name), Date.parse(daysAfter(0)));
  return {
    value: elements.value.evidence,
    relevance: elements.relevance.evidence,
    effort: elements.efficiency.evidence,
  };
}
const expectConsistent = async (name: string) =>
  expectSameState(await histories.storedState(name), await histories.foldedState(name));

describe('an order', () => {
  const told = (over: Parameters<typeof anAct>[0] = {}) =>
    anActOf('ada', { name: 'order.completed', properties: { order_id: 'D-1', revenue: 40 }, ...over });

  it('that is told by the page, by the shop and by a file counts once, whichever comes first', async () => {
    const tellings = [told({ vouchedBy: 'page' }), told({ timestamp: daysAfter(-1) }), told({ channel: 'store' })];
    const orders = [tellings, tellings.toReversed(), [tellings[1]!, tellings[0]!, tellings[2]!]];
    const states = [];
    for (const [index, order] of orders.entries()) {
      const name = `buyer ${index}`;
      const own = order.map((one, nth) => ({
        ...one,
        customerId: idOf(name),
        memberId: idOf(`member of ${name}`),
        activityId: idOf(`telling ${nth} of ${name}`),
      }));
      for (const one of own) await driver.deliver(one);
      expect(await evidenceOf(name)).toMatchObject({ value: 1 });
      await expectConsistent(name);
      states.push(await histories.storedState(name));
    }
    for (const state of states) expectSameState(state, states[0]!);
  });

  it('counts once if two processes take turns', async () => {
    await driver.deliver(told());
    await other.deliver(told());
    await driver.deliver(told(), told({ properties: { order_id: 'D-2', revenue: 5 } }));
    expect(await evidenceOf('ada')).toMatchObject({ value: 2 });
    await expectConsistent('ada');
  });

  it('of two members counts once when they are one customer, and for both when they are separated', async () => {
    const toldBy = (name: string) => told({ customerId: idOf(name), memberId: idOf(name) });
    await driver.deliver(toldBy('guest'), toldBy('account'));
    await driver.deliver(...aMerge('guest', 'account', { guest: 1 }));
    expect(await evidenceOf('account')).toMatchObject({ value: 1 });
    await expectConsistent('account');
    await driver.deliver(...aSplit('account', 'guest', { guest: 2 }));
    for (const name of ['guest', 'account']) {
      expect(await evidenceOf(name)).toMatchObject({ value: 1 });
      await expectConsistent(name);
    }
  });

  it('of an erased customer leaves no matter', async () => {
    await driver.deliver(told({ customerId: idOf('eve'), memberId: idOf('eve') }));
    const matters = () => driver.query('select from scoring.matter where member_id = $1', [idOf('eve')]);
    expect(await matters()).toHaveLength(1);
    const members = [idOf('eve')];
    await driver.erase({ erasureId: idOf('erasure'), customerId: idOf('eve'), members, erasedAt: daysAfter(0) });
    expect(await matters()).toEqual([]);
  });
});

it('an order of a month that is no longer kept stays told', async () => {
  const told = (month: string, over: Parameters<typeof anAct>[0] = {}) => {
    const at = `2025-${month}-10T12:00:00.000Z`;
    const properties = { order_id: 'D-1', revenue: 40 };
    return anActOf('rita', { name: 'order.completed', timestamp: at, receivedAt: at, properties, ...over });
  };
  await driver.deliver(told('01', { vouchedBy: 'page' }), told('01'), told('03', { vouchedBy: 'page' }));
  const before = await histories.storedState('rita');
  await transaction(driver.dataSource, async (client) => {
    await foldExpired(client, { table: 'scoring.activity_y2025m01' } as Partition);
    await client.query('drop table scoring.activity_y2025m01');
  });
  expect((await histories.historyOf('rita')).closed.size).toBe(1);
  expectSameState(await histories.foldedState('rita'), before);
  await driver.deliver(told('05'));
  expect(await evidenceOf('rita')).toMatchObject({ value: 1 });
  await expectConsistent('rita');
});

it('ten views in ten minutes are one, and the next one after them is another', async () => {
  const view = (minutes: number) =>
    anActOf('vic', {
      name: 'product.viewed',
      timestamp: new Date(Date.parse(daysAfter(-1)) + minutes * 60_000).toISOString(),
    });
  const views = Array.from({ length: 10 }, (_, minute) => view(minute));
  await driver.deliver(...views.slice(0, 5));
  await driver.deliver(...views.slice(5), view(10));
  expect(await evidenceOf('vic')).toMatchObject({ relevance: 2 });
  await expectConsistent('vic');
});

describe('any activities of any members, told in any order, with merges and splits, in two processes', () => {
  const names = ['ann', 'ben', 'cam'] as const;
  const act = fc.record({
    what: fc.constantFrom('order.completed', 'product.viewed', 'contact.opened'),
    member: fc.constantFrom(...names),
    id: fc.constantFrom('1', '2'),
    minutes: fc.nat({ max: 40 }),
    channel: fc.constantFrom('web' as const, 'store' as const),
    vouchedBy: fc.constantFrom('page' as const, 'secret' as const),
  });
  const move = fc.record({
    what: fc.constantFrom('merge' as const, 'split' as const),
    member: fc.constantFrom(...names),
    into: fc.constantFrom(...names),
  });
  const history = fc.record({
    steps: fc.array(fc.oneof({ weight: 4, arbitrary: act }, move), { minLength: 2, maxLength: 25 }),
    sizes: fc.infiniteStream(fc.integer({ min: 1, max: 5 })),
    process: fc.infiniteStream(fc.boolean()),
  });

  it('end in the states of a fold over what is kept', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(history, async ({ steps, sizes, process }) => {
        const prefix = `run ${++run}`;
        const nameOf = (name: string) => `${prefix} ${name}`;
        const customers = new Map<string, string>(names.map((name) => [name, name]));
        const moves = new Map<string, number>(names.map((name) => [name, 0]));
        const inputs: Input[] = [];
        const moveTo = (moving: readonly string[], to: string, tell: typeof aMerge) => {
          const from = customers.get(moving[0]!)!;
          for (const member of moving) {
            customers.set(member, to);
            moves.set(member, moves.get(member)! + 1);
          }
          const told = Object.fromEntries(moving.map((member) => [nameOf(member), moves.get(member)!]));
          inputs.push(...tell(nameOf(from), nameOf(to), told));
        };
        for (const step of steps) {
          const own = customers.get(step.member)!;
          if ('id' in step) {
            const properties = { order_id: step.id, case_id: step.id, revenue: 10 + step.minutes };
            const timestamp = new Date(Date.parse(daysAfter(-1)) + step.minutes * 60_000).toISOString();
            const who = {
              customerId: idOf(nameOf(own)),
              memberId: idOf(nameOf(step.member)),
              moves: moves.get(step.member)!,
            };
            const { channel, vouchedBy, what: name } = step;
            inputs.push(anAct({ ...who, name, channel, vouchedBy, properties, timestamp }));
          } else if (step.what === 'merge') {
            const to = customers.get(step.into)!;
            const moving = names.filter((name) => customers.get(name) === own);
            if (to !== own) moveTo(moving, to, aMerge);
          } else if (own !== step.member) moveTo([step.member], step.member, aSplit);
        }
        for (let rest = inputs; rest.length > 0;) {
          const size = sizes.next().value!;
          await (process.next().value ? driver : other).deliver(...rest.slice(0, size));
          rest = rest.slice(size);
        }
        for (const customer of new Set(customers.values())) await expectConsistent(nameOf(customer));
      }),
      { numRuns: 60 },
    );
  });
});
