import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anActivity, card, device, mail, minutesAfterNoon, phone, user, visitor } from './builders.ts';
import { type Service, startProfile } from './service.ts';

let service: Service;
let [clerk, marketing] = ['', ''];
let [ada, bea, zoe] = ['', '', ''];
beforeAll(async () => {
  service = await startProfile();
  [clerk, marketing] = [await service.keyOf('clerk'), await service.keyOf('marketing')];
  await service.publishActivities(
    anActivity({
      identifiers: [user('ada-1'), mail('ada@example.org'), phone('+393351234567'), visitor('v-ada')],
      traits: { first_name: 'Ada', lastName: 'Lovelace', city: 'London' },
      timestamp: minutesAfterNoon(3),
    }),
    anActivity({ identifiers: [user('ada-1')], timestamp: minutesAfterNoon(1) }),
    anActivity({
      identifiers: [user('bea'), card('4006381333931'), device('4006381333931')],
      traits: { name: 'Adamo Brën' },
    }),
    anActivity({ identifiers: [user('zoe@example.org'), mail('zoe@example.org')], traits: { name: 'Zoë Ada' } }),
  );
  ada = await service.idOf('user_id', 'ada-1');
  bea = await service.idOf('user_id', 'bea');
  zoe = await service.idOf('user_id', 'zoe@example.org');
});
afterAll(() => service.dispose());

const search = (query: string, key = clerk) => service.get(`/api/v1/customers?query=${encodeURIComponent(query)}`, key);
const found = async (query: string) => {
  const { status, body } = await search(query);
  expect(status).toBe(200);
  return (body.items as { customerId: string }[]).map(({ customerId }) => customerId);
};

describe('a search by an identifier', () => {
  it('returns what is known of the customer', async () => {
    expect((await search('ada@example.org')).body.items).toEqual([
      {
        customerId: ada,
        // The one that was looked for is first.
        identifiers: [mail('ada@example.org'), user('ada-1'), phone('+393351234567'), visitor('v-ada')],
        name: 'Ada Lovelace',
        isUnconfirmed: false,
        matched: 'identifier',
        lastSeenAt: minutesAfterNoon(3),
      },
    ]);
  });

  it.each([' ADA@Example.ORG ', '+39 (335) 12-34.567', '0039 335 1234567', 'ada-1', 'v-ada'])(
    'finds the customer by %j, as people write it',
    async (query) => {
      expect(await found(query)).toEqual([ada]);
    },
  );

  it('finds a phone without a country code as one of the country, or as it was stored without one', async () => {
    const foundIn = async (query: string) => {
      const { body } = await service.get(`/api/v1/customers?${query}`, clerk);
      return (body.items as { customerId: string }[]).map(({ customerId }) => customerId);
    };
    expect(await foundIn('query=0335%201234567&country=IT')).toEqual([ada]);
    expect(await foundIn('kind=phone&value=0335%201234567&country=IT')).toEqual([ada]);
    expect(await foundIn('query=0335%201234567')).toEqual([]);
    await service.publishActivities(anActivity({ identifiers: [user('old'), phone('03357654321')] }));
    expect(await foundIn('query=0335%207654321&country=IT')).toEqual([await service.idOf('user_id', 'old')]);
  });

  it('finds a customer once, also if two of its identifiers are equal', async () => {
    expect(await found('4006 3813 33931')).toEqual([bea]);
    expect(await found('4006381333931')).toEqual([bea]);
    expect(await found('zoe@example.org')).toEqual([zoe]);
  });

  it.each(['nobody-here', 'ada@example.orga', 'da-1', '%%', '__', "ada' or '1'='1", '\u{10ffff}\u{10ffff}', '😀😀'])(
    'finds nobody by %j',
    async (query) => {
      expect(await search(query)).toEqual({ status: 200, body: { items: [] } });
    },
  );
});

