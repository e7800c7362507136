import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import {
  BadRequestException,
  Body,
  Controller,
  Get,
  ImATeapotException,
  Module,
  Post,
  Query,
  ServiceUnavailableException,
} from '@nestjs/common';
import { type TestDatabase, testDatabase } from '@sestante/postgres/testing';
import { IsInt, IsObject, IsOptional, Max, Min } from 'class-validator';
import { once } from 'node:events';
import { connect as dial } from 'node:net';
import { text } from 'node:stream/consumers';
import { FromDigits, notFound, Public, Problem, type RunningProcess } from '../src/index.ts';
import { problemOf, start } from './driver.ts';

jest.setTimeout(30_000);

class OrderRequest {
  @IsOptional() @IsObject() order?: object;
}

class PageQuery {
  @FromDigits() @IsInt() @Min(1) @Max(3) limit = 1;
}

const thrown: Record<string, unknown> = {
  problem: new Problem(409, 'already-redeemed', 'This offer was redeemed.'),
  missing: notFound('customer'),
  refusal: new BadRequestException('Not like this.'),
  several: new BadRequestException(['One fault.', 'Another fault.']),
  teapot: new ImATeapotException(),
  away: new ServiceUnavailableException('Later.'),
  database: Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }),
  bug: new TypeError('secret of ada@example.org'),
  text: 'a text that was thrown',
  nothing: null,
  undefined: undefined,
};

@Controller('throws')
@Public()
class Throwing {
  @Get() thrown(@Query('what') what: string): never {
    throw thrown[what];
  }
}

@Controller('pages')
@Public()
class Pages {
  @Get() list(@Query() { limit }: PageQuery): object {
    return { limit };
  }
  @Post() echo(@Body() body: unknown): object {
    return { body };
  }
  @Post('orders') order(@Body() { order }: OrderRequest): object {
    return { order };
  }
}

@Module({ controllers: [Throwing, Pages] })
class Trouble {}

let database: TestDatabase;
let trouble: RunningProcess;
beforeAll(async () => {
  database = await testDatabase();
  trouble = await start(database.url, Trouble);
  await trouble.ready;
});
afterAll(async () => {
  await trouble.stop();
  await database.drop();
});

const ask = (path: string, init: RequestInit = {}) => fetch(`${trouble.url}${path}`, init);

describe('an error of a handler', () => {
  test.each([
    ['problem', 409, 'already-redeemed', 'This offer was redeemed.'],
    ['missing', 404, 'not-found', 'There is no such customer.'],
    ['refusal', 400, 'bad-request', 'Not like this.'],
    ['several', 400, 'bad-request', 'One fault.; Another fault.'],
    ['teapot', 418, 'i-am-a-teapot', "I'm a teapot"],
    ['away', 503, 'service-unavailable', 'Later.'],
    ['database', 503, 'unavailable', 'A dependency of the service is unavailable. Retry later.'],
    ['bug', 500, 'internal', 'An internal error occurred. Its details are in the log of the service.'],
    ['text', 500, 'internal', 'An internal error occurred. Its details are in the log of the service.'],
    ['nothing', 500, 'internal', 'An internal error occurred. Its details are in the log of the service.'],
    ['undefined', 500, 'internal', 'An internal error occurred. Its details are in the log of the service.'],
  ])('%s responds with %d %s', async (what, status, code, detail) => {
    expect(await problemOf(await ask(`/throws?what=${what}`))).toMatchObject({ status, code, detail });
  });

  test('has Retry-After if a retry may help', async () => {
    expect((await ask('/throws?what=database')).headers.get('retry-after')).toMatch(/^\d+$/);
    expect((await ask('/throws?what=refusal')).headers.get('retry-after')).toBeNull();
  });
});

describe('a query', () => {
  test.each([
    ['limit=0', 400],
    ['limit=1', 200],
    ['limit=2', 200],
    ['limit=3', 200],
    ['limit=4', 400],
    ['', 200],
    ['limit=', 400],
    ['limit=x', 400],
    ['limit=1.5', 400],
    ['limit=-1', 400],
    ['limit=0x1', 400],
    ['limit=1e0', 400],
    ['limit=%201', 400],
    ['limit=%2B1', 400],
    ['limit=1n', 400],
    ['limit=%D9%A1', 400],
    ['limit=02', 200],
    ['limit=1&limit=2', 400],
    ['limit[]=1', 400],
    ['__proto__=1', 200],
    ['other=1', 400],
  ])('%s is answered %d', async (query, status) => {
    const response = await ask(`/pages?${query}`);
    expect(response.status).toBe(status);
    if (status === 400) expect(await problemOf(response)).toMatchObject({ code: 'bad-request' });
  });
});

