import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { Controller, Get, Module } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { type TestDatabase, testDatabase } from '@sestante/postgres/testing';
import { Roles, type Role } from '../src/access/access.ts';
import { maxApiKeys } from '../src/access/api-keys.ts';
import type { RunningProcess } from '../src/index.ts';
import { apiKey, bearer, problemOf, start } from './driver.ts';

jest.setTimeout(30_000);

@Controller('things')
class Things {
  @Roles('marketing') @Get('marketing') marketing() {
    return {};
  }
  @Roles('clerk') @Get('clerk') clerk() {
    return {};
  }
  @Roles('app') @Get('app') app() {
    return {};
  }
}

@Module({ controllers: [Things] })
class Shop {}

let database: TestDatabase;
let shop: RunningProcess;
let other: RunningProcess;
beforeAll(async () => {
  database = await testDatabase();
  shop = await start(database.url, Shop);
  await shop.ready;
  other = await start(database.url, Shop);
  await other.ready;
});
afterAll(async () => {
  await shop.stop();
  await other.stop();
  await database.drop();
});

interface Shown {
  readonly keyId: string;
  readonly name: string;
  readonly role: Role;
  readonly hint: string;
  readonly lastUsedAt: string | null;
  readonly endsAt: string | null;
}
type Made = Pick<Shown, 'keyId' | 'name' | 'role'> & { readonly key: string };

