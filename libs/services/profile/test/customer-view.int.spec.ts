import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mostRecent } from '../src/store/read-customer.ts';
import { anActivity, mail, minutesAfterNoon, phone, user, visitor } from './builders.ts';
import { type Service, startProfile } from './service.ts';

let service: Service;
beforeAll(async () => {
  service = await startProfile();
});
afterAll(() => service.dispose());

const read = async (account: string, credential?: string) =>
  (await service.get(`/api/v1/customers/${await service.idOf('user_id', account)}`, credential)).body;

describe('a customer', () => {
  it('was seen first and last when its activities say, whatever the order in which they came', async () => {
    const at = (minutes: number) => anActivity({ identifiers: [user('ada')], timestamp: minutesAfterNoon(minutes) });
    await service.publishActivities(at(5));
    await service.publishActivities(at(-600), at(3));
    expect(await read('ada')).toMatchObject({ firstSeenAt: minutesAfterNoon(-600), lastSeenAt: minutesAfterNoon(5) });
  });

  it('has the channels and stores of all members, latest first', async () => {
    const [bea, browser] = [user('bea'), visitor('b-1')];
    const inStore = (store_id: unknown, minutes: number) =>
      anActivity({
        identifiers: [bea],
        channel: 'store',
        properties: { store_id },
        timestamp: minutesAfterNoon(minutes),
      });
    await service.publishActivities(
      anActivity({ identifiers: [browser], timestamp: minutesAfterNoon(9) }),
      anActivity({ identifiers: [bea, browser], channel: 'mobile', timestamp: minutesAfterNoon(1) }),
      inStore('centro', 2),
      inStore('porto', 3),
      inStore('centro', 4),
      inStore(7, 5),
      inStore(null, 6),
      inStore({ nested: 'store_id' }, 6),
    );
    expect(await read('bea')).toMatchObject({
      channels: [
        { channel: 'web', lastSeenAt: minutesAfterNoon(9) },
        { channel: 'store', lastSeenAt: minutesAfterNoon(6) },
        { channel: 'mobile', lastSeenAt: minutesAfterNoon(1) },
      ],
      stores: [
        { storeId: '7', lastSeenAt: minutesAfterNoon(5) },
        { storeId: 'centro', lastSeenAt: minutesAfterNoon(4) },
        { storeId: 'porto', lastSeenAt: minutesAfterNoon(3) },
      ],
      isRecentOnly: false,
    });
  });

  it.each([
    [mostRecent - 1, false],
    [mostRecent, false],
    [mostRecent + 1, true],
  ])('with %d activities is looked at in part: %s', async (count, isRecentOnly) => {
    const account = `busy-${count}`;
    await service.publishActivities(
      anActivity({ identifiers: [user(account)], channel: 'store', timestamp: minutesAfterNoon(-1) }),
      ...Array.from({ length: count - 1 }, (_, minutes) =>
        anActivity({ identifiers: [user(account)], timestamp: minutesAfterNoon(minutes) }),
      ),
    );
    expect(await read(account)).toMatchObject({ isRecentOnly, firstSeenAt: minutesAfterNoon(-1) });
  });

  it('has the consents that it was asked for, with the instant of each', async () => {
    const said = (properties: object, minutes: number) =>
      anActivity({
        ...{ identifiers: [user('cleo')], name: 'preferences.updated', timestamp: minutesAfterNoon(minutes) },
        properties: { ...properties },
      });
    await service.publishActivities(said({ offers: 'granted' }, 1), said({ offers: 'denied' }, 2));
    expect((await read('cleo')).consents).toEqual({ offers: { value: 'denied', setAt: minutesAfterNoon(2) } });
  });
});

