import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Controller, Get, HttpCode, Module, Post } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { ApiOkResponse } from '@nestjs/swagger';
import type { FastifyInstance } from 'fastify';
import { Direct, Public, type RunningProcess } from '../../src/index.ts';
import { documentOf } from '../../src/openapi/index.ts';
import { problemOf, start } from '../driver.ts';

@Public()
@Controller('gifts')
class GiftsController {
  @ApiOkResponse() @Get(['', ':id']) read(): void {}
  @Direct() @ApiOkResponse() @Post() @HttpCode(200) async make(): Promise<void> {}
}

/** The registered routes of Fastify, such as `GET /gifts`. */
const served = new Set<string>();

@Module({ controllers: [GiftsController] })
class Shop {
  constructor({ httpAdapter }: HttpAdapterHost) {
    const fastify = httpAdapter.getInstance<FastifyInstance>();
    fastify.addHook('onRoute', ({ method, url }) => {
      for (const one of [method].flat()) served.add(`${one} ${url}`);
    });
  }
}

let running: RunningProcess;
beforeAll(async () => {
  // No database is needed for the document.
  running = await start('postgres://nobody@127.0.0.1:1/nothing', Shop);
});
afterAll(() => running.stop());

const ask = (path: string) => fetch(`${running.url}${path}`);

test('the document is public and available before any dependency', async () => {
  const response = await ask('/openapi.json');
  expect([response.status, response.headers.get('content-type')]).toEqual([
    200,
    expect.stringMatching(/^application\/json/),
  ]);
  expect(await response.json()).toEqual(JSON.parse(JSON.stringify(await documentOf(Shop))));
});

test('the document has every registered route, including direct ones, except for itself and its page', async () => {
  const { paths } = await documentOf(Shop);
  const documented = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
  );
  const asked = [...served].filter((route) => !/^(HEAD|OPTIONS) | \/(docs(\/.*)?|openapi\.json)$/.test(route));
  expect(asked.sort()).toEqual(documented.sort());
});

test.each(['/docs', '/docs/'])('%s shows the document with local assets only', async (page) => {
  const response = await ask(page);
  expect([response.status, response.headers.get('content-type')]).toEqual([200, expect.stringMatching(/^text\/html/)]);
  const base = new URL(page, running.url);
  const links = [...(await response.text()).matchAll(/(?:src|href)=['"](?!data:)([^'"]+)['"]/g)].map(
    ([, link]) => new URL(link!, base).pathname,
  );
  expect(links.map((link) => link.replace(/^\/docs\//, ''))).toEqual([
    'swagger-ui.css',
    'swagger-ui-bundle.js',
    'swagger-ui-standalone-preset.js',
    'swagger-ui-init.js',
  ]);
  const answers = await Promise.all(links.map(ask));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  for (const { headers } of [response, ...answers]) {
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'self';/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  }
});

test.each(['LICENSE', '..%2Fpackage.json', '%2e%2e/package.json', 'constructor', '__proto__'])(
  'the page has no file %s',
  async (name) => {
    expect(await problemOf(await ask(`/docs/${name}`))).toMatchObject({ code: expect.any(String) });
  },
);
