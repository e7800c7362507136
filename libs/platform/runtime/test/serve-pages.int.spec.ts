import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { type TestDatabase, testDatabase } from '@sestante/postgres/testing';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { boot, parseConfig, type RunningProcess } from '../src/index.ts';
import { apiKey, problemOf } from './driver.ts';

jest.setTimeout(30_000);

let database: TestDatabase;
let process: RunningProcess;
let withoutPages: RunningProcess;
const folder = mkdtempSync(join(tmpdir(), 'sestante-pages-'));
beforeAll(async () => {
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Pages</title>');
  writeFileSync(join(folder, 'assets/main-1a2b3c.js'), 'void 0;');
  writeFileSync(join(folder, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  database = await testDatabase();
  const config = parseConfig({
    PORT: '0',
    SESTANTE_API_KEY: apiKey,
    LOG_LEVEL: 'silent',
    DATABASE_URL: database.url,
  });
  process = await boot([], config, { path: '/console', folder });
  await process.ready;
  withoutPages = await boot([], config, { path: '/console', folder: join(folder, 'none') });
  await withoutPages.ready;
});
afterAll(async () => {
  await process.stop();
  await withoutPages.stop();
  await database.drop();
  rmSync(folder, { recursive: true });
});

const get = (path: string) => fetch(process.url + path);

describe('pages', () => {
  test.each(['', '/', '/customers', '/customers/ada?element=trust', '/index.html', '/assets.html'])(
    'at /console%s are the first page, which is always asked for again',
    async (path) => {
      const response = await get(`/console${path}`);
      expect([response.status, await response.text()]).toEqual([200, '<!doctype html><title>Pages</title>']);
      expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(response.headers.get('cache-control')).toBe('no-cache');
    },
  );

  test.each([
    ['assets/main-1a2b3c.js', 'application/javascript; charset=utf-8', 'public, max-age=31536000, immutable'],
    ['icon.svg', 'image/svg+xml', 'no-cache'],
  ])('have the file %s', async (file, type, caching) => {
    const response = await get(`/console/${file}`);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, type]);
    expect(response.headers.get('cache-control')).toBe(caching);
  });

  test.each(['', '/assets/main-1a2b3c.js', '/icon.svg'])('run nothing of other origins: /console%s', async (path) => {
    const { headers } = await get(`/console${path}`);
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'self'; .*frame-ancestors 'none'$/);
    expect(headers.get('content-security-policy')).not.toMatch(/script-src|unsafe-eval/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  test.each(['/console/assets/main-0.js', '/console/assets/', '/consoles', '/console/assets/..%2f..%2fpackage.json'])(
    'do not include %s',
    async (path) => expect(await problemOf(await get(path))).toMatchObject({ status: 404, code: 'not-found' }),
  );

  test('are not served if they were not built', async () => {
    expect((await fetch(`${withoutPages.url}/console`)).status).toBe(404);
  });
});
