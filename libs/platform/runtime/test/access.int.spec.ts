import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { Controller, Get, Module, Sse } from '@nestjs/common';
import { connect, dataSourceOf } from '@sestante/postgres';
import { type TestDatabase, testDatabase } from '@sestante/postgres/testing';
import { SignJWT, UnsecuredJWT } from 'jose';
import { of } from 'rxjs';
import type { DataSource } from 'typeorm';
import {
  Roles,
  CustomerOrRoles,
  type Caller,
  CallerAccess,
  CustomerId,
  CustomerTokens,
  FormerIds,
  hashOf,
  Public,
  type Role,
  roles,
  type RunningProcess,
} from '../src/index.ts';
import { signingSecretTable } from '../src/access/access-table.ts';
import { apiKey, bearer, problemOf, start } from './driver.ts';

jest.setTimeout(30_000);

@Controller('things')
class Things {
  @Public() @Get('open') open() {
    return 'anybody';
  }
  @Get('undeclared') undeclared() {
    return 'nobody';
  }
  @Roles() @Get('admin') admin() {
    return 'admin';
  }
  @Roles('marketing') @Get('marketing') marketing() {
    return 'marketing';
  }
  @Roles('clerk', 'app') @Get('clerk-and-app') clerkAndApp() {
    return 'clerk and app';
  }
}

@Controller('customers')
@CustomerOrRoles('clerk')
class Customers {
  @Get(':id') one(@CustomerId() id: string, @CallerAccess() { kind }: Caller) {
    return { id, by: kind };
  }
  @Sse(':id/stream') stream(@CustomerId() id: string) {
    return of({ data: { id } });
  }
  @Roles('clerk') @Get(':id/notes') notes() {
    return 'for the clerk only';
  }
}

/** The present ids of customers, as two services of the process know them. */
const [known, alsoKnown] = [new Map<string, string>(), new Map<string, string>()];
let tokens: CustomerTokens;
@Module({ controllers: [Things, Customers] })
class Shop {
  constructor(given: CustomerTokens, formerIds: FormerIds) {
    tokens = given;
    for (const ids of [known, alsoKnown]) formerIds.findBy((id) => Promise.resolve(ids.get(id)));
  }
}

const ada = '0199c0de-0000-7000-8000-00000000c001';
const bob = '0199c0de-0000-7000-8000-00000000c002';

let database: TestDatabase;
let dataSource: DataSource;
let shop: RunningProcess;

beforeAll(async () => {
  database = await testDatabase();
  shop = await start(database.url, Shop);
  await shop.ready;
  dataSource = dataSourceOf({
    url: database.url,
    schema: 'access',
    entities: [signingSecretTable],
    migrations: [],
  });
  await connect(dataSource, 'access');
  for (const role of roles)
    await dataSource.query("insert into access.api_key (name, role, hash, hint) values ($1, $1, $2, '')", [
      role,
      hashOf(keyOf(role)),
    ]);
});
afterAll(async () => {
  await shop.stop();
  await dataSource.destroy();
  await database.drop();
});

const keyOf = (role: Role) => `key-of-the-role-${role}`;
const ask = (path: string, headers: Record<string, string> = {}) => fetch(`${shop.url}${path}`, { headers });
const statusOf = async (path: string, headers?: Record<string, string>) => (await ask(path, headers)).status;

describe('a route', () => {
  test('that is public responds without credentials and with invalid ones', async () => {
    expect(await statusOf('/things/open')).toBe(200);
    expect(await statusOf('/things/open', bearer('nonsense'))).toBe(200);
  });

  test('that declares no access rejects every request, also of administrators', async () => {
    expect(await problemOf(await ask('/things/undeclared'))).toMatchObject({ status: 403, code: 'forbidden' });
    expect(await problemOf(await ask('/things/undeclared', bearer(apiKey)))).toMatchObject({
      status: 403,
      detail: 'Access to this route is not allowed.',
    });
  });

  test.each([
    ['/things/admin', ['admin']],
    ['/things/marketing', ['admin', 'marketing']],
    ['/things/clerk-and-app', ['admin', 'clerk', 'app']],
    [`/customers/${ada}`, ['admin', 'clerk']],
  ])('%s allows keys with the roles %j and no others', async (path, allowed) => {
    for (const role of roles) {
      const response = await ask(path, bearer(keyOf(role)));
      expect([role, response.status]).toEqual([role, allowed.includes(role) ? 200 : 403]);
      if (response.status === 403)
        expect(await problemOf(response)).toMatchObject({
          code: 'forbidden',
          detail: `An API key with the role ${role} is not allowed to call this route.`,
        });
    }
  });

  test('about a customer gets the id in the path and the kind of the caller with an API key', async () => {
    const response = await ask(`/customers/${bob}`, bearer(keyOf('clerk')));
    expect(await response.json()).toEqual({ id: bob, by: 'key' });
  });

  test.each(['me', 'nobody', ada.slice(0, -1)])('about a customer rejects the id %s with an API key', async (id) => {
    expect(await problemOf(await ask(`/customers/${id}`, bearer(keyOf('clerk'))))).toMatchObject({
      status: 400,
      code: 'bad-request',
    });
  });

  test('that does not exist responds with problem details', async () => {
    expect(await problemOf(await ask('/nowhere', bearer(apiKey)))).toMatchObject({ status: 404, code: 'not-found' });
  });
});

