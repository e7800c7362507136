import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { adminKey } from '@sestante/runtime/testing';
import { aMerge, anAct, idOf } from './builders.ts';
import { type Service, startScoring } from './service.ts';

let service: Service;
beforeAll(async () => {
  service = await startScoring();
  await service.publishActivities(
    ...['ada', 'visitor'].map((name) => anAct({ customerId: idOf(name), memberId: idOf(name) })),
  );
});
afterAll(() => service.dispose());

interface Entry {
  readonly action: string;
  readonly customer_id: string;
  readonly actor: { readonly kind: string; readonly role: string };
}
/** The entries that requests with a key add. */
async function entriesOf(name: string, paths: readonly string[], credential = adminKey): Promise<Entry[]> {
  const [before] = await service.query<{ last: string }>('select coalesce(max(entry_id), 0) as last from audit.entry');
  for (const path of paths) await service.get(`/api/v1/customers/${name}${path}`, credential);
  return service.query<Entry>(
    'select action, customer_id, actor from audit.entry where entry_id > $1 order by entry_id',
    [before!.last],
  );
}

const paths = ['/scores', '/scores/trust/explanation'];

it('the audit log has whoever read the scores of a customer, and why they are so', async () => {
  const entries = await entriesOf(idOf('ada'), paths, await service.keyOf('clerk'));
  expect(entries).toEqual(
    ['scores.read', 'explanation.read'].map((action) => ({
      action,
      customer_id: idOf('ada'),
      actor: { kind: 'key', role: 'clerk', keyId: expect.any(String), name: expect.any(String) },
    })),
  );
});

it('the audit log has a read by a former id under both ids', async () => {
  await service.publishActivities(...aMerge('visitor', 'ada', { visitor: 1 }));
  const entries = await entriesOf(idOf('visitor'), ['/scores']);
  expect(entries.map(({ customer_id }) => customer_id).sort()).toEqual([idOf('ada'), idOf('visitor')].sort());
});

it('the audit log has nothing of a customer who reads its own scores, and of requests that are refused', async () => {
  expect(await entriesOf('me', paths, await service.tokenOf(idOf('ada')))).toEqual([]);
  expect(await entriesOf(idOf('nobody'), paths)).toEqual([]);
  expect(await entriesOf(idOf('ada'), ['/scores?at=never'])).toEqual([]);
});