describe('a validated body', () => {
  const post = (body: string) => ask('/pages/orders', { method: 'POST', body });
  /** An object with this many nested levels, itself included. */
  const nested = (levels: number) => `{"order":${'{"a":'.repeat(levels - 2)}{}${'}'.repeat(levels - 2)}}`;

  test.each([
    ['31 levels deep', nested(31), 201],
    ['32 levels deep', nested(32), 201],
    ['33 levels deep', nested(33), 400],
    ['50,000 levels deep', nested(50_000), 400],
    ['50,000 levels deep in itself', `${'['.repeat(50_000)}${']'.repeat(50_000)}`, 400],
    ['null', 'null', 201],
    ['empty', '', 201],
    ['a list', '[]', 400],
    ['a text', '"order"', 400],
  ])('that is %s is answered as it should', async (_, body, status) => {
    const response = await post(body);
    expect(response.status).toBe(status);
    if (status === 400) expect(await problemOf(response)).toMatchObject({ code: 'bad-request' });
  });
});

describe('an invalid HTTP request', () => {
  /** Sends raw bytes and returns the whole response. */
  async function sent(bytes: string): Promise<string> {
    const { hostname, port } = new URL(trouble.url);
    const socket = dial(Number(port), hostname);
    await once(socket, 'connect');
    socket.write(bytes);
    return text(socket);
  }

  test.each([
    ['no HTTP', 'hello\r\n\r\n', 400, 'bad-request'],
    ['HTTP with a broken header', 'GET / HTTP/1.1\r\nhost: x\r\nbro ken: 1\r\n\r\n', 400, 'bad-request'],
    [
      'two lengths',
      'POST /pages HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nx',
      400,
      'bad-request',
    ],
    [
      'headers without an end',
      `GET / HTTP/1.1\r\nhost: x\r\nlong: ${'x'.repeat(20_000)}\r\n\r\n`,
      431,
      'request-header-fields-too-large',
    ],
    ['an address that is none', 'GET /%E0%A4%A HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n', 400, 'bad-url'],
    ['no host', 'GET /pages HTTP/1.1\r\nconnection: close\r\n\r\n', 400, 'bad-host'],
    ['no host for what is not there', 'GET /nowhere HTTP/1.1\r\nconnection: close\r\n\r\n', 400, 'bad-host'],
    [
      'an unsupported expectation',
      'POST /pages HTTP/1.1\r\nhost: x\r\nexpect: the-impossible\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}',
      417,
      'expectation-failed',
    ],
    [
      'a body that is no JSON, for what is not there',
      'PUT /pages HTTP/1.1\r\nhost: x\r\ncontent-length: 4\r\nconnection: close\r\n\r\na,b\n',
      404,
      'not-found',
    ],
    ['an unknown method', 'BREW /pot HTTP/1.1\r\nhost: x\r\n\r\n', 400, 'bad-request'],
    ['a method in small letters', 'post /pages HTTP/1.1\r\nhost: x\r\n\r\n', 400, 'bad-request'],
    [
      'an unknown one, with 3 MB that are sent despite the response',
      `BREW /pot HTTP/1.1\r\nhost: x\r\ncontent-length: 3000000\r\n\r\n${' '.repeat(3_000_000)}`,
      400,
      'bad-request',
    ],
    ['who wants a tunnel', 'CONNECT shop.example:443 HTTP/1.1\r\nhost: shop.example:443\r\n\r\n', 404, 'not-found'],
    ['who speaks into the tunnel at once', 'CONNECT x:1 HTTP/1.1\r\nhost: x:1\r\n\r\nEHLO\r\n', 404, 'not-found'],
    [
      'a method that we do not use',
      'PROPFIND /pages HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n',
      404,
      'not-found',
    ],
  ])('%s responds with problem details', async (_, bytes, status, code) => {
    const answer = await sent(bytes);
    const [head, body] = answer.split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(head).toMatch(/^content-type: application\/problem\+json/im);
    expect(JSON.parse(body!)).toMatchObject({ type: 'about:blank', title: expect.any(String), status, code });
  });

  test.each([
    ['of headers without an end', `HEAD / HTTP/1.1\r\nhost: x\r\nlong: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
    ['without a host', 'HEAD /pages HTTP/1.1\r\nconnection: close\r\n\r\n', 400],
    [
      'that expects the impossible',
      'HEAD /pages HTTP/1.1\r\nhost: x\r\nexpect: much\r\nconnection: close\r\n\r\n',
      417,
    ],
  ])('a HEAD %s is answered without a body, as a HEAD has to be', async (_, bytes, status) => {
    const [head, body] = (await sent(bytes)).split('\r\n\r\n');
    expect([head, body]).toEqual([expect.stringMatching(new RegExp(`^HTTP/1.1 ${status} `)), '']);
  });

  test('HTTP/1.0 does not require a Host header', async () => {
    expect(await sent('GET /pages HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1.1 200 /);
  });

  test('a body that is too large responds with 413, even if the client reads only after it has sent everything', async () => {
    const body = '"x'.padEnd(3_000_000, 'x') + '"';
    const answer = await sent(
      `POST /pages HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
    );
    expect(answer).toMatch(/^HTTP\/1.1 413 /);
  });
});

describe('a route without a body', () => {
  test.each(['application/json', 'text/plain', 'nonsense'])('ignores the content type %s', async (type) => {
    expect((await ask('/pages', { headers: { 'content-type': type } })).status).toBe(200);
  });
});
