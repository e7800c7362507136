import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { adminKey } from '@sestante/runtime/testing';
import { idOf } from './builders.ts';
import { type Service, startOffers } from './service.ts';

let service: Service;
beforeAll(async () => {
  service = await startOffers();
});
afterAll(() => service.dispose());

interface Entry {
  readonly action: string;
  readonly customer_id: string;
  readonly role: string;
}
/** The entries that some requests add. */
async function entriesOf(requests: () => Promise<unknown>): Promise<Entry[]> {
  const [before] = await service.query<{ last: string }>('select coalesce(max(entry_id), 0) as last from audit.entry');
  await requests();
  return service.query<Entry>(
    `select action, customer_id, actor ->> 'role' as role from audit.entry where entry_id > $1 order by entry_id`,
    [before!.last],
  );
}
const read = (path: string, credential = adminKey) => service.get(`/api/v1/customers/${path}`, credential);
/** Opens a stream, and closes it. Resolves to its status. */
async function follow(name: string, credential?: string): Promise<number> {
  const client = await service.listen(name, undefined, credential);
  client.disconnect();
  return client.status;
}

it('the audit log has whoever read or followed the offers of a customer, and read the decisions', async () => {
  const clerk = await service.keyOf('clerk');
  const ada = idOf('ada');
  const entries = await entriesOf(async () => {
    expect((await read(`${ada}/offers`, clerk)).status).toBe(200);
    expect(await follow(ada, clerk)).toBe(200);
    expect((await read(`${ada}/decisions`, clerk)).status).toBe(200);
  });
  expect(entries).toEqual(
    ['offers.read', 'offers.followed', 'decisions.read'].map((action) => ({ action, customer_id: ada, role: 'clerk' })),
  );
});

it('the audit log has nothing of a customer who follows its own offers, and of requests that are refused', async () => {
  const token = await service.tokenOf(idOf('ada'));
  const entries = await entriesOf(async () => {
    expect((await read('me/offers', token)).status).toBe(200);
    expect(await follow('me', token)).toBe(200);
    expect((await read('no-id/offers')).status).toBe(400);
    expect(await follow('no-id')).toBe(400);
    expect((await read(`${idOf('ada')}/decisions`, await service.keyOf('app'))).status).toBe(403);
  });
  expect(entries).toEqual([]);
});
