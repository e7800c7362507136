import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { ActivityReceived } from '@sestante/contracts';
import { type Identifier, identifierKey, isByPage, isExplicit, type Separation } from '@sestante/identity';
import fc from 'fast-check';
import type { Merges } from '../src/merges.ts';
import type { Driver, Process } from './driver.ts';
import { activities, Model, someone } from './identity-model.ts';
import {
  clerk,
  brokenInvariants,
  customersOf,
  startIdentityStore,
  storedCustomers,
  storedRefusals,
  type IdentityStore,
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

/** The properties run many batches. */
jest.setTimeout(120_000);

describe('the same activities in any order and any batches, in two processes', () => {
  test('end in the same customers', () =>
    fc.assert(
      fc.asyncProperty(
        activities.chain((all) =>
          fc.tuple(
            fc.constant(all),
            fc.shuffledSubarray(all, { minLength: all.length }),
            fc.array(fc.nat(12), { maxLength: 4 }),
          ),
        ),
        async ([all, shuffled, cuts]) => {
          await clear();
          const bounds = [0, ...cuts.sort((a, b) => a - b), shuffled.length];
          for (const [index, start] of bounds.slice(0, -1).entries())
            await (index % 2 === 0 ? driver : other).deliver(...shuffled.slice(start, bounds[index + 1]));
          const model = new Model();
          for (const activity of all) model.act(activity);
          expect(await storedCustomers(driver)).toEqual(customersOf(model.grouping()));
          expect(await brokenInvariants(driver)).toEqual([]);
        },
      ),
      { numRuns: 50 },
    ));
});

type Step =
  | { readonly what: 'act'; readonly activity: ActivityReceived }
  | { readonly what: 'merge'; readonly pair: readonly [Identifier, Identifier] }
  | { readonly what: 'unmerge'; readonly nth: number }
  | { readonly what: 'block' | 'unblock'; readonly identifier: Identifier };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: activities.map(([activity]) => ({ what: 'act' as const, activity: activity! })) },
  { weight: 2, arbitrary: fc.tuple(someone, someone).map((pair) => ({ what: 'merge' as const, pair })) },
  { weight: 2, arbitrary: fc.nat(20).map((nth) => ({ what: 'unmerge' as const, nth })) },
  {
    weight: 1,
    arbitrary: fc.record({ what: fc.constantFrom('block' as const, 'unblock' as const), identifier: someone }),
  },
);

const decision = { reason: 'a test', by: clerk };

/** Takes a step in the model and in the store. A merge joins the members that give the two customers their names. */
async function take(model: Model, taken: Step): Promise<void> {
  const idOf = async (memberId: string) => {
    const [row] = await driver.query<{ customer_id: string; name: string }>(
      `select o.customer_id, o.kind || ':' || o.value as name from profile.member m join profile.member o on o.member_id = m.customer_id
        where m.kind || ':' || m.value = $1`,
      [memberId],
    );
    return row;
  };
  if (taken.what === 'act') {
    model.act(taken.activity);
    await driver.deliver(taken.activity);
  } else if (taken.what === 'merge') {
    const [one, two] = await Promise.all(taken.pair.map((identifier) => idOf(identifierKey(identifier))));
    if (!one || !two) return;
    const merging = merges.merge([one.customer_id, two.customer_id], decision, false);
    if (one.customer_id === two.customer_id) return expect(merging).rejects.toMatchObject({ code: 'same-customer' });
    const { mergeId } = await merging;
    const customers = [one, two].map(({ name }) => model.customerOf(name));
    const isLifted = (pair: Separation) =>
      customers.every((customer) => pair.some((member) => customer.includes(member)));
    model.lifted.set(mergeId, model.separations.filter(isLifted));
    model.separations = model.separations.filter((pair) => !isLifted(pair));
    model.links.set(mergeId, {
      linkId: mergeId,
      members: [one.name, two.name],
      rule: 'merged-by-hand',
      at: Date.now(),
      isUndone: false,
    });
  } else if (taken.what === 'unmerge') {
    const links = await driver.query<{ link_id: string; rule: string; a: string; b: string; customer_id: string }>(
      `select link_id, rule, a.kind || ':' || a.value as a, b.kind || ':' || b.value as b, a.customer_id
         from profile.link join profile.member a on a.member_id = member_a join profile.member b on b.member_id = member_b
        where refusal is null order by a, b, rule`,
    );
    const link = links[taken.nth % Math.max(1, links.length)];
    if (!link) return;
    await merges.unmerge(link.customer_id, link.link_id, decision, false);
    const members = [link.a, link.b].sort() as [string, string];
    const linkId = link.rule === 'merged-by-hand' ? link.link_id : `${link.rule} ${members.join(' ')}`;
    model.links.set(linkId, { ...model.links.get(linkId)!, isUndone: true });
    model.separations = [...model.separations, members, ...(model.lifted.get(linkId) ?? [])];
  } else {
    const memberId = model.see(taken.identifier);
    const isBlocked = taken.what === 'block';
    const stored = await merges.block(taken.identifier, clerk);
    if (!isBlocked) await merges.unblock(stored, clerk);
    model.members.set(memberId, { ...model.members.get(memberId)!, isBlocked });
  }
}

describe('any sequence of activities, merges, unmerges and blocks', () => {
  test('leads the store and a plain model to the same customers and the same reasons', () =>
    fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 15 }), async (steps) => {
        await clear();
        const model = new Model();
        for (const taken of steps) {
          await take(model, taken);
          expect(await storedCustomers(driver)).toEqual(customersOf(model.grouping()));
        }
        expect(await brokenInvariants(driver)).toEqual([]);
        const { refused } = model.grouping();
        // What a page says may be stored or not if a better word says the same.
        const links = [...model.links.values()].filter((link) => !isByPage(link));
        const expected = links.map((link) => refused.get(link.linkId) ?? null);
        const stored = (await storedRefusals(driver)).filter(([link]) => !link.startsWith('same-page'));
        expect(stored.map(([, refusal]) => String(refusal)).sort()).toEqual(expected.map(String).sort());
        expect(
          [...model.links.values()].every((link) => isExplicit(link) || /^same-(activity|page)/.test(link.linkId)),
        ).toBe(true);
      }),
      { numRuns: 50 },
    ));

  test('a merge by hand and its end leave everything as it was, and both customers their ids', () =>
    fc.assert(
      fc.asyncProperty(activities, fc.tuple(someone, someone), async (all, pair) => {
        await clear();
        const known = await driver.deliver(...all);
        const ids = () =>
          driver.query<{ kind: string; value: string; customer_id: string }>(
            'select kind, value, customer_id from profile.member order by 1, 2',
          );
        const before = await ids();
        const found = pair.map(
          ({ kind, value }) => before.find((row) => row.kind === kind && row.value === value)?.customer_id,
        );
        if (found.includes(undefined) || found[0] === found[1]) return;
        const { mergeId, customers } = await merges.merge(found as [string, string], decision, false);
        const merged = before.filter(({ customer_id }) => found.includes(customer_id));
        expect(customers.map(({ members }) => members.length)).toEqual([merged.length]);
        await merges.unmerge(customers[0]!.customerId, mergeId, decision, false);
        expect(await ids()).toEqual(before);
        expect(await brokenInvariants(driver)).toEqual([]);
        expect(known).toHaveLength(all.length);
      }),
      { numRuns: 50 },
    ));
});