describe('an API key', () => {
  test('of the configuration has the role admin', async () => {
    expect(await statusOf('/things/admin', bearer(apiKey))).toBe(200);
  });

  test('is also accepted as X-API-Key', async () => {
    expect(await statusOf('/things/admin', { 'x-api-key': apiKey })).toBe(200);
  });

  test('may contain dots like a token', async () => {
    await dataSource.query(`insert into access.api_key (name, role, hash, hint) values ('dots', 'clerk', $1, '')`, [
      hashOf('a.key.with-two-dots'),
    ]);
    expect(await statusOf('/things/clerk-and-app', bearer('a.key.with-two-dots'))).toBe(200);
  });

  test.each([
    ['missing', {}],
    ['empty', { authorization: 'Bearer ' }],
    ['unknown', bearer('a-key-that-nobody-has')],
    ['in another scheme', { authorization: `Basic ${apiKey}` }],
    ['its own hash', bearer(hashOf(keyOf('admin')).toString('hex'))],
    ['cut short', bearer(apiKey.slice(0, -1))],
  ])('that is %s is rejected with 401', async (_, headers) => {
    expect(await problemOf(await ask('/things/admin', headers))).toMatchObject({ status: 401, code: 'unauthorized' });
  });

  test('is not stored in the database', async () => {
    const rows = await dataSource.query<object[]>('select *, encode(hash, $1) as hex from access.api_key', ['escape']);
    expect(JSON.stringify(rows)).not.toContain(apiKey);
  });
});

