import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anActivity, card, mail, phone, user, visitor } from './builders.ts';
import { type Service, startProfile } from './service.ts';

const unknownCustomer = '0199c0de-0000-7000-8000-00000000dead';

let service: Service;
let ada: string;
let bea: string;
beforeAll(async () => {
  service = await startProfile();
  await service.publishActivities(
    anActivity({ identifiers: [user('ada'), mail('ada@example.org'), phone('+393351234567')] }),
    anActivity({ identifiers: [user('bea')] }),
  );
  [ada, bea] = [await service.idOf('user_id', 'ada'), await service.idOf('user_id', 'bea')];
});
afterAll(() => service.dispose());

const requestToken = (body: unknown, key?: string) => service.post('/api/v1/customer-tokens', body, key);
const tokenOf = async (customerId: string) => (await requestToken({ customerId })).body.token as string;

describe('a request for a token', () => {
  it.each([
    ['the customer id', () => ({ customerId: ada })],
    ['an identifier', () => ({ kind: 'user_id', value: 'ada' })],
    ['an identifier in another spelling than stored', () => ({ kind: 'email', value: ' Ada@EXAMPLE.org' })],
    ['a phone without a country code', () => ({ kind: 'phone', value: '335 1234567', country: 'IT' })],
  ])('by %s returns a token with access to that customer', async (_, body) => {
    const response = await requestToken(body());
    expect(response).toMatchObject({ status: 201, body: { customerId: ada, token: expect.any(String) } });
    expect((await service.get(`/api/v1/customers/${ada}`, response.body.token)).status).toBe(200);
  });

  it('by a browser that somebody with an account has used is refused', async () => {
    await service.publishActivities(
      anActivity({ identifiers: [visitor('kiosk')] }),
      anActivity({ identifiers: [visitor('free')] }),
    );
    const former = await service.idOf('anonymous_id', 'kiosk');
    const byBrowser = (value: string) => service.post('/api/v1/customer-tokens', { kind: 'anonymous_id', value });
    expect((await byBrowser('kiosk')).status).toBe(201);
    await service.publishActivities(anActivity({ identifiers: [user('gina'), visitor('kiosk')] }));
    const refused = { status: 409, body: { code: 'stronger-identifier-needed' } };
    expect(await byBrowser('kiosk')).toMatchObject(refused);
    expect(await service.post('/api/v1/customer-tokens', { customerId: former })).toMatchObject(refused);
    expect((await byBrowser('free')).status).toBe(201);
  });

  it('by an id that was merged into another customer returns a token for that one', async () => {
    await service.publishActivities(anActivity({ identifiers: [card('900')] }));
    const former = await service.idOf('loyalty_card', '900');
    await service.publishActivities(anActivity({ identifiers: [user('bea'), card('900')] }));
    expect(await requestToken({ customerId: former })).toMatchObject({ status: 201, body: { customerId: bea } });
  });

  it('returns a token that is valid for an hour by default, or for the requested time', async () => {
    const secondsOf = async (body: object) => {
      const { body: issued } = await requestToken({ customerId: ada, ...body });
      const [, payload] = (issued.token as string).split('.');
      const { iat, exp } = JSON.parse(Buffer.from(payload!, 'base64url').toString()) as { iat: number; exp: number };
      expect(Math.floor(Date.parse(issued.expiresAt) / 1_000)).toBe(exp);
      return exp - iat;
    };
    expect(await secondsOf({})).toBe(3_600);
    expect(await secondsOf({ seconds: 60 })).toBe(60);
    expect(await secondsOf({ seconds: 86_400 })).toBe(86_400);
  });

  it.each([
    ['an unknown id', { customerId: unknownCustomer }],
    ['an unknown identifier', { kind: 'user_id', value: 'zoe' }],
    ['half a surrogate pair', { kind: 'user_id', value: 'zoe\ud800' }],
  ])('by %s is answered with 404', async (_, body) => {
    expect(await requestToken(body)).toMatchObject({ status: 404, body: { code: 'not-found' } });
  });

  it.each([
    ['nothing', {}],
    ['no body', undefined],
    ['a list', []],
    ['only a kind', { kind: 'user_id' }],
    ['only a value', { value: 'ada' }],
    ['an unknown kind', { kind: 'shoe_size', value: '42' }],
    ['a value that is empty after normalisation', { kind: 'phone', value: '--' }],
    ['a value that is not a string', { kind: 'user_id', value: 7 }],
    ['a NUL in the value', { kind: 'user_id', value: 'a\0b' }],
    ['an id that is not a UUID', { customerId: 'ada' }],
    ['a country that does not exist', { kind: 'phone', value: '335 1234567', country: 'XX' }],
    ['59 seconds', { kind: 'user_id', value: 'ada', seconds: 59 }],
    ['more than a day', { kind: 'user_id', value: 'ada', seconds: 86_401 }],
    ['half a second', { kind: 'user_id', value: 'ada', seconds: 60.5 }],
    ['seconds as a string', { kind: 'user_id', value: 'ada', seconds: '60' }],
    ['an unknown field', { kind: 'user_id', value: 'ada', role: 'admin' }],
  ])('with %s is answered with 400', async (_, body) => {
    expect((await requestToken(body)).status).toBe(400);
  });
});

