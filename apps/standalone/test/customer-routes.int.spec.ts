import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Module } from '@nestjs/common';
import { IngestModule } from '@sestante/ingest';
import { OffersModule } from '@sestante/offers';
import { ProfileModule } from '@sestante/profile';
import type { Operation } from '@sestante/runtime/openapi';
import { adminKey, type ServiceUnderTest, startService } from '@sestante/runtime/testing';
import { ScoringModule } from '@sestante/scoring';
import { randomUUID } from 'node:crypto';
import { documentOfAll } from '../publishing/documents.ts';
import { until, writeKey } from './standalone.ts';

@Module({ imports: [IngestModule, ProfileModule, ScoringModule, OffersModule] })
class AllServices {}

/** A documented route, such as `GET /api/v1/customers/{id}`. */
type Route = readonly [string, Operation];

const schemesOf = ({ security = [] }: Operation) => security.flatMap((requirement) => Object.keys(requirement));
/** All routes that need an API key or a customer's token, whatever service they are of. */
const closed = Object.entries(documentOfAll.paths)
  .flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): Route => [`${method.toUpperCase()} ${path}`, operation]),
  )
  .filter(([, operation]) => schemesOf(operation).some((scheme) => /^(apiKey|customerToken)/.test(scheme)));
const isForCustomers = ([, operation]: Route) => schemesOf(operation).includes('customerToken');
const forCustomers = closed.filter(isForCustomers);
const forKeysOnly = closed.filter((route) => !isForCustomers(route));
const reads = closed.filter(([route]) => route.startsWith('GET /api/v1/customers/{id}'));

let service: ServiceUnderTest;
/** Two customers, and the token of the first. */
let [ada, bea, token] = ['', '', ''];
beforeAll(async () => {
  service = await startService(AllServices, { SESTANTE_WRITE_KEY: writeKey });
  for (const userId of ['ada', 'bea']) await track(userId);
  [ada, bea] = [await idOf('ada'), await idOf('bea')];
  token = (await service.post('/api/v1/customer-tokens', { customerId: ada })).body.token;
}, 60_000);
afterAll(() => service.dispose());

async function track(userId: string): Promise<void> {
  const headers = {
    authorization: `Basic ${Buffer.from(`${writeKey}:`).toString('base64')}`,
    'content-type': 'application/json',
  };
  const body = JSON.stringify({ userId, event: 'Promise Broken', messageId: `m-${userId}` });
  expect((await fetch(`${service.url}/v1/track`, { method: 'POST', headers, body })).status).toBe(200);
}

/** The id of the customer, once its activity has reached all services. */
async function idOf(userId: string): Promise<string> {
  const { body } = await until(
    () => service.get(`/api/v1/customers?kind=user_id&value=${userId}`),
    ({ body: { items } }) => items.length === 1,
  );
  const id = body.items[0].customerId as string;
  for (const path of ['scores', 'decisions'])
    await until(
      () => service.get(`/api/v1/customers/${id}/${path}`),
      ({ status }) => status === 200,
    );
  return id;
}

interface Answer {
  readonly status: number;
  /** Of a problem, all of it. */
  readonly problem: unknown;
}

/** Calls a route about a customer, with valid values for its other parameters. */
async function call(
  [route, { parameters }]: Route,
  id: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const [method, path] = route.split(' ') as [string, string];
  const valueOf = (name: string) => {
    const { enum: [value] = [] } = (parameters.find((one) => one.name === name)?.schema ?? {}) as { enum?: string[] };
    return name === 'id' ? id : (value ?? randomUUID());
  };
  const url = service.url + path.replace(/\{(\w+)\}/g, (_, name: string) => valueOf(name));
  const content = method === 'GET' ? {} : { 'content-type': 'application/json' };
  const response = await fetch(url, {
    method,
    headers: { ...headers, ...content },
    body: method === 'GET' ? null : '{}',
  });
  if (response.ok) await response.body?.cancel();
  return { status: response.status, problem: response.ok ? undefined : await response.json() };
}
const bearer = (credential: string) => ({ authorization: `Bearer ${credential}` });

test('there are routes of each service for customers, and others', () => {
  const paths = forCustomers.map(([route]) => route).join(' ');
  for (const path of ['/timeline', '/notes', '/scores', '/offers', '/decisions']) expect(paths).toContain(path);
  expect(forKeysOnly.length).toBeGreaterThan(20);
});

describe.each(forCustomers)('%s', (name, operation) => {
  const route: Route = [name, operation];

  test('shows nothing of another customer to a token, as if there were none', async () => {
    const other = await call(route, bea, bearer(token));
    expect(other).toMatchObject({ status: 404, problem: { code: 'not-found' } });
    expect(other).toEqual(await call(route, randomUUID(), bearer(token)));
  });

  test('lets the customer in, by id and as "me"', async () => {
    for (const id of [ada, 'me']) expect([401, 403]).not.toContain((await call(route, id, bearer(token))).status);
  });
});

test.each(closed)('%s is closed without a credential, and with one that nobody has', async (...route) => {
  for (const headers of [
    {},
    bearer('a-key-that-nobody-has'),
    bearer(`${token}x`),
    bearer(token.replace(/\.[^.]*$/, '.')),
  ])
    expect(await call(route, ada, headers)).toMatchObject({ status: 401 });
});

test.each(forKeysOnly)('%s is closed for a token, also if it is sent as an API key', async (...route) => {
  for (const headers of [bearer(token), { 'x-api-key': token }])
    expect(await call(route, ada, headers)).toMatchObject({ status: 403, problem: { code: 'forbidden' } });
});

test.each(reads)('%s with an API key is in the audit log', async (...route) => {
  const entries = async () => {
    const [row] = await service.query<{ count: number }>(
      'select count(*)::int as count from audit.entry where customer_id = $1',
      [bea],
    );
    return row!.count;
  };
  const before = await entries();
  const { status } = await call(route, bea, bearer(adminKey));
  expect((await entries()) - before).toBe(status === 200 ? 1 : 0);
});
