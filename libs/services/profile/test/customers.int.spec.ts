import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anActivity, device, mail, minutesAfterNoon, shop, user, visitor } from './builders.ts';
import { type Service, startProfile } from './service.ts';

const unknownCustomer = '0199c0de-0000-7000-8000-00000000dead';

let service: Service;
let ada: string;
beforeAll(async () => {
  service = await startProfile();
  await service.publishActivities(
    anActivity({
      identifiers: [user('ada'), mail('ada@example.org'), visitor('a-1')],
      traits: { city: 'London', plan: 'gold' },
    }),
    anActivity({ identifiers: [user('bea'), device('tablet')] }),
  );
  ada = await service.idOf('user_id', 'ada');
});
afterAll(() => service.dispose());

describe('GET customers by an identifier', () => {
  it.each([
    ['kind=user_id&value=ada'],
    ['kind=anonymous_id&value=a-1'],
    ['kind=email&value=ada@example.org'],
    ['kind=email&value=%20ADA@Example.ORG%20'],
  ])('finds the customer by %s', async (query) => {
    const { status, body } = await service.get(`/api/v1/customers?${query}`);
    expect({ status, body }).toEqual({ status: 200, body: { items: [{ customerId: ada }] } });
  });

  it.each([
    ['that no customer has', 'kind=user_id&value=zoe'],
    ['that is stored under another kind', 'kind=device_id&value=ada'],
    ['in another case', 'kind=user_id&value=ADA'],
    ['that is empty after normalisation', 'kind=phone&value=---'],
    ['with a quote', "kind=user_id&value=ada'%20or%20'1'='1"],
  ])('finds no customer by a value %s', async (_, query) => {
    expect(await service.get(`/api/v1/customers?${query}`)).toEqual({ status: 200, body: { items: [] } });
  });

  it.each([
    ['an unknown kind', 'kind=shoe_size&value=42'],
    ['the name of a prototype property as kind', 'kind=constructor&value=ada'],
    ['no kind', 'value=ada'],
    ['two kinds', 'kind=user_id&kind=email&value=ada'],
    ['no value', 'kind=user_id'],
    ['an empty value', 'kind=user_id&value='],
    ['a value of 257 characters', `kind=user_id&value=${'a'.repeat(257)}`],
    ['a NUL, which the database cannot store', 'kind=user_id&value=a%00b'],
    ['an unknown parameter', 'kind=user_id&value=ada&limit=1'],
  ])('answers 400 for %s', async (_, query) => {
    expect(await service.get(`/api/v1/customers?${query}`)).toMatchObject({
      status: 400,
      body: { status: 400, code: 'bad-request', title: 'Bad Request' },
    });
  });
});

describe('GET one customer', () => {
  it('returns members, identifiers and traits', async () => {
    expect(await service.get(`/api/v1/customers/${ada}`)).toEqual({
      status: 200,
      body: {
        customerId: ada,
        isUnconfirmed: false,
        createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
        firstSeenAt: minutesAfterNoon(0),
        lastSeenAt: minutesAfterNoon(0),
        members: [user('ada'), mail('ada@example.org'), visitor('a-1')].map((identifier) => ({
          memberId: expect.any(String),
          identifiers: [identifier],
          firstSeenAt: expect.any(String),
          isVerified: false,
        })),
        traits: {
          city: { value: 'London', source: shop, setAt: minutesAfterNoon(0) },
          plan: { value: 'gold', source: shop, setAt: minutesAfterNoon(0) },
        },
        consents: {},
        channels: [{ channel: 'web', lastSeenAt: minutesAfterNoon(0) }],
        stores: [],
        isRecentOnly: false,
        standing: {
          offers: 'unknown',
          personalisation: 'unknown',
          inDifficulty: false,
          openApology: false,
          preferences: {},
        },
      },
    });
  });

  it('answers 404 for a customer that does not exist', async () => {
    expect(await service.get(`/api/v1/customers/${unknownCustomer}`)).toMatchObject({
      status: 404,
      body: { code: 'not-found' },
    });
  });

  it.each(['ada', '1', '%00', "';drop table profile.member;--", 'me'])('answers 400 for the id %s', async (id) => {
    expect((await service.get(`/api/v1/customers/${encodeURIComponent(decodeURIComponent(id))}`)).status).toBe(400);
  });

  it('returns the latest value of a trait that two members have', async () => {
    await service.publishActivities(
      anActivity({ identifiers: [visitor('a-1')], traits: { city: 'Paris' }, timestamp: minutesAfterNoon(9) }),
      anActivity({ identifiers: [user('ada')], traits: { city: 'Rome' }, timestamp: minutesAfterNoon(5) }),
    );
    expect((await service.get(`/api/v1/customers/${ada}`)).body.traits).toEqual({
      city: { value: 'Paris', source: shop, setAt: minutesAfterNoon(9) },
      plan: { value: 'gold', source: shop, setAt: minutesAfterNoon(0) },
    });
  });
});