describe("a customer's token", () => {
  test('gives access to its own customer', async () => {
    const response = await ask(`/customers/${ada}`, bearer(await tokens.issue(ada, 60)));
    expect([response.status, await response.json()]).toEqual([200, { id: ada, by: 'customer' }]);
  });

  test('gives access to its own customer as "me"', async () => {
    const response = await ask('/customers/me', bearer(await tokens.issue(ada, 60)));
    expect(await response.json()).toEqual({ id: ada, by: 'customer' });
  });

  test.each([
    ['another customer', bob],
    ['its customer in upper case', ada.toUpperCase()],
  ])('shows nothing of %s, as if there were none', async (_, id) => {
    expect(await problemOf(await ask(`/customers/${id}`, bearer(await tokens.issue(ada, 60))))).toMatchObject({
      status: 404,
      code: 'not-found',
    });
  });

  test.each([
    ['a route that customers may not call', `/customers/${ada}/notes`],
    ['a route that is not about a customer', '/things/marketing'],
    ['a route without declared access', '/things/undeclared'],
  ])('gives no access to %s', async (_, path) => {
    expect(await problemOf(await ask(path, bearer(await tokens.issue(ada, 60))))).toMatchObject({
      status: 403,
      code: 'forbidden',
    });
  });

  test.each([
    ['-1 s', -1],
    ['0 s', 0],
  ])('with a lifetime of %s is expired', async (_, seconds) => {
    expect(await problemOf(await ask('/customers/me', bearer(await tokens.issue(ada, seconds))))).toMatchObject({
      status: 401,
      code: 'unauthorized',
    });
  });

  test('is valid for all services, which share the secret in the database', async () => {
    const other = new CustomerTokens(dataSource);
    expect(await statusOf('/customers/me', bearer(await other.issue(ada, 60)))).toBe(200);
  });

  describe('of a customer with weak identifiers only', () => {
    const weak = (subject: string) => tokens.issue(subject, 60, { isWeak: true });
    const [visitor, other] = ['0199c0de-0000-7000-8000-00000000c003', '0199c0de-0000-7000-8000-00000000c004'];

    test('gives access as long as no service knows that the customer was merged', async () => {
      expect(await statusOf('/customers/me', bearer(await weak(visitor)))).toBe(200);
      known.set(visitor, visitor);
      expect(await statusOf('/customers/me', bearer(await weak(visitor)))).toBe(200);
    });

    test.each([
      ['the first', known],
      ['another', alsoKnown],
    ])('ends when %s service knows it, also for event streams', async (_, service) => {
      const token = await weak(other);
      service.set(other, ada);
      for (const path of ['/customers/me', `/customers/${other}`, '/customers/me/stream'])
        expect(await problemOf(await ask(path, bearer(token)))).toMatchObject({ status: 401, code: 'token-ended' });
      expect(await statusOf(`/customers/${ada}`, bearer(token))).toBe(404);
      service.delete(other);
      expect(await statusOf('/customers/me', bearer(token))).toBe(200);
    });

    test('ends only if it was issued for one: the token of an account follows it', async () => {
      known.set(bob, ada);
      expect(await statusOf('/customers/me', bearer(await tokens.issue(bob, 60)))).toBe(200);
    });
  });

  const secret = async () =>
    (await dataSource.query<{ secret: Buffer }[]>('select secret from access.signing_secret'))[0]!.secret;
  const signed = async (
    key: Uint8Array,
    { alg = 'HS256', issuer = 'sestante', subject = ada, expires = '1m' } = {},
  ) => {
    const token = new SignJWT({}).setProtectedHeader({ alg }).setIssuer(issuer).setExpirationTime(expires);
    return (subject ? token.setSubject(subject) : token).sign(key);
  };

  test.each([
    ['signed with another key', () => signed(Buffer.alloc(32, 1))],
    [
      'unsigned',
      async () => new UnsecuredJWT({}).setSubject(ada).setIssuer('sestante').setExpirationTime('1m').encode(),
    ],
    [
      'unsigned, with something for a signature',
      async () => `${new UnsecuredJWT({}).setSubject(ada).setIssuer('sestante').encode()}x`,
    ],
    ['signed with another algorithm', async () => signed(await secret(), { alg: 'HS512' })],
    ['of another issuer', async () => signed(await secret(), { issuer: 'somebody' })],
    ['expired', async () => signed(await secret(), { expires: '-1m' })],
    ['without a subject', async () => signed(await secret(), { subject: '' })],
    [
      'changed afterwards',
      async () => {
        const [header, , signature] = (await tokens.issue(ada, 60)).split('.');
        return [
          header,
          Buffer.from(JSON.stringify({ sub: bob, iss: 'sestante', exp: 4e9 })).toString('base64url'),
          signature,
        ].join('.');
      },
    ],
    ['no token', async () => 'eyJ.eyJ.eyJ'],
  ])('that is %s is rejected with 401', async (_, forge) => {
    expect(await problemOf(await ask('/customers/me', bearer(await forge())))).toMatchObject({
      status: 401,
      detail: 'The customer token is invalid or expired.',
    });
  });
});

describe('a token in the query', () => {
  const events = { accept: 'text/event-stream' };

  test('gives access to an event stream, for which browsers send no headers', async () => {
    const response = await ask(`/customers/me/stream?access_token=${await tokens.issue(ada, 60)}`, events);
    expect([response.status, await response.text()]).toEqual([200, expect.stringContaining(`"id":"${ada}"`)]);
  });

  test.each([
    ['anything else', async () => ask(`/customers/me?access_token=${await tokens.issue(ada, 60)}`)],
    [
      'an event stream of another customer',
      async () => ask(`/customers/${bob}/stream?access_token=${await tokens.issue(ada, 60)}`, events),
    ],
    [
      'an event stream when it is sent twice',
      async () => ask(`/customers/me/stream?access_token=a&access_token=b`, events),
    ],
    ['an event stream when it is empty', async () => ask('/customers/me/stream?access_token=', events)],
    ['an event stream when it is forged', async () => ask('/customers/me/stream?access_token=a.b.c', events)],
  ])('gives no access to %s', async (_, open) => {
    const { status } = await problemOf(await open());
    expect([401, 404]).toContain(status);
  });
});