const ask = (method: string, path: string, { body, key = apiKey, at = shop }: Asked = {}) =>
  fetch(`${at.url}${path}`, {
    method,
    headers: { ...bearer(key), 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
interface Asked {
  readonly body?: unknown;
  readonly key?: string;
  readonly at?: RunningProcess;
}
const make = async (role: Role, name = `${role} ${randomUUID()}`) =>
  (await (await ask('POST', '/api/v1/keys', { body: { name, role } })).json()) as Made;
const listed = async () => ((await (await ask('GET', '/api/v1/keys')).json()) as { items: Shown[] }).items;
const statusWith = async (key: string, path: string, at = shop) => (await ask('GET', path, { key, at })).status;

describe('an API key', () => {
  test('is created with a name and a role, returned once, and listed without its secret', async () => {
    const response = await ask('POST', '/api/v1/keys', { body: { name: 'campaigns', role: 'marketing' } });
    const made = (await response.json()) as Made;
    expect([response.status, made]).toEqual([
      201,
      {
        keyId: expect.any(String),
        name: 'campaigns',
        role: 'marketing',
        key: expect.stringMatching(/^ak_[\w-]{32}$/),
      },
    ]);
    const items = await listed();
    expect(items.find(({ keyId }) => keyId === made.keyId)).toMatchObject({
      name: 'campaigns',
      role: 'marketing',
      hint: made.key.slice(-4),
      lastUsedAt: null,
      endsAt: null,
    });
    expect(JSON.stringify(items)).not.toContain(made.key);
  });

  test.each(['marketing', 'clerk', 'app'] as const)(
    'with the role %s may call its routes and no others',
    async (role) => {
      const { key } = await make(role);
      for (const path of ['marketing', 'clerk', 'app'])
        expect([path, await statusWith(key, `/things/${path}`)]).toEqual([path, path === role ? 200 : 403]);
      expect(await statusWith(key, '/api/v1/keys')).toBe(403);
    },
  );

  test('of an administrator may create others', async () => {
    const { key } = await make('admin');
    const response = await ask('POST', '/api/v1/keys', { key, body: { name: 'another', role: 'app' } });
    expect(response.status).toBe(201);
  });

  test('has the time of its last use', async () => {
    const { key, keyId } = await make('app');
    await statusWith(key, '/things/app');
    const used = (await listed()).find((one) => one.keyId === keyId)!.lastUsedAt;
    expect(Date.now() - Date.parse(used!)).toBeLessThan(60_000);
  });

  test('that is revoked is invalid in this process at once, and no longer listed', async () => {
    const { key, keyId } = await make('app');
    expect(await statusWith(key, '/things/app')).toBe(200);
    expect((await ask('DELETE', `/api/v1/keys/${keyId}`)).status).toBe(204);
    expect(await statusWith(key, '/things/app')).toBe(401);
    expect(await statusWith(key, '/things/app', other)).toBe(401);
    expect((await listed()).map((one) => one.keyId)).not.toContain(keyId);
    expect(await problemOf(await ask('DELETE', `/api/v1/keys/${keyId}`))).toMatchObject({ status: 404 });
  });

  test('that is rotated stays valid for the overlap, or expires at once if that is 0', async () => {
    const [one, leaked] = [await make('app'), await make('clerk')];
    const rotate = async ({ keyId }: Made, body: object = {}) =>
      (await (await ask('POST', `/api/v1/keys/${keyId}/rotate`, { body })).json()) as Made;
    const next = await rotate(one);
    expect(next).toMatchObject({ name: one.name, role: 'app' });
    expect([await statusWith(one.key, '/things/app'), await statusWith(next.key, '/things/app')]).toEqual([200, 200]);
    const ends = (await listed()).find(({ keyId }) => keyId === one.keyId)!.endsAt;
    expect(Math.abs(Date.parse(ends!) - Date.now() - 24 * 3_600_000)).toBeLessThan(60_000);
    expect(await problemOf(await ask('POST', `/api/v1/keys/${one.keyId}/rotate`, { body: {} }))).toMatchObject({
      status: 409,
      code: 'key-ending',
    });
    const after = await rotate(leaked, { overlapHours: 0 });
    expect([await statusWith(leaked.key, '/things/clerk'), await statusWith(after.key, '/things/clerk')]).toEqual([
      401, 200,
    ]);
  });

  test('of the configuration cannot be revoked or rotated', async () => {
    const { keyId } = (await listed()).find(({ name }) => name === 'first')!;
    for (const [method, path] of [
      ['DELETE', ''],
      ['POST', '/rotate'],
    ] as const)
      expect(
        await problemOf(await ask(method, `/api/v1/keys/${keyId}${path}`, method === 'POST' ? { body: {} } : {})),
      ).toMatchObject({ status: 409, code: 'key-configured' });
  });

  test.each([
    [{}, 'name'],
    [{ name: 'x' }, 'role'],
    [{ name: 'x', role: 'owner' }, 'role'],
    [{ name: '', role: 'app' }, 'name'],
    [{ name: ' ', role: 'app' }, 'name'],
    [{ name: 'a\u0000b', role: 'app' }, 'name'],
    [{ name: 7, role: 'app' }, 'name'],
    [{ name: 'x', role: 'app', key: 'mine' }, 'key'],
  ])('is not created from %j', async (body, field) => {
    const problem = await problemOf(await ask('POST', '/api/v1/keys', { body }));
    expect(problem).toMatchObject({ status: 400 });
    expect(JSON.stringify(problem)).toContain(field);
  });

  test.each([
    [-1, 201],
    [0, 201],
    [1, 400],
  ])('may have a name of 100 characters %d: %d', async (more, status) => {
    const name = 'n'.repeat(100 + more);
    expect((await ask('POST', '/api/v1/keys', { body: { name, role: 'app' } })).status).toBe(status);
  });

  test.each([
    [-1, 400],
    [0, 201],
    [720, 201],
    [721, 400],
    [1.5, 400],
  ])('is rotated with an overlap of %d hours: %d', async (overlapHours, status) => {
    const { keyId } = await make('app');
    expect((await ask('POST', `/api/v1/keys/${keyId}/rotate`, { body: { overlapHours } })).status).toBe(status);
  });

  test('is one of at most 1,000', async () => {
    const count = (await listed()).length;
    const rows = Array.from({ length: maxApiKeys - count - 1 }, (_, index) => index);
    for (let from = 0; from < rows.length; from += 50)
      await Promise.all(rows.slice(from, from + 50).map(() => make('app')));
    const body = { name: 'the last', role: 'app' };
    const [last, more] = [await ask('POST', '/api/v1/keys', { body }), await ask('POST', '/api/v1/keys', { body })];
    expect([last.status, await problemOf(more)]).toMatchObject([201, { status: 409, code: 'too-many-keys' }]);
    // A key that cannot be replaced stays valid.
    const { keyId } = (await last.json()) as Made;
    const rotated = await ask('POST', `/api/v1/keys/${keyId}/rotate`, { body: {} });
    expect(await problemOf(rotated)).toMatchObject({ status: 409, code: 'too-many-keys' });
    expect((await listed()).find((one) => one.keyId === keyId)!.endsAt).toBeNull();
  });
});
