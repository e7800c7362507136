import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { Body, Controller, Get, Module, Param, Post, Res } from '@nestjs/common';
import { type TestDatabase, testDatabase } from '@sestante/postgres/testing';
import { eventually } from '@sestante/streaming/testing';
import type { FastifyReply } from 'fastify';
import { startEventStream, CrossOrigin, Direct, Public, type RunningProcess, takeOverResponse } from '../src/index.ts';
import { start } from './driver.ts';

jest.setTimeout(30_000);

@Controller('things')
@Public()
class Things {
  @Get(':name/parts') parts(@Param('name') name: string): object {
    if (name === 'broken') throw new Error('it broke');
    return {};
  }
  @Post() take(@Body() body: unknown): object {
    return { body };
  }
  @Get('stream') stream(@Res() reply: FastifyReply): void {
    const raw = takeOverResponse(reply);
    startEventStream(raw);
    raw.end();
  }
}

@Controller()
class Tracking {
  @Direct()
  @Public()
  @Post(['v1/track', 'v1/t'])
  async track(@Body() body: object): Promise<object> {
    if ('fault' in body) throw new Error('it broke');
    return {};
  }
}

@Module({ controllers: [Things, Tracking] })
class Shop {
  constructor(crossOrigin: CrossOrigin) {
    crossOrigin.allowAnyOrigin('/v1');
  }
}

let database: TestDatabase;
let shop: RunningProcess;
beforeAll(async () => {
  database = await testDatabase();
  shop = await start(database.url, Shop);
  await shop.ready;
});
afterAll(async () => {
  await shop.stop();
  await database.drop();
});

const metrics = async () => (await fetch(`${shop.url}/metrics`)).text();

/** The number of counted requests by labels. */
async function counts(): Promise<Record<string, number>> {
  const found = (await metrics()).matchAll(
    /^sestante_http_request_duration_seconds_count\{route="([^"]*)",method="([^"]*)",status="([^"]*)"\} (\d+)$/gm,
  );
  return Object.fromEntries(
    [...found].map(([, route, method, status, count]) => [`${method} ${route} ${status}`, Number(count)]),
  );
}

/** The counts after the requests have been answered. */
async function countedFor(...requests: [string, RequestInit?][]): Promise<Record<string, number>> {
  const before = await counts();
  for (const [path, init] of requests) await (await fetch(shop.url + path, init)).text();
  let counted: Record<string, number> = {};
  // A request is counted right after its response.
  await eventually(async () => {
    const after = await counts();
    counted = Object.fromEntries(
      Object.entries(after)
        .map(([key, count]): [string, number] => [key, count - (before[key] ?? 0)])
        .filter(([key, count]) => count > 0 && key !== 'GET /metrics 200'),
    );
    const sum = Object.values(counted).reduce((total, count) => total + count, 0);
    if (sum < requests.length) throw new Error(`${sum} of ${requests.length} requests are counted`);
  });
  return counted;
}

const post = (body: string): RequestInit => ({ method: 'POST', body });

describe('a request is counted', () => {
  test('by its declared route, not by its path', async () => {
    expect(await countedFor(['/things/ada/parts'], ['/things/bea/parts?mail=bea@example.com'])).toEqual({
      'GET /things/:name/parts 200': 2,
    });
    expect(await metrics()).not.toMatch(/ada|bea/);
  });

  test.each<[string, string, RequestInit, string]>([
    ['a success', '/things', post('{}'), 'POST /things 201'],
    ['a HEAD', '/things/ada/parts', { method: 'HEAD' }, 'HEAD /things/:name/parts 200'],
    ['a body that cannot be read', '/things', post('{'), 'POST /things 400'],
    ['an error', '/things/broken/parts', {}, 'GET /things/:name/parts 500'],
    ['a direct route', '/v1/track', post('{}'), 'POST /v1/track 200'],
    ['another path of it', '/v1/t', post('{}'), 'POST /v1/t 200'],
    ['an error of a direct route', '/v1/track', post('{"fault":1}'), 'POST /v1/track 500'],
    ['a route without access', '/api/v1/stats', {}, 'GET /api/v1/stats 401'],
    ['a path that is none', '/nothing/of/the/kind', {}, 'GET unmatched 404'],
    ['another method', '/things/ada/parts', { method: 'PUT' }, 'PUT unmatched 404'],
    ['a pre-flight', '/v1/track', { method: 'OPTIONS', headers: { origin: 'https://shop.example' } }, 'OPTIONS * 204'],
    ['a pre-flight of a closed path', '/things', { method: 'OPTIONS' }, 'OPTIONS unmatched 404'],
  ])('once, when it is %s', async (_, path, init, counted) => {
    expect(await countedFor([path, init])).toEqual({ [counted]: 1 });
  });

  test('unless it is an event stream, which lasts until the client disconnects', async () => {
    await (await fetch(`${shop.url}/things/stream`)).text();
    expect(await countedFor(['/things/ada/parts'])).toEqual({ 'GET /things/:name/parts 200': 1 });
    expect(await metrics()).not.toContain('route="/things/stream"');
  });
});