describe('personal data of a customer', () => {
  const identifiers = [user('dora'), mail('dora@example.org'), phone('+393351234567')];
  const order = { order_id: 'o-1', email: 'dora@example.org', comment: 'call +39 335 1234567' };
  let dora: string;
  let token: string;
  beforeAll(async () => {
    await service.publishActivities(
      anActivity({
        identifiers,
        name: 'order.completed',
        traits: { firstName: 'Dora', address: { street: 'Via Roma 1' }, birthday: '1985-03-02', plan: 'gold' },
        properties: order,
        violations: [{ code: 'field-invalid', field: 'email', given: 'dora@example.org' }],
      }),
      anActivity({ identifiers: [user('other')] }),
    );
    dora = await service.idOf('user_id', 'dora');
    token = (await service.post('/api/v1/customer-tokens', { customerId: dora })).body.token as string;
    const note = { kind: 'note', audience: 'customer', text: 'write to dora@example.org' };
    await service.post(`/api/v1/customers/${dora}/notes`, note);
  });

  const keyOf = async (reader: string) => (reader === 'customer' ? token : service.keyOf(reader));
  /** All that the reader can read about Dora. A customer cannot read how its identifiers are linked. */
  const readAll = async (reader: string) => {
    const key = await keyOf(reader);
    const paths = ['', '/timeline', '/notes', ...(reader === 'customer' ? [] : ['/identity'])];
    const answers = await Promise.all(paths.map((path) => service.get(`/api/v1/customers/${dora}${path}`, key)));
    expect(answers.map(({ status }) => status)).toEqual(paths.map(() => 200));
    return answers.map(({ body }) => body);
  };
  const values = ['dora@example.org', '+393351234567', '335 1234567', 'Dora', 'Via Roma', '1985'];

  it.each(['clerk', 'admin', 'customer'])('is in full for %s', async (reader) => {
    const [customer, timeline, notes] = await readAll(reader);
    expect(customer.members.flatMap((one: { identifiers: object[] }) => one.identifiers)).toEqual(identifiers);
    expect(customer.traits).toMatchObject({ firstName: { value: 'Dora' }, birthday: { value: '1985-03-02' } });
    expect(timeline.items).toMatchObject([{ properties: order, violations: [{ given: 'dora@example.org' }] }]);
    expect(notes.items).toMatchObject([{ text: 'write to dora@example.org' }]);
  });

  it('is masked for marketing, and the rest is not', async () => {
    const answers = await readAll('marketing');
    for (const value of values) expect(JSON.stringify(answers)).not.toContain(value);
    const [customer, timeline, notes, identity] = answers;
    expect(customer.traits).toMatchObject({ firstName: { value: 'D…' }, plan: { value: 'gold' } });
    expect(customer.members).toMatchObject([{ identifiers: [user('dora')] }, {}, {}]);
    expect(timeline.items).toMatchObject([{ properties: { order_id: 'o-1', comment: 'call +39…67' } }]);
    expect(notes.items).toMatchObject([{ text: 'write to d…@e….org' }]);
    expect(identity.members.map((one: { identifiers: object[] }) => one.identifiers)).toEqual([
      [user('dora')],
      [mail('d…@e….org')],
      [phone('+39…67')],
    ]);
  });

  it('is masked for marketing in the names of traits, and in the texts that consents were given to', async () => {
    const id = await service.idOf('user_id', 'dora');
    const properties = { offers: true, wording: 'I am dora@example.org.', policy_version: 'for dora@example.org' };
    await service.publishActivities(
      anActivity({ identifiers: [user('dora')], traits: { 'dora@example.org': 'a name' } }),
      anActivity({ identifiers: [user('dora')], name: 'consent.updated', properties }),
    );
    const readBy = async (role: string) => {
      const key = await service.keyOf(role);
      const { traits } = (await service.get(`/api/v1/customers/${id}`, key)).body;
      const { items } = (await service.get(`/api/v1/customers/${id}/consents`, key)).body;
      return JSON.stringify([traits, items]);
    };
    expect(await readBy('marketing')).not.toContain('dora@example.org');
    expect((await readBy('clerk')).split('dora@example.org')).toHaveLength(6);
  });

  it('is masked for marketing in the preview of a merge and of an unmerge', async () => {
    const key = await service.keyOf('marketing');
    const body = { customerId: await service.idOf('user_id', 'other'), reason: 'a test' };
    const merge = await service.post(`/api/v1/customers/${dora}/merges?dry=true`, body, key);
    const { links } = (await service.get(`/api/v1/customers/${dora}/identity`, key)).body;
    const unmerge = `DELETE /api/v1/customers/${dora}/merges/${links[0].linkId}?dry=true`;
    const split = await service.change(unmerge, undefined, key);
    expect([merge.status, split.status]).toEqual([200, 200]);
    for (const value of values) expect(JSON.stringify([merge.body, split.body])).not.toContain(value);
    expect(JSON.stringify(merge.body)).toContain('d…@e….org');
  });
});

it.each([
  ['marketing', 'i…@e….org'],
  ['clerk', 'ida@example.org'],
])('the blocked identifiers are shown to %s as %s', async (role, value) => {
  await service.post('/api/v1/identity/blocked', { kind: 'email', value: 'ida@example.org' });
  const key = await service.keyOf(role);
  expect((await service.get('/api/v1/identity/blocked', key)).body.items).toMatchObject([{ kind: 'email', value }]);
  expect((await service.get('/api/v1/identity/rules', key)).body.blocked).toBe(1);
});

describe('GET retention', () => {
  it('says what is kept for how long, as configured', async () => {
    const { body } = await service.get('/api/v1/retention', await service.keyOf('clerk'));
    const items = new Map(body.items.map((item: { what: string }) => [item.what, item]));
    expect(items.get('activities')).toMatchObject({ keptFor: { count: 25, unit: 'months' } });
    expect(items.get('exports of customers')).toMatchObject({ keptFor: { count: 7, unit: 'days' } });
    expect(items.get('audit log')).toMatchObject({ keptFor: null });
  });
});