describe('a search by the beginning of a name', () => {
  it.each([
    ['Ada', () => [ada, bea]],
    ['ada', () => [ada, bea]],
    ['AD', () => [ada, bea]],
    ['adam', () => [bea]],
    ['Adamo Bren', () => [bea]],
    ['LOVE', () => [ada]],
    ['zoe', () => [zoe]],
    ['Zoë A', () => [zoe]],
    ['Bren', () => []],
  ])('finds by %j, and not by what is inside', async (query, expected) => {
    expect(await found(query)).toEqual(expected());
  });

  it('says that it was the name', async () => {
    const { body } = await search('Adam');
    expect(body.items).toEqual([
      expect.objectContaining({
        customerId: bea,
        name: 'Adamo Brën',
        matched: 'name',
        lastSeenAt: minutesAfterNoon(0),
      }),
    ]);
  });

  it('follows the latest value of the name', async () => {
    const named = (traits: Record<string, unknown>, minutes: number) =>
      anActivity({ identifiers: [user('married')], traits, timestamp: minutesAfterNoon(minutes) });
    await service.publishActivities(named({ last_name: 'Quondam' }, 1), named({ last_name: 'Quesada' }, 3));
    await service.publishActivities(named({ last_name: 'Quirino' }, 2));
    expect([await found('quondam'), await found('quirino')]).toEqual([[], []]);
    expect(await found('quesada')).toHaveLength(1);
    await service.publishActivities(named({ last_name: null }, 4));
    expect(await found('quesada')).toEqual([]);
  });

  it.each([7, false, ['Xaver'], { first: 'Xaver' }, '', '\0', 'Xav\ud83der\0', 'X'.repeat(5_000)])(
    'does without names that are none: %j',
    async (name) => {
      const value = `odd-${JSON.stringify(name).slice(0, 20)}`;
      await service.publishActivities(anActivity({ identifiers: [user(value)], traits: { name } }));
      expect(await found(value)).toHaveLength(1);
    },
  );

  it('finds those who are called so before others, and an identifier before both', async () => {
    const named = (value: string, name: string) => anActivity({ identifiers: [user(value)], traits: { name } });
    await service.publishActivities(named('g-1', 'Gundula'), named('g-2', 'Gunda'), named('gunda', 'Hilde'));
    const ids = await Promise.all(['gunda', 'g-2'].map((value) => service.idOf('user_id', value)));
    expect(await found('gunda')).toEqual(ids);
    expect((await found('gund')).slice(0, 1)).toEqual(ids.slice(1));
  });

  it('finds at most 20 customers', async () => {
    const people = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, index) =>
        anActivity({ identifiers: [user(`many-${from + index}`)], traits: { name: `Many ${from + index}` } }),
      );
    await service.publishActivities(...people(0, 19));
    expect(await found('many')).toHaveLength(19);
    await service.publishActivities(...people(19, 20));
    expect(await found('many')).toHaveLength(20);
    await service.publishActivities(...people(20, 21));
    expect(await found('many')).toHaveLength(20);
  });

  it('finds a customer that two others turned out to be, once', async () => {
    const named = (value: string) => anActivity({ identifiers: [user(value)], traits: { name: 'Wilma' } });
    await service.publishActivities(named('w-1'), named('w-2'));
    const [one, other] = await Promise.all(['w-1', 'w-2'].map((value) => service.idOf('user_id', value)));
    expect((await found('wilma')).toSorted()).toEqual([one, other].toSorted());
    const merge = { customerId: other, reason: 'the same passport' };
    const { mergeId, customerId } = (await service.post(`/api/v1/customers/${one}/merges`, merge)).body;
    const merged = (await search('wilma')).body.items;
    expect(merged).toEqual([expect.objectContaining({ customerId })]);
    expect(merged[0].identifiers).toHaveLength(2);
    await service.change(`DELETE /api/v1/customers/${one}/merges/${mergeId}`);
    expect(await found('wilma')).toHaveLength(2);
  });
});

describe('what a role sees', () => {
  const address = 'ada@example.org';

  it.each(['clerk', 'admin'])('of %s: everything in full', async (role) => {
    const { body } = await search(address, await service.keyOf(role));
    expect(body.items[0]).toMatchObject({ name: 'Ada Lovelace', identifiers: expect.arrayContaining([mail(address)]) });
  });

  it('of marketing: names, mail addresses and phone numbers are masked', async () => {
    expect((await search(address, marketing)).body.items).toEqual([
      {
        customerId: ada,
        identifiers: [mail('a…@e….org'), user('ada-1'), phone('+39…67'), visitor('v-ada')],
        name: 'A…',
        isUnconfirmed: false,
        matched: 'identifier',
        lastSeenAt: minutesAfterNoon(3),
      },
    ]);
    const { body } = await search('zoe', marketing);
    expect(JSON.stringify(body)).not.toMatch(/zoe|Zoë|example/);
  });

  it('of an app: the id, by kind and value only', async () => {
    const app = await service.keyOf('app');
    expect(await search(address, app)).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    const byKind = await service.get(`/api/v1/customers?kind=email&value=${address}`, app);
    expect(byKind).toEqual({ status: 200, body: { items: [{ customerId: ada }] } });
  });

  it('of a customer: nothing', async () => {
    const { token } = (await service.post('/api/v1/customer-tokens', { customerId: ada })).body;
    expect((await search(address, token)).status).toBe(403);
  });
});

it('every customer that a key finds is noted in the audit log', async () => {
  const key = await service.keyOf('clerk');
  await search('ada', key);
  const { keyId } = (await service.get('/api/v1/audit?action=customer.found&limit=1')).body.items[0].actor;
  const { items } = (await service.get(`/api/v1/audit?keyId=${keyId}`)).body;
  expect((items as { customerId: string }[]).map(({ customerId }) => customerId).toSorted()).toEqual(
    [ada, bea].toSorted(),
  );
});

describe('a request for customers', () => {
  it.each([
    ['nothing', '', 400],
    ['both forms', 'query=ada&kind=user_id&value=ada-1', 400],
    ['a query and a kind', 'query=ada&kind=user_id', 400],
    ['a query and a value', 'query=ada&value=ada', 400],
    ['a kind', 'kind=user_id', 400],
    ['a value', 'value=ada', 400],
    ['two queries', 'query=ada&query=bea', 400],
    ['an empty query', 'query=', 400],
    ['a query of 1 character', 'query=a', 400],
    ['a query of 2 characters', 'query=ad', 200],
    ['a query of 100 characters', `query=${'a'.repeat(100)}`, 200],
    ['a query of 101 characters', `query=${'a'.repeat(101)}`, 400],
    ['a query with a NUL', 'query=ad%00a', 400],
    ['a limit', 'query=ada&limit=1', 400],
  ])('with %s is answered with %s', async (_what, query, status) => {
    const answer = await service.get(`/api/v1/customers?${query}`, clerk);
    expect(answer.status).toBe(status);
    if (status === 400) expect(answer.body.code).toBe('bad-request');
  });
});
