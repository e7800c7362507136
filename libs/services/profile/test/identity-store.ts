import type { Grouping, Refusal } from '@sestante/identity';
import type { KeyCaller } from '@sestante/runtime';
import { createAuditLog } from '@sestante/runtime/testing';
import { recordingStream } from '@sestante/streaming/testing';
import { Merges } from '../src/merges.ts';
import { type Driver, type Process, profileDriver } from './driver.ts';

/** The customers in the database: the sorted identifiers of each. */
export async function storedCustomers(driver: Pick<Driver, 'query'>): Promise<string[][]> {
  const rows = await driver.query<{ identifiers: string[] }>(
    `select array_agg(kind || ':' || value order by kind || ':' || value collate "C") as identifiers
       from profile.member group by customer_id`,
  );
  return rows.map(({ identifiers }) => identifiers).sort(byText);
}

/** The same of a grouping, by the names of its members. */
export function customersOf({ customers }: Grouping): string[][] {
  return customers.map((one) => one.toSorted()).sort(byText);
}

/** The reasons of the stored links that do not link. */
export async function storedRefusals(driver: Pick<Driver, 'query'>): Promise<(readonly [string, Refusal | null])[]> {
  const rows = await driver.query<{ a: string; b: string; rule: string; refusal: Refusal | null }>(
    `select least(a.kind || ':' || a.value, b.kind || ':' || b.value) as a, greatest(a.kind || ':' || a.value, b.kind || ':' || b.value) as b, rule, refusal
       from profile.link join profile.member a on a.member_id = member_a join profile.member b on b.member_id = member_b`,
  );
  return rows.map(({ a, b, rule, refusal }) => [`${rule} ${a} ${b}`, refusal] as const).sort(byText);
}

/** What must hold whatever happened. Each query finds what is wrong. */
export async function brokenInvariants(driver: Pick<Driver, 'query'>): Promise<unknown[]> {
  const checks = [
    `select 'the id of a customer is not one of its members' as wrong, customer_id from profile.member m
      where not exists (select from profile.member o where o.member_id = m.customer_id and o.customer_id = m.customer_id)`,
    `select 'a fact has another customer than its member' as wrong, f.member_id from profile.fact f join profile.member m using (member_id)
      where f.customer_id <> m.customer_id`,
    `select 'a link joins two customers' as wrong, link_id from profile.link
       join profile.member a on a.member_id = member_a join profile.member b on b.member_id = member_b
      where refusal is null and a.customer_id <> b.customer_id`,
    `select 'the number of moves is not that of the told ones' as wrong, member_id from profile.member m
      where moves <> (select count(*) from profile.moved o where o.member_id = m.member_id)`,
    `select 'the first link of a member is not stored' as wrong, member_id from profile.member
      where first_partner is not null and not exists (
              select from profile.link where rule = case when first_by_page then 'same-page' else 'same-activity' end
                 and (member_a, member_b) in ((member_id, first_partner), (first_partner, member_id)))`,
  ];
  return (await Promise.all(checks.map((check) => driver.query(check)))).flat();
}

function byText(a: readonly unknown[], b: readonly unknown[]): number {
  const [one, other] = [a.join(), b.join()];
  return Number(one > other) - Number(one < other);
}

/** Two processes, merges by hand, and a way to begin again with empty tables. */
export interface IdentityStore {
  readonly driver: Driver;
  readonly other: Process;
  readonly merges: Merges;
  clear(): Promise<unknown>;
}

/** Who decides in the tests. */
export const clerk: KeyCaller = { kind: 'key', keyId: 'key', name: 'test', role: 'clerk' };

const tables = ['member', 'link', 'separation', 'moved', 'fact', 'trait', 'seen', 'activity'];

export async function startIdentityStore(): Promise<IdentityStore> {
  const driver = await profileDriver();
  await createAuditLog((sql) => driver.query(sql));
  return {
    driver,
    other: await driver.another(),
    merges: new Merges(
      driver.dataSource,
      recordingStream('with the commit', () => Promise.resolve()),
    ),
    clear: () => driver.query(tables.map((table) => `delete from profile.${table}`).join(';')),
  };
}