describe('the right to request tokens', () => {
  it('belongs to a key with the role app', async () => {
    expect((await requestToken({ customerId: ada }, await service.keyOf('app'))).status).toBe(201);
  });

  it.each(['marketing', 'clerk'])('does not belong to a key with the role %s', async (role) => {
    expect((await requestToken({ customerId: ada }, await service.keyOf(role))).status).toBe(403);
  });

  it('does not belong to a customer, even for its own token', async () => {
    expect((await requestToken({ customerId: ada }, await tokenOf(ada))).status).toBe(403);
  });
});

describe('a token of a customer with weak identifiers only', () => {
  const readWith = async (token: string) => {
    const { status, body } = await service.get('/api/v1/customers/me', token);
    return status === 200 ? 200 : [status, body.code];
  };
  const tokenBy = async (kind: string, value: string) => (await requestToken({ kind, value })).body.token as string;

  it.each([
    ['anonymous_id', 'tablet', visitor('tablet')],
    ['email', 'pia@example.org', mail('pia@example.org')],
  ] as const)('by %s ends when an account turns out to be the same person', async (kind, value, identifier) => {
    await service.publishActivities(anActivity({ identifiers: [identifier] }));
    const token = await tokenBy(kind, value);
    expect(await readWith(token)).toBe(200);
    await service.publishActivities(anActivity({ identifiers: [user(`account of ${value}`), identifier] }));
    expect(await readWith(token)).toEqual([401, 'token-ended']);
    expect(await readWith(await tokenBy('user_id', `account of ${value}`))).toBe(200);
  });

  it.each(['', '/timeline', '/notes'])('ends on every route: customer%s', async (path) => {
    const name = `the phone of ${path || 'nobody'}`;
    await service.publishActivities(anActivity({ identifiers: [visitor(name)] }));
    const token = await tokenBy('anonymous_id', name);
    await service.publishActivities(anActivity({ identifiers: [user(`owner of ${name}`), visitor(name)] }));
    expect(await service.get(`/api/v1/customers/me${path}`, token)).toMatchObject({
      status: 401,
      body: { code: 'token-ended' },
    });
  });

  it('goes on if nothing stronger becomes known', async () => {
    await service.publishActivities(anActivity({ identifiers: [visitor('laptop')] }));
    const token = await tokenBy('anonymous_id', 'laptop');
    await service.publishActivities(anActivity({ identifiers: [visitor('laptop')] }));
    expect(await readWith(token)).toBe(200);
  });

  it('is not the token of a card, which goes on under the id of the account', async () => {
    await service.publishActivities(anActivity({ identifiers: [card('77001')] }));
    const token = await tokenBy('loyalty_card', '77001');
    await service.publishActivities(anActivity({ identifiers: [user('quinn'), card('77001')] }));
    const { body } = await service.get('/api/v1/customers/me', token);
    expect(body.customerId).toBe(await service.idOf('user_id', 'quinn'));
  });
});

describe('a customer with a token', () => {
  it.each(['', '/timeline'])('reads its own customer%s, by id and as "me"', async (what) => {
    const token = await tokenOf(ada);
    const own = await service.get(`/api/v1/customers/${ada}${what}`, token);
    expect(own.status).toBe(200);
    expect(await service.get(`/api/v1/customers/me${what}`, token)).toEqual(own);
  });

  it.each(['', '/timeline'])('does not read another customer%s', async (what) => {
    expect((await service.get(`/api/v1/customers/${bea}${what}`, await tokenOf(ada))).status).toBe(404);
  });

  it.each(['/api/v1/customers?kind=user_id&value=ada', '/api/v1/stats'])('does not read %s', async (path) => {
    expect((await service.get(path, await tokenOf(ada))).status).toBe(403);
  });

  it('is not authenticated with a changed token', async () => {
    const [header, payload, signature] = (await tokenOf(ada)).split('.') as [string, string, string];
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
    const forged = Buffer.from(JSON.stringify({ ...claims, sub: bea })).toString('base64url');
    const unsigned = Buffer.from('{"alg":"none"}').toString('base64url');
    for (const token of [`${header}.${forged}.${signature}`, `${unsigned}.${forged}.`, `${header}.${payload}.x`])
      expect((await service.get(`/api/v1/customers/${bea}`, token)).status).toBe(401);
  });
});