describe('a customer that turned out to be another one', () => {
  let former: string;
  let present: string;
  beforeAll(async () => {
    await service.publishActivities(anActivity({ identifiers: [visitor('c-1')], traits: { city: 'Bari' } }));
    await service.publishActivities(
      anActivity({ identifiers: [user('cleo')], traits: { plan: 'gold' }, timestamp: minutesAfterNoon(1) }),
    );
    [present, former] = [await service.idOf('user_id', 'cleo'), await service.idOf('anonymous_id', 'c-1')];
    const login = anActivity({ identifiers: [user('cleo'), visitor('c-1')], timestamp: minutesAfterNoon(2) });
    await service.publishActivities(login);
  });

  it('has the id of its account, and is found by the identifiers of both', async () => {
    expect(former < present).toBe(true);
    expect(await service.idOf('user_id', 'cleo')).toBe(present);
    expect(await service.idOf('anonymous_id', 'c-1')).toBe(present);
  });

  it('has the members and traits of both', async () => {
    expect((await service.get(`/api/v1/customers/${present}`)).body).toMatchObject({
      customerId: present,
      members: [
        { memberId: former, identifiers: [visitor('c-1')] },
        { memberId: present, identifiers: [user('cleo')] },
      ],
      traits: { plan: { value: 'gold' }, city: { value: 'Bari' } },
    });
  });

  it.each(['', '/timeline', '/timeline?limit=2'])('is read by the former id, too: customer%s', async (what) => {
    const answer = await service.get(`/api/v1/customers/${present}${what}`);
    expect(answer.status).toBe(200);
    expect(await service.get(`/api/v1/customers/${former}${what}`)).toEqual(answer);
  });

  it('has the activities of both, newest first', async () => {
    const { body } = await service.get(`/api/v1/customers/${present}/timeline`);
    const minutes = (body.items as { timestamp: string }[]).map(({ timestamp }) => timestamp);
    expect(minutes).toEqual([2, 1, 0].map(minutesAfterNoon));
  });
});

describe('the right to read', () => {
  it.each([
    ['marketing', 200, 200],
    ['clerk', 200, 200],
    ['app', 200, 403],
  ])('of a key with the role %s: search %d, profile %d', async (role, search, profile) => {
    const key = await service.keyOf(role);
    expect((await service.get('/api/v1/customers?kind=user_id&value=ada', key)).status).toBe(search);
    expect((await service.get(`/api/v1/customers/${ada}`, key)).status).toBe(profile);
    expect((await service.get(`/api/v1/customers/${ada}/timeline`, key)).status).toBe(profile);
  });

  it('does not belong to an unknown key', async () => {
    expect((await service.get(`/api/v1/customers/${ada}`, 'some-other-key')).status).toBe(401);
  });
});

describe('GET stats', () => {
  it('counts activities, customers and duplicates', async () => {
    const before = (await service.get('/api/v1/stats')).body;
    const again = anActivity({ identifiers: [user('fay')] });
    await service.publishActivities(again);
    await service.publishActivities(again);
    const { activities, customers, duplicate } = (await service.get('/api/v1/stats')).body;
    expect({ activities, customers, duplicate }).toEqual({
      activities: before.activities + 1,
      customers: before.customers + 1,
      duplicate: before.duplicate + 1,
    });
  });

  it('counts two customers as one after they were brought together', async () => {
    const [gail, phone] = [user('gail'), visitor('g-1')];
    await service.publishActivities(anActivity({ identifiers: [gail] }), anActivity({ identifiers: [phone] }));
    const { customers } = (await service.get('/api/v1/stats')).body;
    await service.publishActivities(anActivity({ identifiers: [gail, phone] }));
    expect((await service.get('/api/v1/stats')).body.customers).toBe(customers - 1);
  });
});
