import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { Controller, HttpCode, Module, Post, Query, Req } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { once } from 'node:events';
import { Agent, type IncomingMessage, request as dial } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { bodyOf, Problem, ReadsBody } from '../src/index.ts';
import { httpAdapter } from '../src/http/adapter.ts';

jest.setTimeout(30_000);

/** Of the others it is the usual one: a busy machine does not stall. */
const stallTimeoutMs: Readonly<Record<string, number>> = { still: 300 };

/** The outcome of each body in the route, by the name in its query. */
const outcomes = new Map<string, string>();
const ending = new AbortController();

@Controller('files')
class Files {
  @ReadsBody() @Post() @HttpCode(200) async take(
    @Req() request: FastifyRequest,
    @Query() { name, stopAt = Infinity }: { name: string; stopAt?: number },
  ): Promise<object> {
    let bytes = 0;
    try {
      for await (const piece of bodyOf(request, ending.signal, stallTimeoutMs[name])) {
        bytes += piece.length;
        if (bytes >= stopAt) break;
      }
      outcomes.set(name, 'whole');
    } catch (error) {
      outcomes.set(name, (error as Problem).code);
    }
    return { bytes };
  }

  @Post('others') @HttpCode(200) other(): object {
    return {};
  }
}

@Module({ controllers: [Files] })
class Shop {}

let app: NestFastifyApplication;
let url: string;
beforeAll(async () => {
  const adapter = httpAdapter();
  const server = adapter.getHttpServer();
  expect([server.requestTimeout, server.headersTimeout]).toEqual([30_000, 30_000]);
  // Shorter limits for the test.
  Object.assign(server, { requestTimeout: 500, headersTimeout: 500, connectionsCheckingInterval: 50 });
  app = await NestFactory.create<NestFastifyApplication>(Shop, adapter, { logger: false, bodyParser: false });
  await app.listen(0, '127.0.0.1');
  url = await app.getUrl();
});
afterAll(() => app.close());

const agent = new Agent({ keepAlive: true, maxSockets: 1 });

function begin(path: string, headers = {}) {
  const request = dial(`${url}/files${path}`, { method: 'POST', agent, headers });
  request.on('error', () => undefined);
  const answer = once(request, 'response').then(async ([response]) => {
    const { statusCode } = response as IncomingMessage;
    return [statusCode, JSON.parse(await text(response as IncomingMessage)) as unknown] as const;
  });
  answer.catch(() => undefined);
  return { request, answer };
}

/** Sends a byte every 100 ms for `forMs`. */
async function drip({ request, answer }: ReturnType<typeof begin>, forMs: number) {
  for (let ms = 0; ms < forMs; ms += 100) {
    request.write('x');
    await pause(100);
  }
  request.end();
  return answer;
}

describe('a body that a route reads itself', () => {
  test('may take longer than the time limit; the next one over the same connection may not', async () => {
    for (let time = 0; time < 2; time += 1)
      expect(await drip(begin('?name=slow'), 1_500)).toEqual([200, { bytes: 15 }]);
    expect(await drip(begin('/others'), 1_500)).toMatchObject([408, { code: 'request-timeout' }]);
    expect(outcomes.get('slow')).toBe('whole');
  });

  test('fails if it stalls', async () => {
    const { request, answer } = begin('?name=still');
    request.write('x');
    expect(await answer).toEqual([200, { bytes: 1 }]);
    expect(outcomes.get('still')).toBe('body-stalled');
    request.destroy();
  });

  test('fails if the connection is closed before its end', async () => {
    const { request } = begin('?name=broken', { 'content-length': '5' });
    request.write('x');
    await pause(100);
    request.destroy();
    while (!outcomes.has('broken')) await pause(10);
    expect(outcomes.get('broken')).toBe('body-incomplete');
  });

  test('may be larger than the size limit, and is read with back pressure', async () => {
    const body = Buffer.alloc(30 * 1024 * 1024, 'x');
    const { request, answer } = begin('?name=large');
    request.end(body);
    expect(await answer).toEqual([200, { bytes: body.length }]);
  });

  test('may be answered before its end, and the connection stays open', async () => {
    const body = Buffer.alloc(10 * 1024 * 1024, 'x');
    const { request, answer } = begin('?name=left&stopAt=1');
    request.end(body);
    expect(await answer).toMatchObject([200, { bytes: expect.any(Number) }]);
    expect(await drip(begin('?name=next'), 100)).toEqual([200, { bytes: 1 }]);
  });

  test('may take longer than the time limit after the response, and the connection stays open', async () => {
    const left = begin('?name=left&stopAt=1');
    expect(await drip(left, 1_500)).toEqual([200, { bytes: 1 }]);
    const next = begin('?name=next');
    expect(await drip(next, 100)).toEqual([200, { bytes: 1 }]);
    expect(next.request.socket).toBe(left.request.socket);
  });

  test.each([{ 'content-length': '0' }, {}])('may be missing, with %j', async (headers) => {
    const { request, answer } = begin('?name=none', headers);
    request.end();
    expect(await answer).toEqual([200, { bytes: 0 }]);
  });

  test('ends when the signal of its reader is aborted', async () => {
    const { request, answer } = begin('?name=ended');
    request.write('x');
    await pause(100);
    ending.abort(new Problem(503, 'stopping', 'This process stops.'));
    expect(await answer).toEqual([200, { bytes: 1 }]);
    expect(outcomes.get('ended')).toBe('stopping');
    request.destroy();
  });
});
