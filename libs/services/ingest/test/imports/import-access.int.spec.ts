import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { eventually } from '@sestante/streaming/testing';
import { connect } from 'node:net';
import { apiKey, basic, type Ingest, problemOf, startIngest } from '../driver.ts';
import { aSource, line, sendFile, shown, type ImportResponse } from './uploads.ts';

jest.setTimeout(30_000);

let ingest: Ingest;
beforeAll(async () => {
  ingest = await startIngest();
});
afterAll(() => ingest.stop());

describe('access to imports', () => {
  const ask = (path: string, headers: Record<string, string>) => fetch(`${ingest.url}${path}`, { headers });

  test('a source sends files with a secret key only', async () => {
    const post = (headers: Record<string, string>) => ingest.post('/api/v1/imports?format=ndjson', line(), headers);
    const browser = await aSource(ingest, { key: 'browser' });
    expect(await problemOf(await post(basic(browser.writeKey)))).toMatchObject({ status: 403, code: 'key-not-secret' });
    expect(await problemOf(await post({}))).toMatchObject({ status: 401, code: 'key-missing' });
    expect(await problemOf(await post(basic('nobody')))).toMatchObject({ status: 401, code: 'key-unknown' });
    expect(await problemOf(await post({ authorization: `Bearer ${apiKey}` }))).toMatchObject({ status: 401 });
  });

  test('a source sees its own imports, an administrator sees all', async () => {
    const [one, other] = [await aSource(ingest), await aSource(ingest)];
    const page = { query: 'format=ndjson', body: line() };
    const [first, second] = [
      await shown(await sendFile(ingest, one, page)),
      await shown(await sendFile(ingest, other, page)),
    ];
    const list = async (headers: Record<string, string>, query = '') => {
      const page = (await (await ask(`/api/v1/imports${query}`, headers)).json()) as {
        items: ImportResponse[];
        next: string | null;
      };
      return [page.items.map(({ id }) => id), page.next] as const;
    };
    const admin = { authorization: `Bearer ${apiKey}` };
    expect(await list(basic(one.writeKey))).toEqual([[first.id], null]);
    expect(await list({ 'x-write-key': other.writeKey })).toEqual([[second.id], null]);
    expect(await list(admin, '?limit=1')).toEqual([[second.id], second.id]);
    expect(await list(admin, `?limit=1&before=${second.id}`)).toEqual([[first.id], first.id]);
    expect((await ask(`/api/v1/imports/${first.id}`, basic(one.writeKey))).status).toBe(200);
    expect(await problemOf(await ask(`/api/v1/imports/${first.id}`, basic(other.writeKey)))).toMatchObject({
      status: 404,
    });
    expect(await problemOf(await ask('/api/v1/imports', {}))).toMatchObject({ status: 401 });
    expect(await problemOf(await ask('/api/v1/imports/7', admin))).toMatchObject({ status: 400 });
  });

  test.each([
    ['limit=0', 400],
    ['limit=0x10', 400],
    ['limit=1', 200],
    ['limit=500', 200],
    ['limit=501', 400],
  ])('a list with %s has the status %d', async (query, status) => {
    expect((await ingest.get(`/api/v1/imports?${query}`)).status).toBe(status);
  });
});

test.each([
  ['9007199254740990', 9_007_199_254_740_990],
  ['9007199254740991', 9_007_199_254_740_991],
  ['9007199254740992', null],
])('a file with the content length %s has the size %j', async (length, size) => {
  const source = await aSource(ingest);
  const { port } = new URL(ingest.url);
  const sender = connect(Number(port), '127.0.0.1');
  const head = `POST /api/v1/imports?format=ndjson HTTP/1.1\r\nhost: shop\r\nx-write-key: ${source.writeKey}`;
  sender.write(`${head}\r\ncontent-length: ${length}\r\n\r\n${line()}`);
  await eventually(async () => {
    const { items } = (await (
      await fetch(`${ingest.url}/api/v1/imports`, { headers: basic(source.writeKey) })
    ).json()) as { items: ImportResponse[] };
    expect(items).toEqual([expect.objectContaining({ size })]);
  });
  sender.destroy();
});
