import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { anActivity, user, visitor } from './builders.ts';
import { type Service, startProfile } from './service.ts';

let service: Service;
let [clerk, marketing] = ['', ''];
let [ada, token, name] = ['', '', ''];
let count = 0;

beforeAll(async () => {
  service = await startProfile();
  [clerk, marketing] = [await service.keyOf('clerk'), await service.keyOf('marketing')];
});
afterAll(() => service.dispose());
beforeEach(async () => {
  name = `customer-${++count}`;
  const traits = { firstName: 'Adda', city: 'Rome' };
  await service.publishActivities(anActivity({ type: 'identify', identifiers: [user(name)], traits }));
  ada = await service.idOf('user_id', name);
  token = (await service.post('/api/v1/customer-tokens', { customerId: ada })).body.token as string;
});

const correct = (body: unknown, credential = token, id = ada) =>
  service.change(`PUT /api/v1/customers/${id}/traits`, body, credential);
/** The values of the traits. */
const traitsOf = async (id = ada): Promise<object> => {
  const { traits } = (await service.get(`/api/v1/customers/${id}`)).body as {
    traits: Record<string, { value: unknown }>;
  };
  return Object.fromEntries(Object.entries(traits).map(([name, { value }]) => [name, value]));
};

describe('a correction', () => {
  it('sets the named traits, removes those that are null, and leaves the others', async () => {
    const corrected = { customerId: ada, traits: { firstName: 'Ada', size: { shoes: 38 } } };
    expect(await correct({ firstName: 'Ada', city: null, size: { shoes: 38 } })).toEqual({
      status: 200,
      body: corrected,
    });
    expect(await traitsOf()).toEqual(corrected.traits);
    expect((await correct({})).body).toEqual(corrected);
  });

  it('stays, although a source sends an older value later', async () => {
    await correct({ city: null, firstName: 'Ada' });
    const traits = { city: 'Milan', firstName: 'Adda' };
    await service.publishActivities(anActivity({ type: 'identify', identifiers: [user(name)], traits }));
    expect(await traitsOf()).toEqual({ firstName: 'Ada' });
  });

  it('counts for all members of the customer', async () => {
    const identifiers = [user(name), visitor(name)];
    await service.publishActivities(
      anActivity({ type: 'identify', identifiers: [visitor(name)], traits: { city: 'Bari', plan: 'gold' } }),
      anActivity({ identifiers }),
    );
    expect((await correct({ city: null, plan: 'blue' })).body.traits).toEqual({ firstName: 'Adda', plan: 'blue' });
  });

  it('sets the attributes that others are told', async () => {
    await correct({ tier: 'Gold', country: 'IT' });
    await correct({ country: null });
    const stored = await service.query(
      `select fact, value from profile.fact where customer_id = $1 and fact like 'attributes.%' order by fact`,
      [ada],
    );
    expect(stored).toEqual([
      { fact: 'attributes.country', value: 'null' },
      { fact: 'attributes.tier', value: '"Gold"' },
    ]);
  });

  it('is an activity in the timeline and makes the customer be found by the new name', async () => {
    await correct({ firstName: 'Zenobia' }, clerk);
    const { items } = (await service.get(`/api/v1/customers/${ada}/timeline?limit=1`)).body;
    expect(items).toMatchObject([
      { name: 'customer.identified', properties: { acted_by: { by: 'key', role: 'clerk' } } },
    ]);
    expect((await service.get('/api/v1/customers?query=zenobia')).body.items).toMatchObject([{ customerId: ada }]);
  });

  it('never claims an identifier', async () => {
    const claims = { email: `${name}@example.org`, phone: '+39335123456', loyaltyCard: `c-${name}` };
    expect((await correct(claims)).body.traits).toMatchObject(claims);
    const { members } = (await service.get(`/api/v1/customers/${ada}/identity`)).body;
    expect(members).toHaveLength(1);
    expect((await service.get(`/api/v1/customers?kind=loyalty_card&value=c-${name}`)).body.items).toEqual([]);
  });

  it('is open to its customer and to clerks', async () => {
    expect((await correct({ city: 'Bari' }, marketing)).status).toBe(403);
    expect((await correct({ city: 'Bari' }, clerk)).status).toBe(200);
    expect((await correct({ city: 'Bari' }, token, '0199c0de-0000-7000-8000-00000000ffff')).status).toBe(404);
    const { items } = (await service.get(`/api/v1/audit?customerId=${ada}&action=traits.corrected`)).body;
    expect(items).toMatchObject([{ actor: { role: 'clerk' } }]);
  });
});

describe('the limits of a correction', () => {
  const nested = (levels: number): unknown => (levels === 1 ? 1 : { inside: nested(levels - 1) });
  const many = (length: number) => Object.fromEntries(Array.from({ length }, (_, index) => [`t${index}`, index]));

  it.each([
    ['49 traits', many(49), 200],
    ['50 traits', many(50), 200],
    ['51 traits', many(51), 400],
    ['a name of 99 characters', { ['n'.repeat(99)]: 1 }, 200],
    ['a name of 100 characters', { ['n'.repeat(100)]: 1 }, 200],
    ['a name of 101 characters', { ['n'.repeat(101)]: 1 }, 400],
    ['no name', { '': 1 }, 400],
    ['a name with a line break', { 'a\nb': 1 }, 400],
    ['1,999 characters of JSON', { text: 'x'.repeat(1_997) }, 200],
    ['2,000 characters of JSON', { text: 'x'.repeat(1_998) }, 200],
    ['2,001 characters of JSON', { text: 'x'.repeat(1_999) }, 400],
    ['3 levels', { deep: nested(3) }, 200],
    ['4 levels', { deep: nested(4) }, 200],
    ['5 levels', { deep: nested(5) }, 400],
    ['a NUL character', { text: 'a\u0000b' }, 400],
    ['half of a surrogate pair', { text: 'a\ud800b' }, 400],
    ['the escape of a NUL character as text', { text: 'a\\u0000b' }, 200],
    ['a list', [1], 400],
  ])('%s: %#', async (_, body, status) => {
    expect((await correct(body)).status).toBe(status);
  });
});
