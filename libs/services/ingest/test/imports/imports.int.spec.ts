import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { mostLinesListed } from '../../src/imports/upload.ts';
import { largestEventBytes } from '../../src/judge/limits.ts';
import { anEventOfBytes } from '../builders.ts';
import { type Ingest, problemOf, startIngest } from '../driver.ts';
import { activitiesOf, aSource, line, linesOf, openUpload, sendFile, shown, type TestSource } from './uploads.ts';

jest.setTimeout(30_000);

let ingest: Ingest;
beforeAll(async () => {
  ingest = await startIngest();
});
afterAll(() => ingest.stop());

const send = (source: TestSource, query: string, body: string | Buffer, headers: Record<string, string> = {}) =>
  sendFile(ingest, source, { query, body, headers });
const importOf = async (id: string) => shown(await ingest.get(`/api/v1/imports/${id}`));
const activitiesFrom = (source: TestSource, count: number) => activitiesOf(ingest, source, count);

describe('a file', () => {
  test('has each line judged, stored in order and counted', async () => {
    const source = await aSource(ingest);
    const bad = line({ userId: undefined, messageId: 'bad' });
    const file = [
      line({ messageId: 'one' }),
      bad,
      'no JSON',
      line({ messageId: 'one' }),
      '',
      line({ type: undefined, event: 'Gift Wrapped' }),
    ].join('\n');
    const response = await send(source, 'format=ndjson', file);
    expect(response.status).toBe(200);
    const report = await shown(response);
    expect(report).toEqual({
      id: expect.any(String),
      source: source.name,
      sourceId: source.id,
      format: 'ndjson',
      state: 'done',
      reason: null,
      bytes: file.length,
      size: file.length,
      lines: 6,
      accepted: 2,
      incomplete: 0,
      repeated: 1,
      rejected: 2,
      startedAt: expect.any(String),
      updatedAt: expect.any(String),
      rejectedLines: [
        { line: 2, messageId: 'bad', code: 'identifier-missing', reason: expect.any(String) },
        { line: 3, code: 'not-json', reason: 'the line is not valid JSON' },
      ],
    });
    expect(await activitiesFrom(source, 2)).toMatchObject([
      { messageId: 'one', name: 'page.viewed', channel: 'store' },
      { messageId: `import-${report.id}-6`, name: 'gift.wrapped' },
    ]);
    const { items } = (await (await ingest.get(`/api/v1/rejected?importId=${report.id}`)).json()) as {
      items: object[];
    };
    expect(items).toMatchObject([
      { code: 'not-json', place: `import-${report.id}-3`, body: expect.stringContaining('no JSON') },
      { code: 'identifier-missing', place: `import-${report.id}-2`, messageId: 'bad' },
    ]);
  });

  test('has its lines in order over all batches', async () => {
    const source = await aSource(ingest);
    const ids = Array.from({ length: 1_700 }, (_, number) => `event-${number}`);
    const file = ids.map((messageId) => line({ messageId })).join('\n');
    expect(await shown(await send(source, 'format=ndjson', gzipSync(file)))).toMatchObject({ accepted: 1_700 });
    expect((await activitiesFrom(source, 1_700)).map(({ messageId }) => messageId)).toEqual(ids);
  });

  test('of CSV has events with the fields of its columns', async () => {
    const source = await aSource(ingest);
    const file =
      'event;userId;channel;email;properties.total;order_id;timestamp\r\nOrder Completed;ada;store;a@b.it;12,50;0007;2025-05-01T10:00:00Z\r\n;;;;;;\r\n';
    expect(await shown(await send(source, 'format=csv', file))).toMatchObject({ lines: 3, accepted: 1, rejected: 0 });
    expect(await activitiesFrom(source, 1)).toMatchObject([
      {
        name: 'order.completed',
        identifiers: [
          { kind: 'user_id', value: 'ada' },
          { kind: 'email', value: 'a@b.it' },
        ],
        channel: 'store',
        properties: { total: 12.5, order_id: '0007' },
        timestamp: '2025-05-01T10:00:00.000Z',
      },
    ]);
  });

  test('that was sent by a device before has the original times', async () => {
    const source = await aSource(ingest);
    const times = { originalTimestamp: '2024-12-31T23:00:00Z', sentAt: '2024-12-31T23:00:05Z' };
    await send(source, 'format=ndjson', line({ ...times, timestamp: '2025-01-01T00:00:00Z' }));
    expect(await activitiesFrom(source, 1)).toMatchObject([{ timestamp: '2025-01-01T00:00:00.000Z' }]);
  });

  test.each([
    ['application/x-ndjson', 'ndjson'],
    ['application/jsonl; charset=utf-8', 'ndjson'],
    ['text/csv', 'csv'],
    ['Text/CSV; header=present', 'csv'],
  ])('may have the content type %s as format', async (type, format) => {
    const body = format === 'csv' ? 'type,userId\npage,ada' : line();
    const response = await send(await aSource(ingest), '', body, { 'content-type': type });
    expect([response.status, await shown(response)]).toEqual([200, expect.objectContaining({ format, accepted: 1 })]);
  });

  test.each([
    ['gzip', 200],
    ['GZIP', 200],
    ['x-gzip', 200],
    ['identity', 200],
    ['br', 415],
    ['gzip, gzip', 415],
  ])('with the content encoding %s has the status %d', async (encoding, status) => {
    const body = gzipSync(line());
    const response = await send(await aSource(ingest), 'format=ndjson', body, { 'content-encoding': encoding });
    expect(response.status).toBe(status);
    if (status === 415) expect(await problemOf(response)).toMatchObject({ code: 'encoding-unknown' });
  });

  test('with the content encoding gzip and other data is rejected', async () => {
    const headers = { 'content-encoding': 'gzip' };
    expect(await problemOf(await send(await aSource(ingest), 'format=ndjson', line(), headers))).toMatchObject({
      status: 400,
      code: 'not-gzip',
    });
  });

  test('with a line that is nested 100,000 levels deep continues after it', async () => {
    const deep = `{"type":"page","userId":"ada","__proto__":${'['.repeat(100_000)}${']'.repeat(100_000)},"properties":{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`;
    expect(await shown(await send(await aSource(ingest), 'format=ndjson', `${deep}\n${line()}`))).toMatchObject({
      accepted: 1,
      rejectedLines: [{ line: 1, code: 'too-deep' }],
    });
  });

  test.each([
    ['without a format', '', 415, 'format-missing'],
    ['with an unknown format', 'format=xlsx', 400, 'bad-request'],
    ['with an invalid id', 'format=csv&id=7', 400, 'bad-request'],
    ['from before its first line', 'format=csv&from=0', 400, 'bad-request'],
    ['from a line that is not the next', 'format=ndjson&from=2', 400, 'from-wrong'],
    ['from a line beyond the limit', 'format=ndjson&from=2147483648', 400, 'bad-request'],
  ])('%s (%s) has the status %d and the code %s', async (_, query, status, code) => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    expect(await problemOf(await send(await aSource(ingest), query, line(), headers))).toMatchObject({ status, code });
  });

  test.each([
    [-1, 1],
    [0, 1],
    [1, 0],
  ])('accepts an event with %d bytes over the limit: %d', async (more, accepted) => {
    const body = JSON.stringify(anEventOfBytes(largestEventBytes + more));
    const report = await shown(await send(await aSource(ingest), 'format=ndjson', body));
    expect(report).toMatchObject({ accepted, rejected: 1 - accepted });
    if (accepted === 0) expect(report.rejectedLines).toMatchObject([{ line: 1, code: 'too-large' }]);
  });

  test('may be larger than other bodies', async () => {
    const file = linesOf(12_000).padEnd(6 * 1024 * 1024, `${' '.repeat(99)}\n`);
    const source = await aSource(ingest);
    expect(await shown(await send(source, 'format=ndjson', file))).toMatchObject({
      bytes: file.length,
      accepted: 12_000,
    });
    expect(await shown(await send(source, 'format=ndjson', gzipSync(file)))).toMatchObject({ accepted: 12_000 });
  });

  test.each([
    [-1, mostLinesListed - 1],
    [0, mostLinesListed],
    [1, mostLinesListed],
  ])('with %d rejected lines over the limit of a response lists %d', async (more, named) => {
    const report = await shown(
      await send(await aSource(ingest), 'format=ndjson', '7\n'.repeat(mostLinesListed + more)),
    );
    expect(report.rejected).toBe(mostLinesListed + more);
    expect(report.rejectedLines!.map(({ line: number }) => number)).toEqual(
      Array.from({ length: named }, (_, index) => index + 1),
    );
  });
});

