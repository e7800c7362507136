import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { Controller, HttpCode, Injectable, Module, Param, Post, Req } from '@nestjs/common';
import { type TestDatabase, testDatabase } from '@sestante/postgres/testing';
import type { FastifyRequest } from 'fastify';
import { Roles, Direct, Public, Problem, type RunningProcess } from '../src/index.ts';
import { problemOf, start } from './driver.ts';

jest.setTimeout(30_000);

@Injectable()
class Greeting {
  readonly word = 'hello';
}

@Controller('direct')
@Public()
class Quick {
  constructor(private readonly greeting: Greeting) {}

  @Direct()
  @Post(':name')
  @HttpCode(200)
  async greet(@Param('name') name: string, @Req() request: FastifyRequest): Promise<object> {
    if (name === 'nobody') throw new Problem(429, 'nobody', 'There is nobody.', 7);
    if (name === 'bug') throw new TypeError('secret');
    return { said: this.greeting.word, name, body: request.body };
  }
}

@Controller('closed')
class Closed {
  @Direct()
  @Roles('admin')
  @Post()
  async never(): Promise<void> {}
}

@Module({ controllers: [Quick], providers: [Greeting] })
class Service {}
@Module({ controllers: [Closed] })
class ClosedService {}

let database: TestDatabase;
let running: RunningProcess;
beforeAll(async () => {
  database = await testDatabase();
  running = await start(database.url, Service);
  await running.ready;
});
afterAll(async () => {
  await running.stop();
  await database.drop();
});
const ask = (name: string, body = '{"a":1}') => fetch(`${running.url}/direct/${name}`, { method: 'POST', body });

describe('a direct route', () => {
  test('is handled by its method with the injected fields of its class', async () => {
    const response = await ask('ada');
    expect([response.status, await response.json()]).toEqual([200, { said: 'hello', name: 'ada', body: { a: 1 } }]);
  });

  test('responds with problem details like every route', async () => {
    const refused = await ask('nobody');
    expect(refused.headers.get('retry-after')).toBe('7');
    expect(await problemOf(refused)).toMatchObject({ status: 429, code: 'nobody' });
    expect(await problemOf(await ask('ada', '{'))).toMatchObject({ status: 400, code: 'not-json' });
    const broken = await problemOf(await ask('bug'));
    expect([broken.status, broken.detail]).toEqual([500, expect.not.stringContaining('secret')]);
  });

  test('has no guard, so it must be public', async () => {
    await expect(start(database.url, ClosedService)).rejects.toThrow(
      'Closed.never is @Direct, so no guard protects it: declare it as @Public.',
    );
  });
});
