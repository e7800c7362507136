import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { identifierKey, type Separation } from '@sestante/identity';
import { Problem } from '@sestante/runtime';
import fc from 'fast-check';
import type { Merges } from '../src/merges.ts';
import { anActivity, card, device, minutesAfterNoon, user, visitor } from './builders.ts';
import type { Driver, Process } from './driver.ts';
import { Model, someone } from './identity-model.ts';
import {
  clerk,
  brokenInvariants,
  customersOf,
  type IdentityStore,
  startIdentityStore,
  storedCustomers,
} from './identity-store.ts';

let driver: Driver;
let other: Process;
let merges: Merges;
let clear: IdentityStore['clear'];
beforeAll(async () => {
  ({ driver, other, merges, clear } = await startIdentityStore());
});
afterAll(() => driver.close());
beforeEach(() => clear());

/** Many batches. */
jest.setTimeout(120_000);

const decision = { reason: 'a test', by: clerk };

describe('eight processes with the same new identifiers at the same moment', () => {
  test('make one customer, without an error', async () => {
    const processes = [driver, other, ...(await Promise.all(Array.from({ length: 6 }, () => driver.another())))];
    for (let round = 0; round < 10; round += 1) {
      const people = [user(`u-${round}`), card(`c-${round}`), visitor(`v-${round}`), device(`d-${round}`)];
      const deliveries = processes.map((process, turn) => {
        const pair = [people[turn % 4]!, people[(turn + 1 + Math.floor(turn / 4)) % 4]!];
        return process.deliver(
          ...pair.map((one) => anActivity({ identifiers: [one] })),
          anActivity({ identifiers: people }),
          anActivity({ identifiers: pair }),
        );
      });
      await Promise.all(deliveries);
      expect(
        await driver.query(`select distinct customer_id from profile.member where value like '_-${round}'`),
      ).toHaveLength(1);
    }
    expect(await brokenInvariants(driver)).toEqual([]);
  });
});

describe('activities, merges and unmerges in four processes at the same time', () => {
  test('end as if they had come one after another, and the messages say who belongs to whom', async () => {
    const processes = [driver, other, await driver.another(), await driver.another()];
    const told = new Map<string, { readonly customerId: string; readonly moves: number }>();
    const tell = (memberId: string, customerId: string, moves: number) => {
      const last = told.get(memberId);
      if (last?.moves === moves) expect(customerId).toBe(last.customerId);
      if (!last || moves > last.moves) told.set(memberId, { customerId, moves });
    };
    const people = fc.sample(fc.uniqueArray(someone, { minLength: 1, maxLength: 3, selector: identifierKey }), 400);
    const minutes = fc.sample(
      fc.shuffledSubarray(
        Array.from({ length: 400 }, (_, minute) => minute),
        { minLength: 400 },
      ),
      1,
    )[0]!;
    const all = people.map((identifiers, index) =>
      anActivity({
        identifiers,
        timestamp: minutesAfterNoon(minutes[index]!),
        name: index % 4 === 0 ? 'message.unsubscribed' : 'page.viewed',
      }),
    );
    const delivering = processes.map(async (process, turn) => {
      for (let index = turn; index < all.length; index += 4)
        for (const { memberId, customerId, moves } of await process.deliver(all[index]!))
          tell(memberId, customerId, moves);
    });
    await Promise.all([...delivering, mergeAndUnmerge(20)]);
    for (const { data } of processes.flatMap(({ moved }) => moved))
      for (const { memberId, moves } of data.members) tell(memberId, data.customerId, moves);
    const model = new Model();
    for (const activity of all) model.act(activity);
    // The unmerges left separations: what they keep apart, the model keeps apart.
    model.separations = await storedSeparations();
    const undone = await driver.query<{ a: string; b: string }>(
      `select least(a.kind || ':' || a.value, b.kind || ':' || b.value) as a, greatest(a.kind || ':' || a.value, b.kind || ':' || b.value) as b
         from profile.link join profile.member a on a.member_id = member_a join profile.member b on b.member_id = member_b
        where undone is not null and rule = 'same-activity'`,
    );
    for (const { a, b } of undone) {
      const linkId = `same-activity ${a} ${b}`;
      model.links.set(linkId, { ...model.links.get(linkId)!, isUndone: true });
    }
    expect(await storedCustomers(driver)).toEqual(customersOf(model.grouping()));
    expect(await brokenInvariants(driver)).toEqual([]);
    const stored = await driver.query<{ member_id: string; customer_id: string; moves: number }>(
      'select member_id, customer_id, moves from profile.member',
    );
    for (const { member_id, customer_id, moves } of stored) {
      const last = told.get(member_id);
      if (last?.moves === moves) expect(last.customerId).toBe(customer_id);
    }
  });
});

/** Merges two customers and unmerges them again, some times. */
async function mergeAndUnmerge(times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    const ids = await driver.query<{ customer_id: string }>(
      'select distinct customer_id from profile.member order by 1 limit 2',
    );
    if (ids.length < 2) continue;
    try {
      const { mergeId, customers } = await merges.merge([ids[0]!.customer_id, ids[1]!.customer_id], decision, false);
      await merges.unmerge(customers[0]!.customerId, mergeId, decision, false);
    } catch (error) {
      // Meanwhile, an activity has linked or separated them.
      if (!(error instanceof Problem && ['same-customer', 'not-found'].includes(error.code))) throw error;
    }
  }
}

async function storedSeparations(): Promise<Separation[]> {
  const rows = await driver.query<{ a: string; b: string }>(
    `select a.kind || ':' || a.value as a, b.kind || ':' || b.value as b
       from profile.separation join profile.member a on a.member_id = member_a join profile.member b on b.member_id = member_b`,
  );
  return rows.map(({ a, b }) => [a, b]);
}
