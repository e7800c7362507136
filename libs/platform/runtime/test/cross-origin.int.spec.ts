import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { Body, Controller, Get, Module, Post, ServiceUnavailableException } from '@nestjs/common';
import { type TestDatabase, testDatabase } from '@sestante/postgres/testing';
import { CrossOrigin, Open, type RunningProcess } from '../src/index.ts';
import { startWith } from './driver.ts';

jest.setTimeout(30_000);

@Controller(['opened', 'allowed/:id/things', 'closed'])
@Open()
class Things {
  @Get() list(): object {
    return {};
  }
  @Post() take(@Body() body: unknown): object {
    return { body };
  }
  @Get('away') away(): never {
    throw new ServiceUnavailableException();
  }
}

@Module({ controllers: [Things] })
class Shop {
  constructor(crossOrigin: CrossOrigin) {
    crossOrigin.allowAnyOrigin('/opened');
    crossOrigin.allowConfiguredOrigins('/allowed/:id/things');
  }
}

const allowedOrigin = 'https://app.example';
let database: TestDatabase;
let shop: RunningProcess;
beforeAll(async () => {
  database = await testDatabase();
  shop = await startWith({ DATABASE_URL: database.url, SESTANTE_ALLOWED_ORIGINS: allowedOrigin }, Shop);
  await shop.ready;
});
afterAll(async () => {
  await shop.stop();
  await database.drop();
});

const origin = 'https://shop.example';
const ask = (path: string, init: RequestInit = {}) =>
  fetch(`${shop.url}${path}`, { ...init, headers: { origin, ...(init.headers as object) } });
const preflight = (path: string, from = origin) =>
  ask(path, {
    method: 'OPTIONS',
    headers: {
      origin: from,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,x-new',
    },
  });

/** What browsers are told about other origins. */
const told = ({ headers }: Response) =>
  Object.fromEntries([...headers].filter(([name]) => name.startsWith('access-control-')));
const answered = {
  'access-control-allow-origin': origin,
  'access-control-allow-credentials': 'true',
  'access-control-expose-headers': 'Retry-After',
};

const requests: [string, string, RequestInit, number][] = [
  ['a success', '', { method: 'POST', body: '{}' }, 201],
  ['a body that is not JSON', '', { method: 'POST', body: '{' }, 400],
  ['a body that is too large', '', { method: 'POST', body: '"'.padEnd(600_000) }, 413],
  ['what is away', '/away', {}, 503],
  ['what is not there', '/nowhere', {}, 404],
  ['another method', '', { method: 'DELETE' }, 404],
];

describe('a path that is open to pages of other origins', () => {
  test('answers a pre-flight: from anywhere, with any header, for a day', async () => {
    const response = await preflight('/opened');
    expect([response.status, await response.text(), response.headers.get('vary')]).toEqual([
      204,
      '',
      'Origin, Access-Control-Request-Headers',
    ]);
    expect(told(response)).toEqual({
      ...answered,
      'access-control-allow-methods': 'GET,HEAD,POST',
      'access-control-allow-headers': 'authorization,x-new',
      'access-control-max-age': '86400',
    });
  });

  test.each(requests)('lets pages read %s', async (_, path, init, status) => {
    const response = await ask(`/opened${path}`, init);
    expect([response.status, response.headers.get('vary'), told(response)]).toEqual([status, 'Origin', answered]);
  });

  test('has nothing to tell a program, which has no origin', async () => {
    expect(told(await fetch(`${shop.url}/opened`))).toEqual({});
    expect((await fetch(`${shop.url}/opened`, { method: 'OPTIONS' })).status).toBe(404);
  });
});

describe('a route that is open to the pages of configured origins', () => {
  const route = '/allowed/7/things';
  const answeredAllowed = {
    'access-control-allow-origin': allowedOrigin,
    'access-control-expose-headers': 'Retry-After',
  };

  test('answers a pre-flight: for reading, with a token and a position, for ten minutes', async () => {
    const response = await preflight(route, allowedOrigin);
    expect([response.status, response.headers.get('vary')]).toEqual([204, 'Origin']);
    expect(told(response)).toEqual({
      ...answeredAllowed,
      'access-control-allow-methods': 'GET, HEAD',
      'access-control-allow-headers': 'Authorization, Last-Event-ID, Content-Type, Cache-Control',
      'access-control-max-age': '600',
    });
  });

  test.each(['', '/', '?limit=1', '/?limit=1'])('lets their pages read %j', async (end) => {
    const response = await ask(`${route}${end}`, { headers: { origin: allowedOrigin } });
    expect([response.status, response.headers.get('vary'), told(response)]).toEqual([200, 'Origin', answeredAllowed]);
  });

  test.each([
    origin,
    'null',
    'https://app.example.evil.example',
    'https://evil-app.example',
    'http://app.example',
    'https://app.example:8443',
    'https://APP.example',
  ])('tells pages of %s nothing', async (other) => {
    const response = await ask(route, { headers: { origin: other } });
    expect([response.status, response.headers.get('vary'), told(response)]).toEqual([200, 'Origin', {}]);
    expect(told(await preflight(route, other))).toEqual({});
  });

  test.each([
    '/allowed/things',
    '/allowed/7/8/things',
    '/allowed/7/things/away',
    '/allowed/7/thingsandmore',
    '/closed',
  ])('does not open %s with it', async (path) => {
    expect(told(await preflight(path, allowedOrigin))).toEqual({});
  });
});

describe('every other path', () => {
  test('answers no pre-flight', async () => {
    const response = await preflight('/closed');
    expect([response.status, told(response)]).toEqual([404, {}]);
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  });

  test.each(requests)('lets no page read %s', async (_, path, init, status) => {
    const response = await ask(`/closed${path}`, init);
    expect([response.status, told(response)]).toEqual([status, {}]);
  });
});
