import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { documentOf, responseChecker } from '@sestante/runtime/openapi';
import { randomUUID } from 'node:crypto';
import { IngestModule } from '../../src/index.ts';
import { apiKey, type Ingest, startIngest, writeKey } from '../driver.ts';
import { bytesOf, codesIn, statusesIn } from './wire.ts';

jest.setTimeout(30_000);

let ingest: Ingest;
beforeAll(async () => {
  ingest = await startIngest();
});
afterAll(() => ingest.stop());

const json = 'content-type: application/json';
/** The ways to send no body: headers, and the bytes after them. */
const framings: [string, string[], string][] = [
  ['neither length nor chunks', [], ''],
  ['a length of 0', ['content-length: 0'], ''],
  ['only the last chunk', ['transfer-encoding: chunked'], '0\r\n\r\n'],
  ['`expect: 100-continue`', ['expect: 100-continue'], ''],
  ['`expect: 100-continue`, and a length of 0', ['expect: 100-continue', 'content-length: 0'], ''],
];
const admin = `authorization: Bearer ${apiKey}`;
const source = `x-write-key: ${writeKey}`;

const aRequest = (line: string, headers: readonly string[], end = '') =>
  `${[`${line} HTTP/1.1`, 'host: x', ...headers].join('\r\n')}\r\n\r\n${end}`;
const after = aRequest('GET /health/live', ['connection: close']);

/** The response to a request, and that to the next one on its connection. */
async function answersTo(request: string) {
  const bytes = await bytesOf(ingest.url, request, after);
  const [status, next] = statusesIn(bytes).filter((one) => one !== 100);
  return { status, code: codesIn(bytes)[0], next, type: /^content-type: ([^;\r]*)/im.exec(bytes)?.[1] };
}

const document = await documentOf(IngestModule);
const { mismatchOf } = responseChecker(document);
const routes = Object.entries(document.paths).flatMap(([template, methods]) =>
  Object.entries(methods).map(([method, { security = [] }]): [string, string, string] => {
    const isAdmins = Object.keys(security[0] ?? {})[0]?.startsWith('apiKey');
    return [method.toUpperCase(), template, isAdmins ? admin : source];
  }),
);

describe.each(framings)('a request with a content type and %s', (_, framing, end) => {
  test.each(routes)('has the right response from %s %s, with and without a key', async (method, template, key) => {
    const path = template.replace('{type}', 'track').replaceAll(/\{\w+\}/g, randomUUID());
    for (const proof of [[key], []]) {
      const answer = await answersTo(aRequest(`${method} ${path}`, [...proof, json, ...framing], end));
      const { status = 0, type: contentType } = answer;
      expect([status > 0 && status < 500, answer.next]).toEqual([true, 200]);
      expect(mismatchOf({ method, path, status, contentType, body: undefined })).toBeUndefined();
      if (status >= 400) expect(contentType).toBe('application/problem+json');
    }
  });

  test.each<[string, string, string, number, string | undefined]>([
    ['has no event', 'POST /v1/track', source, 400, 'not-an-object'],
    ['has no batch', 'POST /v1/batch', source, 400, 'not-an-object'],
    ['has no CloudEvent', 'POST /api/v1/cloudevents', source, 400, 'event-missing'],
    ['has no receipt', 'POST /api/v1/receipts', source, 400, 'receipt-missing'],
    ['has no file', 'POST /api/v1/imports?format=ndjson', source, 400, 'file-empty'],
    ['has no source', 'POST /api/v1/sources', admin, 400, 'bad-request'],
    ['measures nothing', 'POST /v1/m', source, 200, undefined],
    ['reprocesses all rejected events', 'POST /api/v1/rejected/redrive', admin, 200, undefined],
  ])('%s: %s', async (__, line, key, status, code) => {
    expect(await answersTo(aRequest(line, [key, json, ...framing], end))).toMatchObject({ status, code, next: 200 });
  });

  test('can be a CloudEvent without data', async () => {
    const { accepted } = (await (await ingest.get('/api/v1/stats')).json()) as { accepted: number };
    const event = {
      id: randomUUID(),
      source: '/erp',
      type: 'gift.wrapped',
      specversion: '1.0',
      subject: 'user_id:ada',
    };
    const attributes = Object.entries(event).map(([name, value]) => `ce-${name}: ${value}`);
    const request = aRequest('POST /api/v1/cloudevents', [source, json, ...attributes, ...framing], end);
    expect(await answersTo(request)).toMatchObject({ status: 200, next: 200 });
    expect(await (await ingest.get('/api/v1/stats')).json()).toMatchObject({ accepted: accepted + 1 });
  });

  test('ends a key', async () => {
    const { id, keys } = await ingest.aSource();
    await ingest.change(`POST /api/v1/sources/${id}/keys`, { kind: 'secret' });
    const line = `DELETE /api/v1/sources/${id}/keys/${keys[0]!.id}`;
    expect(await answersTo(aRequest(line, [admin, json, ...framing], end))).toMatchObject({ status: 204, next: 200 });
  });
});
