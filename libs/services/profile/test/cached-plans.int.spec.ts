import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Identifier } from '@sestante/identity';
import { anActivity, card, device, user, visitor } from './builders.ts';
import { type Driver, profileDriver } from './driver.ts';

let driver: Driver;
beforeEach(async () => {
  driver = await profileDriver();
});
afterEach(() => driver.close());

interface Node {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Cond'?: string;
  readonly 'TID Cond'?: string;
  readonly Plans?: readonly Node[];
}

/** The tables that a plan reads as a whole: in their own order, or in that of an index. */
function readAsAWhole(node: Node): string[] {
  const isBitmap = node['Node Type'] === 'Bitmap Heap Scan';
  const isBounded = isBitmap || node['Index Cond'] !== undefined || node['TID Cond'] !== undefined;
  const isRead = node['Node Type'].endsWith('Scan') && node['Relation Name'] !== undefined && !isBounded;
  return [...(isRead ? [node['Relation Name']!] : []), ...(node.Plans ?? []).flatMap(readAsAWhole)];
}

async function preparedPlans(): Promise<{ name: string; whole: string[] }[]> {
  const statements = await driver.query<{ name: string; parameters: number }>(
    `select name, cardinality(parameter_types) as parameters from pg_prepared_statements where name like 'profile-%' order by name`,
  );
  const plans: { name: string; whole: string[] }[] = [];
  for (const { name, parameters } of statements) {
    const nulls = parameters > 0 ? `(${new Array(parameters).fill('null').join(', ')})` : '';
    const [row] = await driver.query<{ 'QUERY PLAN': [{ Plan: Node }] }>(
      `explain (format json) execute "${name}"${nulls}`,
    );
    plans.push({ name, whole: readAsAWhole(row!['QUERY PLAN'][0].Plan) });
  }
  return plans;
}

it.each([4, 60, 400])('plans that the server cached while the tables had %d rows look up rows by key', async (size) => {
  const acts = (from: number) =>
    Array.from({ length: size }, (_, index) =>
      anActivity({
        identifiers: [user(`u-${from + index}`), visitor(`v-${from + index}`)],
        name: 'consent.updated',
        properties: { offers: true },
        traits: { city: 'Rome' },
      }),
    );
  const [a, b] = [user('a'), user('b')];
  const seenWith = (...identifiers: Identifier[]) => anActivity({ identifiers });
  // Two accounts with one device: only one of them is linked with it.
  const first = [...acts(0), seenWith(a, device('d')), seenWith(b, device('d'))];
  await driver.deliver(...first);
  await driver.query(
    'analyze profile.member, profile.link, profile.separation, profile.moved, profile.seen, profile.activity, profile.fact',
  );
  const alias = anActivity({ type: 'alias', name: 'customer.aliased', identifiers: [a, { ...b, isAlias: true }] });
  await driver.deliver(...first, ...acts(size / 2), seenWith(user('u-1'), card('c-1')), alias);
  const plans = await preparedPlans();
  expect(plans.map(({ name }) => name)).toEqual([
    'profile-add-activities',
    'profile-add-consents',
    'profile-add-links',
    'profile-add-members',
    'profile-add-moves',
    'profile-add-seen',
    'profile-erasure-key',
    'profile-find-latest-values',
    'profile-find-links',
    'profile-find-owners',
    'profile-find-seen',
    'profile-lock-identities-shared',
    'profile-lock-members',
    'profile-lock-standings',
    'profile-move-facts',
    'profile-moved-since',
    'profile-read-links',
    'profile-read-members',
    'profile-read-separations',
    'profile-refuse-links',
    'profile-save-standing-entries',
    'profile-set-traits',
    'profile-snapshot',
    'profile-update-members',
  ]);
  expect(plans.filter(({ whole }) => whole.length > 0)).toEqual([]);
});
