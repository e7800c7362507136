import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { Body, Controller, Delete, HttpCode, Module, Patch, Post, Req } from '@nestjs/common';
import { type TestDatabase, testDatabase } from '@sestante/postgres/testing';
import { IsObject, IsOptional } from 'class-validator';
import type { FastifyRequest } from 'fastify';
import { once } from 'node:events';
import { connect as dial } from 'node:net';
import { buffer, text } from 'node:stream/consumers';
import { bodyOf, Direct, Public, ReadsBody, type RunningProcess } from '../src/index.ts';
import { start } from './driver.ts';

jest.setTimeout(30_000);

class OrderRequest {
  @IsOptional() @IsObject() order?: object;
}

const received = (body: unknown) => ({ body: body === undefined ? 'none' : body });

@Controller('things')
@Public()
class Things {
  @Post() @HttpCode(200) echo(@Body() body: unknown): object {
    return received(body);
  }
  @Direct() @Post('direct') @HttpCode(200) async direct(@Body() body: unknown): Promise<object> {
    return received(body);
  }
  @Patch() change(@Body() { order }: OrderRequest): object {
    return received(order);
  }
  @Delete() remove(@Body() body: unknown): object {
    return received(body);
  }
  @ReadsBody() @Post('stream') @HttpCode(200) async stream(@Req() request: FastifyRequest): Promise<object> {
    const { length } = await buffer(bodyOf(request, new AbortController().signal));
    return received(length === 0 ? undefined : length);
  }
}

@Module({ controllers: [Things] })
class Shop {}

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

/** Sends raw bytes and returns everything received until the connection ends. */
async function sent(bytes: string): Promise<string> {
  const { hostname, port } = new URL(shop.url);
  const socket = dial(Number(port), hostname);
  await once(socket, 'connect');
  socket.write(bytes);
  return text(socket);
}

const after = 'POST /things HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\nconnection: close\r\n\r\n7';

describe.each([
  ['neither length nor chunks', '', ''],
  ['a length of 0', 'content-length: 0\r\n', ''],
  ['no chunks but the last', 'transfer-encoding: chunked\r\n', '0\r\n\r\n'],
  ['nothing to be waited for', 'expect: 100-continue\r\n', ''],
])('a request with %s', (_, framing, end) => {
  describe.each([
    ['no content type', ''],
    ['a content type', 'content-type: application/json\r\n'],
    ['an empty one', 'content-type:\r\n'],
    ['one that is none', 'content-type: @@@\r\n'],
    ['two of them', 'content-type: text/plain\r\ncontent-type: application/json\r\n'],
  ])('and %s', (__, type) => {
    test.each(['POST /things', 'POST /things/direct', 'PATCH /things', 'DELETE /things', 'POST /things/stream'])(
      'has no body for %s, and its connection stays open',
      async (route) => {
        const answers = await sent(`${route} HTTP/1.1\r\nhost: x\r\n${type}${framing}\r\n${end}${after}`);
        expect([...answers.matchAll(/HTTP\/1.1 (?!100)(\d+)[^{]*(\{.*?\})/g)].map((found) => found.slice(1))).toEqual([
          ['200', '{"body":"none"}'],
          ['200', '{"body":7}'],
        ]);
      },
    );
  });
});
