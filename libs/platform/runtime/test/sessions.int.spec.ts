import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { Controller, Get, Module, Post } from '@nestjs/common';
import { type TestDatabase, testDatabase } from '@sestante/postgres/testing';
import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { type Caller, CallerAccess, hashOf, Roles, type Role, type RunningProcess } from '../src/index.ts';
import { idleSeconds, maxSessionsOfKey, sessionSeconds } from '../src/access/sessions.ts';
import { apiKey, bearer, problemOf, start } from './driver.ts';

jest.setTimeout(30_000);

@Controller('things')
@Roles('marketing')
class Things {
  @Get() read(@CallerAccess() caller: Caller) {
    return caller;
  }
  @Post() change() {
    return {};
  }
  @Roles('clerk') @Get('clerk') clerk() {
    return {};
  }
}

@Module({ controllers: [Things] })
class Shop {}

let database: TestDatabase;
let client: Client;
let shop: RunningProcess;
let other: RunningProcess;
beforeAll(async () => {
  database = await testDatabase();
  shop = await start(database.url, Shop);
  await shop.ready;
  other = await start(database.url, Shop);
  await other.ready;
  client = new Client({ connectionString: database.url });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await shop.stop();
  await other.stop();
  await database.drop();
});

type Headers = Readonly<Record<string, string>>;
const send = (method: string, path: string, headers: Headers = {}, body?: unknown, at = shop) =>
  fetch(`${at.url}${path}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
const signIn = (key: string, headers: Headers = {}) => send('POST', '/api/v1/sessions', headers, { apiKey: key });
const sameOrigin = { 'sec-fetch-site': 'same-origin' };

interface MadeKey {
  readonly keyId: string;
  readonly key: string;
  readonly name: string;
}
const keyOf = async (role: Role) =>
  (await (
    await send('POST', '/api/v1/keys', bearer(apiKey), { name: `${role} ${randomUUID()}`, role })
  ).json()) as MadeKey;

/** The cookie header of a new session of the key. */
async function cookieOf(key: string): Promise<string> {
  const response = await signIn(key);
  expect(response.status).toBe(201);
  return response.headers.get('set-cookie')!.split(';')[0]!;
}
const hashIn = (cookie: string) => hashOf(cookie.split('=')[1]!);
const statusOf = async (cookie: string, path = '/things', at = shop) =>
  (await send('GET', path, { cookie }, undefined, at)).status;

describe('a session', () => {
  test('is started with an API key, in a cookie that scripts cannot read', async () => {
    const { key, name } = await keyOf('marketing');
    const response = await signIn(key);
    const body = (await response.json()) as { endsAt: string };
    expect(body).toEqual({ role: 'marketing', name, endsAt: expect.any(String) });
    expect(Math.abs(Date.parse(body.endsAt) - Date.now() - sessionSeconds * 1_000)).toBeLessThan(60_000);
    const cookie = response.headers.get('set-cookie')!;
    expect(cookie).toMatch(/^sestante_session=se_[\w-]{32}; Path=\/; Max-Age=43200; HttpOnly; SameSite=Strict$/);
    const current = await send('GET', '/api/v1/sessions/current', { cookie: cookie.split(';')[0]! });
    expect([current.status, await current.json()]).toEqual([200, body]);
  });

  test('over HTTPS has a cookie for HTTPS only', async () => {
    const response = await signIn(apiKey, { 'x-forwarded-proto': 'https' });
    expect(response.headers.get('set-cookie')).toMatch(/; Secure$/);
  });

  test('is stored as a hash', async () => {
    const cookie = await cookieOf(apiKey);
    const { rows } = await client.query('select * from access.session where hash = $1', [hashIn(cookie)]);
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(cookie.split('=')[1]);
  });

  test('acts for its API key, in every process', async () => {
    const { key, keyId, name } = await keyOf('marketing');
    const cookie = `theme=dark; ${await cookieOf(key)}; language=de`;
    expect(await (await send('GET', '/things', { cookie })).json()).toEqual({
      kind: 'key',
      keyId,
      name,
      role: 'marketing',
    });
    expect(await statusOf(cookie, '/things', other)).toBe(200);
  });

  test('has the role of its API key', async () => {
    const cookie = await cookieOf((await keyOf('clerk')).key);
    expect([await statusOf(cookie), await statusOf(cookie, '/things/clerk')]).toEqual([403, 200]);
    expect(await statusOf(cookie, '/api/v1/keys')).toBe(403);
  });

  test('does not count where an API key is sent', async () => {
    const cookie = await cookieOf(apiKey);
    expect((await send('GET', '/things', { cookie, ...bearer('no-such-key-at-all') })).status).toBe(401);
  });

  test('ends when the browser signs out, and the cookie is removed', async () => {
    const cookie = await cookieOf(apiKey);
    expect(await statusOf(cookie)).toBe(200);
    const response = await send('DELETE', '/api/v1/sessions/current', { cookie, ...sameOrigin });
    expect([response.status, response.headers.get('set-cookie')]).toEqual([
      204,
      'sestante_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict',
    ]);
    expect(await problemOf(await send('GET', '/things', { cookie }))).toMatchObject({
      status: 401,
      code: 'session-ended',
    });
    expect(await statusOf(cookie, '/things', other)).toBe(401);
    expect((await send('DELETE', '/api/v1/sessions/current', sameOrigin)).status).toBe(204);
  });

  test.each(['DELETE', 'POST'])('ends when its API key is revoked or rotated (%s)', async (method) => {
    const { key, keyId } = await keyOf('marketing');
    const cookie = await cookieOf(key);
    expect(await statusOf(cookie)).toBe(200);
    const path = `/api/v1/keys/${keyId}${method === 'POST' ? '/rotate' : ''}`;
    const response = await send(method, path, bearer(apiKey), method === 'POST' ? { overlapHours: 0 } : undefined);
    expect(response.ok).toBe(true);
    expect([await statusOf(cookie), await statusOf(cookie, '/things', other)]).toEqual([401, 401]);
  });

  test.each([
    ['ends_at', 5, 200],
    ['ends_at', 0, 401],
    ['ends_at', -1, 401],
    ['last_used_at', 5 - idleSeconds, 200],
    ['last_used_at', -idleSeconds, 401],
    ['last_used_at', -idleSeconds - 1, 401],
  ])('whose %s is %d s from now is answered with %d', async (column, seconds, status) => {
    const cookie = await cookieOf(apiKey);
    await client.query(`update access.session set ${column} = now() + make_interval(secs => $2) where hash = $1`, [
      hashIn(cookie),
      seconds,
    ]);
    expect(await statusOf(cookie)).toBe(status);
  });

  test('is used as long as there are requests', async () => {
    const cookie = await cookieOf(apiKey);
    await client.query(`update access.session set last_used_at = now() - interval '50 minutes' where hash = $1`, [
      hashIn(cookie),
    ]);
    expect(await statusOf(cookie)).toBe(200);
    const { rows } = await client.query<{ seconds: string }>(
      'select extract(epoch from now() - last_used_at) as seconds from access.session where hash = $1',
      [hashIn(cookie)],
    );
    expect(Number(rows[0]!.seconds)).toBeLessThan(60);
  });

  test('is one of at most 100 of its API key: a further one ends the one that was used least recently', async () => {
    const { key, keyId } = await keyOf('marketing');
    const cookies: string[] = [];
    for (let index = 0; index < maxSessionsOfKey - 1; index++) cookies.push(await cookieOf(key));
    await client.query(`update access.session set last_used_at = now() - interval '1 minute' where hash = $1`, [
      hashIn(cookies[7]!),
    ]);
    const count = async () => (await client.query('select from access.session where key_id = $1', [keyId])).rowCount;
    expect(await count()).toBe(99);
    await cookieOf(key);
    expect([await count(), await statusOf(cookies[0]!)]).toEqual([100, 200]);
    await cookieOf(key);
    expect([await count(), await statusOf(cookies[7]!), await statusOf(cookies[8]!)]).toEqual([100, 401, 200]);
  });

  test.each([
    ['without an API key', {}, 400],
    ['with an empty one', { apiKey: '' }, 400],
    ['with one that is no text', { apiKey: 7 }, 400],
    ['with more than an API key', { apiKey, role: 'admin' }, 400],
    ['with an unknown one of 199 characters', { apiKey: 'x'.repeat(199) }, 401],
    ['with an unknown one of 200 characters', { apiKey: 'x'.repeat(200) }, 401],
    ['with one of 201 characters', { apiKey: 'x'.repeat(201) }, 400],
  ])('is not started %s', async (_, body, status) => {
    const response = await send('POST', '/api/v1/sessions', {}, body);
    expect([response.status, response.headers.get('set-cookie')]).toEqual([status, null]);
  });

  test('is not started with the API key of a program', async () => {
    expect(await problemOf(await signIn((await keyOf('app')).key))).toMatchObject({ status: 403, code: 'forbidden' });
  });

  test.each(['', 'sestante_session', 'sestante_session=', 'sestante_session=se_none', 'xsestante_session=a'])(
    'is not found by the cookie %j',
    async (cookie) => expect(await statusOf(cookie)).toBe(401),
  );
});

describe('a request that another page sends with the cookie', () => {
  const own = () => new URL(shop.url).origin;

  test.each<[string, string, () => Headers, number]>([
    ['GET', 'of an own page', () => sameOrigin, 200],
    ['GET', 'of an address that was typed', () => ({ 'sec-fetch-site': 'none' }), 200],
    ['GET', 'of another site', () => ({ 'sec-fetch-site': 'cross-site' }), 403],
    ['GET', 'of a neighbour under the same domain', () => ({ 'sec-fetch-site': 'same-site' }), 403],
    ['GET', 'of another origin', () => ({ origin: 'https://evil.example' }), 403],
    ['POST', 'of an own page', () => sameOrigin, 201],
    ['POST', 'of an own page, by its origin alone', () => ({ origin: own() }), 201],
    ['POST', 'of another origin', () => ({ origin: 'https://evil.example' }), 403],
    ['POST', 'of no origin', () => ({ origin: 'null' }), 403],
    ['POST', 'that says nothing', () => ({}), 403],
    ['POST', 'of an address that was typed', () => ({ 'sec-fetch-site': 'none', origin: own() }), 403],
    ['POST', 'of another site', () => ({ 'sec-fetch-site': 'cross-site', origin: own() }), 403],
  ])('%s %s', async (method, _, headers, status) => {
    const cookie = await cookieOf(apiKey);
    expect((await send(method, '/things', { cookie, ...headers() })).status).toBe(status);
  });

  test('starts and ends no session', async () => {
    const evil = { origin: 'https://evil.example' };
    expect(await problemOf(await signIn(apiKey, evil))).toMatchObject({ status: 403, code: 'other-origin' });
    const cookie = await cookieOf(apiKey);
    const ended = await send('DELETE', '/api/v1/sessions/current', { cookie, 'sec-fetch-site': 'same-site' });
    expect([ended.status, await statusOf(cookie)]).toEqual([403, 200]);
  });
});