describe('an invalid file', () => {
  test.each<[string, string, string | Buffer, string, number]>([
    ['that is empty', 'ndjson', '', 'file-empty', 0],
    ['of CSV that is empty', 'csv', '', 'file-empty', 0],
    ['without a header', 'csv', 'ada,Milano\n', 'header-invalid', 0],
    ['that breaks off within gzip', 'ndjson', gzipSync(linesOf(6_000)).subarray(0, -2_000), 'not-gzip', 2_000],
  ])('%s is rejected, and the lines before stay stored', async (_, format, body, code, atLeast) => {
    const [source, id] = [await aSource(ingest), randomUUID()];
    const problem = await problemOf(await send(source, `format=${format}&id=${id}`, body));
    expect(problem).toMatchObject({ status: 400, code, detail: expect.stringContaining(id) });
    const stored = await importOf(id);
    expect(stored).toMatchObject({ state: 'failed', reason: expect.any(String) });
    expect(stored.lines).toBeGreaterThanOrEqual(atLeast);
    expect(problem.detail).toContain(`${stored.lines} lines`);
    expect(await activitiesFrom(source, stored.lines)).toHaveLength(stored.lines);
  });

  test('is resumed after the stored lines when it is corrected', async () => {
    const [source, id] = [await aSource(ingest), randomUUID()];
    const zipped = gzipSync(linesOf(9_000));
    expect((await send(source, `format=ndjson&id=${id}`, zipped.subarray(0, -2_000))).status).toBe(400);
    expect(await shown(await send(source, `format=ndjson&id=${id}`, zipped))).toMatchObject({
      state: 'done',
      reason: null,
      lines: 9_000,
      accepted: 9_000,
    });
    expect(await activitiesFrom(source, 9_000)).toHaveLength(9_000);
  });

  test('with only a header is done, without events', async () => {
    const report = await shown(await send(await aSource(ingest), 'format=csv', 'event,userId\n'));
    expect(report).toMatchObject({ state: 'done', lines: 1, accepted: 0, rejected: 0 });
  });

  test('has a response on the same connection before its body ends', async () => {
    const upload = openUpload(ingest, 'format=csv', (await aSource(ingest)).writeKey);
    upload.write('ada,Milano\n');
    expect(await upload.answer).toMatchObject({ status: 400, body: expect.stringContaining('header-invalid') });
    upload.leave();
  });
});
