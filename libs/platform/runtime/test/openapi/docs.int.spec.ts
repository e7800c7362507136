import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Running } from '../../src/index.ts';
import { documentOf } from '../../src/openapi/index.ts';
import { problemOf, start } from '../driver.ts';

let running: Running;
beforeAll(async () => {
  // Nobody is there: what a process answers is known without a database.
  running = await start('postgres://nobody@127.0.0.1:1/nothing');
});
afterAll(() => running.stop());

const ask = (path: string) => fetch(`${running.url}${path}`);

test('the document is open, and there before anything else is', async () => {
  const response = await ask('/openapi.json');
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8']);
  expect(await response.json()).toEqual(JSON.parse(JSON.stringify(documentOf())));
});

test('a page shows it, with what the process itself has, and may reach nothing else', async () => {
  const response = await ask('/docs');
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'self';/);
  const links = [...(await response.text()).matchAll(/(?:src|href)="(?!data:)([^"]+)"/g)].map(([, link]) => link!);
  expect(links).toEqual(['/docs/swagger-ui.css', '/docs/swagger-ui-bundle.js', '/docs/start.js']);
  const types = await Promise.all(links.map(async (link) => (await ask(link)).headers.get('content-type')));
  expect(types).toEqual(['text/css', 'text/javascript', 'text/javascript'].map((type) => `${type}; charset=utf-8`));
});

test.each(['package.json', '..%2Fpackage.json', 'constructor', '__proto__'])(
  'the page has no file %s',
  async (name) => {
    expect(await problemOf(await ask(`/docs/${name}`))).toMatchObject({ status: 404, code: 'not-found' });
  },
);
