import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { Body, Controller, Get, Module, Post, ServiceUnavailableException } from '@nestjs/common';
import { type TestDatabase, testDatabase } from '@sestante/postgres/testing';
import { CrossOrigin, Public, type RunningProcess } from '../src/index.ts';
import { startWith } from './driver.ts';

jest.setTimeout(30_000);

@Controller(['opened', 'allowed/:id/things', 'closed'])
@Public()
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
    crossOrigin.allowConfiguredOriginsToChange('/allowed/:id/wishes');
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

/** The CORS headers of a response. */
const corsHeaders = ({ headers }: Response) =>
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
  ['an unavailable dependency', '/away', {}, 503],
  ['what is not there', '/nowhere', {}, 404],
  ['another method', '', { method: 'DELETE' }, 404],
];

describe('a path for pages of any origin', () => {
  test('allows a preflight request from any origin, with any header, for a day', async () => {
    const response = await preflight('/opened');
    expect([response.status, await response.text(), response.headers.get('vary')]).toEqual([
      204,
      '',
      'Origin, Access-Control-Request-Headers',
    ]);
    expect(corsHeaders(response)).toEqual({
      ...answered,
      'access-control-allow-methods': 'GET,HEAD,POST',
      'access-control-allow-headers': 'authorization,x-new',
      'access-control-max-age': '86400',
    });
  });

  test.each(requests)('lets pages read %s', async (_, path, init, status) => {
    const response = await ask(`/opened${path}`, init);
    expect([response.status, response.headers.get('vary'), corsHeaders(response)]).toEqual([
      status,
      'Origin',
      answered,
    ]);
  });

  test('sends no CORS headers without an origin', async () => {
    expect(corsHeaders(await fetch(`${shop.url}/opened`))).toEqual({});
    expect((await fetch(`${shop.url}/opened`, { method: 'OPTIONS' })).status).toBe(404);
  });
});

describe('a route for pages of configured origins', () => {
  const route = '/allowed/7/things';
  const answeredAllowed = {
    'access-control-allow-origin': allowedOrigin,
    'access-control-expose-headers': 'Retry-After',
  };

  test.each([
    [route, 'GET, HEAD'],
    ['/allowed/7/wishes', 'GET, HEAD, POST, PUT, DELETE'],
  ])('allows a preflight request for %s with a token and a position, for ten minutes', async (path, methods) => {
    const response = await preflight(path, allowedOrigin);
    expect([response.status, response.headers.get('vary')]).toEqual([204, 'Origin']);
    expect(corsHeaders(response)).toEqual({
      ...answeredAllowed,
      'access-control-allow-methods': methods,
      'access-control-allow-headers': 'Authorization, Last-Event-ID, Content-Type, Cache-Control',
      'access-control-max-age': '600',
    });
  });

  test.each(['', '/', '?limit=1', '/?limit=1'])('lets their pages read %j', async (end) => {
    const response = await ask(`${route}${end}`, { headers: { origin: allowedOrigin } });
    expect([response.status, response.headers.get('vary'), corsHeaders(response)]).toEqual([
      200,
      'Origin',
      answeredAllowed,
    ]);
  });

  test.each([
    origin,
    'null',
    'https://app.example.evil.example',
    'https://evil-app.example',
    'http://app.example',
    'https://app.example:8443',
    'https://APP.example',
  ])('sends no CORS headers to pages of %s', async (other) => {
    const response = await ask(route, { headers: { origin: other } });
    expect([response.status, response.headers.get('vary'), corsHeaders(response)]).toEqual([200, 'Origin', {}]);
    expect(corsHeaders(await preflight(route, other))).toEqual({});
  });

  test.each([
    '/allowed/things',
    '/allowed/7/8/things',
    '/allowed/7/things/away',
    '/allowed/7/thingsandmore',
    '/closed',
  ])('does not open %s with it', async (path) => {
    expect(corsHeaders(await preflight(path, allowedOrigin))).toEqual({});
  });
});

describe('every other path', () => {
  test('allows no preflight request', async () => {
    const response = await preflight('/closed');
    expect([response.status, corsHeaders(response)]).toEqual([404, {}]);
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  });

  test.each(requests)('lets no page read %s', async (_, path, init, status) => {
    const response = await ask(`/closed${path}`, init);
    expect([response.status, corsHeaders(response)]).toEqual([status, {}]);
  });
});
