import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anActivity, mail, user } from './builders.ts';
import { type Service, startProfile } from './service.ts';

const nobody = '0199c0de-0000-7000-8000-00000000dead';

let service: Service;
let ada: string;
let bea: string;
beforeAll(async () => {
  service = await startProfile();
  await service.happened(
    anActivity({ identifiers: [user('ada'), mail('ada@example.org')] }),
    anActivity({ identifiers: [user('bea')] }),
  );
  [ada, bea] = [await service.idOf('user_id', 'ada'), await service.idOf('user_id', 'bea')];
});
afterAll(() => service.dispose());

const ask = (body: unknown, key?: string) => service.post('/api/v1/customer-tokens', body, key);
const tokenOf = async (customerId: string) => (await ask({ customerId })).body.token as string;

describe('a token is asked for', () => {
  it.each([
    ['the customer id', () => ({ customerId: ada })],
    ['an identifier', () => ({ kind: 'user_id', value: 'ada' })],
    ['an identifier that is not written as it is kept', () => ({ kind: 'email', value: ' Ada@EXAMPLE.org' })],
  ])('by %s, and opens that customer', async (_, body) => {
    const answer = await ask(body());
    expect(answer).toMatchObject({ status: 201, body: { customerId: ada, token: expect.any(String) } });
    expect((await service.get(`/api/v1/customers/${ada}`, answer.body.token)).status).toBe(200);
  });

  it('for an hour, or for as long as is said', async () => {
    const secondsOf = async (body: object) => {
      const { body: issued } = await ask({ customerId: ada, ...body });
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
    ['an unknown id', { customerId: nobody }],
    ['an unknown identifier', { kind: 'user_id', value: 'zoe' }],
    ['half a surrogate pair', { kind: 'user_id', value: 'zoe\ud800' }],
  ])('by %s: 404', async (_, body) => {
    expect(await ask(body)).toMatchObject({ status: 404, body: { code: 'not-found' } });
  });

  it.each([
    ['nothing', {}],
    ['no body', undefined],
    ['a list', []],
    ['only a kind', { kind: 'user_id' }],
    ['only a value', { value: 'ada' }],
    ['a kind that there is not', { kind: 'shoe_size', value: '42' }],
    ['a value of which nothing is left', { kind: 'phone', value: '--' }],
    ['a value that is no text', { kind: 'user_id', value: 7 }],
    ['a NUL in the value', { kind: 'user_id', value: 'a\0b' }],
    ['an id that is none', { customerId: 'ada' }],
    ['59 seconds', { kind: 'user_id', value: 'ada', seconds: 59 }],
    ['more than a day', { kind: 'user_id', value: 'ada', seconds: 86_401 }],
    ['half a second', { kind: 'user_id', value: 'ada', seconds: 60.5 }],
    ['seconds as a text', { kind: 'user_id', value: 'ada', seconds: '60' }],
    ['a field that is not known', { kind: 'user_id', value: 'ada', role: 'admin' }],
  ])('with %s: 400', async (_, body) => {
    expect((await ask(body)).status).toBe(400);
  });
});

describe('who may have tokens made', () => {
  it('an app may', async () => {
    expect((await ask({ customerId: ada }, await service.keyOf('app'))).status).toBe(201);
  });

  it.each(['marketing', 'clerk'])('a key with the role %s may not', async (role) => {
    expect((await ask({ customerId: ada }, await service.keyOf(role))).status).toBe(403);
  });

  it('a customer may not, not even for itself', async () => {
    expect((await ask({ customerId: ada }, await tokenOf(ada))).status).toBe(403);
  });
});

describe('a customer with a token', () => {
  it.each(['', '/timeline'])('opens its own customer%s, by id and as "me"', async (what) => {
    const token = await tokenOf(ada);
    const own = await service.get(`/api/v1/customers/${ada}${what}`, token);
    expect(own.status).toBe(200);
    expect(await service.get(`/api/v1/customers/me${what}`, token)).toEqual(own);
  });

  it.each(['', '/timeline'])('does not open another customer%s', async (what) => {
    expect((await service.get(`/api/v1/customers/${bea}${what}`, await tokenOf(ada))).status).toBe(403);
  });

  it.each(['/api/v1/customers?kind=user_id&value=ada', '/api/v1/stats'])('does not open %s', async (path) => {
    expect((await service.get(path, await tokenOf(ada))).status).toBe(403);
  });

  it('is nobody with a token that somebody changed', async () => {
    const [header, payload, signature] = (await tokenOf(ada)).split('.') as [string, string, string];
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
    const forged = Buffer.from(JSON.stringify({ ...claims, sub: bea })).toString('base64url');
    const unsigned = Buffer.from('{"alg":"none"}').toString('base64url');
    for (const token of [`${header}.${forged}.${signature}`, `${unsigned}.${forged}.`, `${header}.${payload}.x`])
      expect((await service.get(`/api/v1/customers/${bea}`, token)).status).toBe(401);
  });
});
