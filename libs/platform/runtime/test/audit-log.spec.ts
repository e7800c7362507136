import { expect, test } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { AuditLog } from '../src/index.ts';

const actor = { kind: 'key', keyId: 'k', name: 'a test', role: 'clerk' } as const;
const ada = '0199c0de-0000-7000-8000-00000000c001';
const bob = '0199c0de-0000-7000-8000-00000000c002';

/** A log whose inserts end when they are told to. `inserts` has the customers of each. */
function aLog() {
  const inserts: unknown[] = [];
  const endings: { end: () => void; fail: (error: Error) => void }[] = [];
  const query = (_sql: string, [, customerIds]: unknown[]) => {
    inserts.push(customerIds);
    return new Promise<void>((end, fail) => endings.push({ end, fail }));
  };
  const log = new AuditLog({ query } as unknown as DataSource);
  const add = (...customerIds: string[]) => log.add({ action: 'customer.read', customerIds, actor });
  return { add, inserts, endings };
}
const turn = () => new Promise((resolve) => setImmediate(resolve));

test('entries that arrive during an insert share the next one, and each waits for its own', async () => {
  const { add, inserts, endings } = aLog();
  const first = add(ada);
  await turn();
  const [second, third] = [add(bob, ada, bob), add(bob)];
  await turn();
  expect(inserts).toEqual([[ada]]);
  endings[0]!.end();
  await first;
  await turn();
  expect(inserts).toEqual([[ada], [bob, ada, bob]]);
  endings[1]!.end();
  await Promise.all([second, third]);
});

test('an insert that fails fails its own entries, and not those after it', async () => {
  const { add, inserts, endings } = aLog();
  const first = add(ada);
  await turn();
  const second = add(bob);
  endings[0]!.fail(new Error('The database is gone.'));
  await expect(first).rejects.toThrow('The database is gone.');
  await turn();
  endings[1]!.end();
  await second;
  expect(inserts).toEqual([[ada], [bob]]);
});
