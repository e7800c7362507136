import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { anActivity, user, visitor } from './builders.ts';
import { type Service, startProfile } from './service.ts';

let service: Service;
let [clerk, marketing] = ['', ''];
let [ada, bea] = ['', ''];
beforeAll(async () => {
  service = await startProfile();
  [clerk, marketing] = [await service.keyOf('clerk'), await service.keyOf('marketing')];
  await service.publishActivities(
    anActivity({ identifiers: [user('ada')] }),
    anActivity({ identifiers: [user('bea'), visitor('v-1')] }),
  );
  [ada, bea] = [await service.idOf('user_id', 'ada'), await service.idOf('user_id', 'bea')];
});
afterAll(() => service.dispose());

interface Entry {
  readonly entryId: string;
  readonly action: string;
  readonly customerId: string;
  readonly actor: { readonly kind: string; readonly role?: string; readonly keyId?: string };
}
const log = async (query = ''): Promise<Entry[]> => (await service.get(`/api/v1/audit${query}`)).body.items as Entry[];
const actions = async (query: string) => (await log(query)).map(({ action }) => action);

describe('the audit log', () => {
  it('has whoever read the personal data of a customer, and who found it', async () => {
    for (const path of ['', '/timeline', '/identity'])
      expect((await service.get(`/api/v1/customers/${ada}${path}`, clerk)).status).toBe(200);
    await service.get('/api/v1/customers?kind=user_id&value=ada', marketing);
    const [found, ...read] = await log(`?customerId=${ada}&limit=4`);
    expect(found).toMatchObject({ action: 'customer.found', actor: { kind: 'key', role: 'marketing' } });
    expect(read.map(({ action }) => action)).toEqual(['identity.read', 'timeline.read', 'customer.read']);
    expect(read.every(({ actor }) => actor.role === 'clerk')).toBe(true);
  });

  it('has who merged customers and who undid it, under every id of the customer', async () => {
    const merge = (query: string) =>
      service.post(`/api/v1/customers/${ada}/merges${query}`, { customerId: bea, reason: 'a test' }, clerk);
    await merge('?dry=true');
    const { body } = await merge('');
    // An entry for each of both, found by either id.
    const both = ['customers.merged', 'customers.merged', 'identity.read', 'identity.read'];
    expect(await actions(`?customerId=${bea}&limit=4`)).toEqual(both);
    await service.change(`DELETE /api/v1/customers/${ada}/merges/${body.mergeId}`, undefined, clerk);
    for (const id of [ada, bea]) expect(await actions(`?customerId=${id}&limit=1`)).toEqual(['customers.unmerged']);
  });

  it('has who blocked an identifier and who unblocked it', async () => {
    const { body } = await service.post('/api/v1/identity/blocked', { kind: 'user_id', value: 'bea' }, marketing);
    await service.change(`DELETE /api/v1/identity/blocked/${body.memberId}`, undefined, marketing);
    const [unblocked, blocked] = await log(`?customerId=${bea}&limit=2`);
    expect([unblocked!.action, blocked!.action]).toEqual(['identifier.unblocked', 'identifier.blocked']);
    expect(blocked!.actor).toMatchObject({ kind: 'key', role: 'marketing' });
  });

  it('has no merge that did not happen', async () => {
    const before = await log('?limit=1');
    expect((await service.post(`/api/v1/customers/${ada}/merges`, { customerId: ada, reason: 'a test' })).status).toBe(
      409,
    );
    expect((await service.change(`DELETE /api/v1/customers/${ada}/merges/${randomUUID()}`)).status).toBe(404);
    expect(await log('?limit=1')).toEqual(before);
  });

  it('has what was done, whatever else the request says', async () => {
    await service.post('/api/v1/customer-tokens?dry=true', { customerId: ada }, await service.keyOf('app'));
    expect(await actions(`?customerId=${ada}&limit=1`)).toEqual(['token.issued']);
  });

  it('has the customer of the path, whatever the body names', async () => {
    const correction = { id: bea, customerId: bea, city: 'Bolzano' };
    const [last] = await log(`?customerId=${bea}&action=traits.corrected&limit=1`);
    expect((await service.change(`PUT /api/v1/customers/${ada}/traits`, correction, clerk)).status).toBe(200);
    expect(await actions(`?customerId=${ada}&limit=1`)).toEqual(['traits.corrected']);
    expect((await log(`?customerId=${bea}&action=traits.corrected&limit=1`))[0]).toEqual(last);
  });

  it.each([
    ['contact-policy', { consents: { offers: 'denied' } }, 'contact-policy.changed'],
    ['traits', { city: 'Bolzano' }, 'traits.corrected'],
  ])(
    'has who changed the %s, before the change takes effect, and nothing of a refused change',
    async (path, change, action) => {
      const put = (body: object) => service.change(`PUT /api/v1/customers/${ada}/${path}`, body, clerk);
      const noted = async () =>
        service.query<{ at: Date }>(
          `select at from audit.entry where action = '${action}' and customer_id = '${ada}' order by entry_id`,
        );
      const before = await noted();
      expect((await put(change)).status).toBe(200);
      expect((await put(path === 'traits' ? { '': 1 } : { consents: { fax: 'denied' } })).status).toBe(400);
      const after = await noted();
      expect(after).toHaveLength(before.length + 1);
      const [stored] = await service.query<{ seen_at: Date }>(
        `select received_at as seen_at from profile.activity where member_id = '${ada}' order by received_at desc limit 1`,
      );
      expect(after.at(-1)!.at.getTime()).toBeLessThanOrEqual(stored!.seen_at.getTime() + 1);
    },
  );

  it('has nothing of requests that were refused or found nobody, and of customers who read their own data', async () => {
    const [last] = await log('?limit=1');
    const { body } = await service.post('/api/v1/customer-tokens', { customerId: ada });
    expect((await service.get(`/api/v1/customers/me`, body.token)).status).toBe(200);
    await service.get(`/api/v1/customers/${randomUUID()}`, clerk);
    await service.get('/api/v1/customers?kind=user_id&value=nobody-knows', clerk);
    await service.get(`/api/v1/customers/${ada}`, await service.keyOf('app'));
    const [issued, before] = await log('?limit=2');
    expect(issued).toMatchObject({ action: 'token.issued', customerId: ada });
    expect(before).toEqual(last);
  });

  it('can be read by action, by key and in pages', async () => {
    const all = await log('?limit=100');
    const page = (await service.get('/api/v1/audit?limit=2')).body;
    const next = (await service.get(`/api/v1/audit?limit=2&before=${page.next}`)).body;
    expect([...page.items, ...next.items]).toEqual(all.slice(0, 4));
    expect(new Set(await actions('?action=timeline.read'))).toEqual(new Set(['timeline.read']));
    const { keyId } = all.find(({ actor }) => actor.role === 'marketing')!.actor;
    expect(await log(`?keyId=${keyId}`)).toEqual(all.filter(({ actor }) => actor.role === 'marketing'));
  });

  it.each(['clerk', 'marketing', 'app'])('is not for a key with the role %s', async (role) => {
    expect((await service.get('/api/v1/audit', await service.keyOf(role))).status).toBe(403);
  });

  it.each(['?before=x', '?action=x', '?customerId=ada'])('is refused with %s', async (query) => {
    expect((await service.get(`/api/v1/audit${query}`)).status).toBe(400);
  });

  it.each(['update audit.entry set action = action', 'delete from audit.entry', 'truncate audit.entry'])(
    'refuses: %s',
    async (change) => {
      await expect(service.query(change)).rejects.toThrow('cannot be changed or removed');
    },
  );
});
