import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { emptyState } from '@sestante/engagement';
import { Race, transaction } from '@sestante/postgres';
import { randomUUID } from 'node:crypto';
import { noMatters } from '../src/held-matters.ts';
import { saveMembers } from '../src/store/save-members.ts';
import type { MemberState } from '../src/store/states.ts';
import { type Driver, type Process, scoringDriver } from './driver.ts';

let driver: Driver;
let other: Process;
beforeAll(async () => {
  driver = await scoringDriver();
  other = await driver.another();
});
afterAll(() => driver.close());

const save = ({ dataSource }: Pick<Process, 'dataSource'>, members: readonly MemberState[]) =>
  transaction(dataSource, (client) => saveMembers(client, 1, members));

it('two processes that change the same members never wait for each other: one of them is first, the other one has lost a race', async () => {
  // In the table, they are in no order.
  let members = Array.from({ length: 300 }, (): MemberState => {
    const memberId = randomUUID();
    return {
      ...{ memberId, customerId: memberId, moves: 0, revision: 1, version: 0 },
      ...{ state: emptyState(), published: undefined, matters: noMatters },
    };
  });
  await save(driver, members);
  for (let round = 0; round < 10; round += 1) {
    members = members.map((member) => ({ ...member, revision: member.revision + 1 }));
    const outcomes = await Promise.allSettled([save(driver, members), save(other, members.toReversed())]);
    const failures = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []));
    expect(failures).toEqual([expect.any(Race)]);
  }
});
