import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { topics } from '@sestante/contracts';
import { eventually } from '@sestante/streaming/testing';
import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { mostUploads } from '../../src/imports/take-uploads.ts';
import { type Ingest, problemOf, startIngest } from '../driver.ts';
import {
  activitiesOf,
  aSource,
  linesOf,
  openUpload,
  sendFile,
  shown,
  type ImportResponse,
  type TestSource,
} from './uploads.ts';

jest.setTimeout(30_000);

let ingest: Ingest;
beforeAll(async () => {
  ingest = await startIngest();
});
afterAll(() => ingest.stop());

const send = (source: TestSource, query: string, body: string | Buffer) => sendFile(ingest, source, { query, body });
const listed = async ({ id }: TestSource) => {
  const { items } = (await (await ingest.get('/api/v1/imports')).json()) as {
    items: (ImportResponse & { sourceId: string })[];
  };
  return items.filter(({ sourceId }) => sourceId === id);
};
const importOf = async (id: string) => shown(await ingest.get(`/api/v1/imports/${id}`));
const activitiesFrom = (source: TestSource, count: number) => activitiesOf(ingest, source, count);

describe('an upload that breaks off', () => {
  test('keeps the received lines, and is resumed with the whole file, without duplicates or losses', async () => {
    const [source, id] = [await aSource(ingest), randomUUID()];
    const bad = 'no JSON\n';
    const upload = openUpload(ingest, `format=ndjson&id=${id}`, source.writeKey);
    upload.write(linesOf(700) + bad + '{"type":"page","user');
    await eventually(async () => expect((await importOf(id)).lines).toBeGreaterThan(0));
    upload.leave();
    await eventually(async () => expect(await importOf(id)).toMatchObject({ state: 'broken', lines: 701 }));
    expect(await importOf(id)).toMatchObject({
      accepted: 700,
      rejected: 1,
      reason: 'The connection was closed before the whole body had arrived.',
    });
    const file = linesOf(700) + bad + linesOf(400, 701);
    expect(await shown(await send(source, `format=ndjson&id=${id}`, file))).toMatchObject({
      state: 'done',
      reason: null,
      lines: 1_101,
      accepted: 1_100,
      repeated: 0,
      rejected: 1,
    });
    const lines = (await activitiesFrom(source, 1_100)).map(({ messageId }) => Number(messageId.split('-').at(-1)));
    expect(lines.sort((one, other) => one - other)).toEqual(
      Array.from({ length: 1_101 }, (_, index) => index + 1).filter((number) => number !== 701),
    );
    const { items } = (await (await ingest.get(`/api/v1/rejected?sourceId=${source.id}`)).json()) as {
      items: object[];
    };
    expect(items).toHaveLength(1);
  });

  test('is resumed by its id in any case', async () => {
    const [source, id] = [await aSource(ingest), randomUUID()];
    expect((await send(source, `format=ndjson&id=${id}`, gzipSync(linesOf(600)).subarray(0, -9))).status).toBe(400);
    const report = await shown(await send(source, `format=ndjson&id=${id.toUpperCase()}`, linesOf(600)));
    expect(report).toMatchObject({ id, accepted: 600 });
    const ids = (await activitiesFrom(source, 600)).map(({ messageId }) => messageId);
    expect(new Set(ids).size).toBe(600);
    expect(ids.every((messageId) => messageId.startsWith(`import-${id}-`))).toBe(true);
  });

  test('is resumed from the line after the stored ones', async () => {
    const [source, id] = [await aSource(ingest), randomUUID()];
    const upload = openUpload(ingest, `format=csv&id=${id}`, source.writeKey);
    upload.write('type,userId\npage,ada\npage,bob\npage,ev');
    await eventually(async () => expect((await importOf(id)).bytes).toBeGreaterThan(0));
    upload.leave();
    await eventually(async () => expect(await importOf(id)).toMatchObject({ state: 'broken', lines: 3 }));
    const wrong = await send(source, `format=csv&id=${id}&from=5`, 'type,userId\npage,eve');
    expect(await problemOf(wrong)).toMatchObject({
      code: 'from-wrong',
      detail: expect.stringContaining('must be 1 or 4'),
    });
    expect(await shown(await send(source, `format=csv&id=${id}&from=4`, 'type,userId\npage,eve'))).toMatchObject({
      state: 'done',
      lines: 4,
      accepted: 3,
    });
    const people = (await activitiesFrom(source, 3)).map(({ identifiers }) => identifiers[0]!.value);
    expect(people.sort()).toEqual(['ada', 'bob', 'eve']);
  });

  test('is not resumed with another file', async () => {
    const [source, id] = [await aSource(ingest), randomUUID()];
    const upload = openUpload(ingest, `format=ndjson&id=${id}`, source.writeKey);
    upload.write(linesOf(3));
    await eventually(async () => expect((await importOf(id)).bytes).toBeGreaterThan(0));
    upload.leave();
    await eventually(async () => expect(await importOf(id)).toMatchObject({ state: 'broken', lines: 3 }));
    expect(await problemOf(await send(source, `format=ndjson&id=${id}`, linesOf(9, 2)))).toMatchObject({
      code: 'file-differs',
    });
    expect(await shown(await send(source, `format=ndjson&id=${id}`, linesOf(9)))).toMatchObject({ accepted: 9 });
  });

  test('because its process was killed is reported as broken, and is resumed', async () => {
    const [source, id] = [await aSource(ingest), randomUUID()];
    await ingest.dataSource.query(
      `insert into ingest.import (id, source_id, format, upload_id, updated_at) values ($1, $2, 'ndjson', $1, now() - interval '4 s')`,
      [id, source.id],
    );
    expect(await problemOf(await send(source, `format=ndjson&id=${id}`, linesOf(1)))).toMatchObject({ status: 409 });
    expect(await importOf(id)).toMatchObject({ state: 'running' });
    await ingest.dataSource.query(`update ingest.import set updated_at = now() - interval '6 s' where id = $1`, [id]);
    expect(await importOf(id)).toMatchObject({ state: 'broken', reason: 'The process that received it has stopped.' });
    expect(await shown(await send(source, `format=ndjson&id=${id}`, linesOf(1)))).toMatchObject({ state: 'done' });
  });
});

describe('an import', () => {
  test('shows its progress while it runs', async () => {
    const [source, id] = [await aSource(ingest), randomUUID()];
    const upload = openUpload(ingest, `format=ndjson&id=${id}`, source.writeKey);
    const seen: ImportResponse[] = [];
    for (const count of [500, 1_000, 1_500]) {
      upload.write(linesOf(500, count - 499));
      await eventually(async () => expect(await importOf(id)).toMatchObject({ state: 'running', lines: count }));
      seen.push(await importOf(id));
    }
    const { updatedAt } = await importOf(id);
    await eventually(async () => expect((await importOf(id)).updatedAt).not.toBe(updatedAt));
    upload.end();
    expect((await upload.answer).status).toBe(200);
    expect(seen.map(({ accepted }) => accepted)).toEqual([500, 1_000, 1_500]);
    expect(await importOf(id)).toMatchObject({ state: 'done', size: null });
  });

  test('has one upload at a time', async () => {
    const [source, id] = [await aSource(ingest), randomUUID()];
    const upload = openUpload(ingest, `format=ndjson&id=${id}`, source.writeKey);
    upload.write(linesOf(2));
    await eventually(async () => expect((await importOf(id)).state).toBe('running'));
    const second = await send(source, `format=ndjson&id=${id}`, linesOf(2));
    expect(second.headers.get('retry-after')).toBe('5');
    expect(await problemOf(second)).toMatchObject({ status: 409, code: 'import-running' });
    upload.end();
    expect(JSON.parse((await upload.answer).body)).toMatchObject({ state: 'done', accepted: 2 });
  });

  test(`is rejected with a delay while ${mostUploads} others are in progress`, async () => {
    const source = await aSource(ingest);
    const others = Array.from({ length: mostUploads }, () => openUpload(ingest, 'format=ndjson', source.writeKey));
    for (const other of others.slice(1)) other.write(linesOf(1));
    const running = async () => (await listed(source)).filter(({ state }) => state === 'running').length;
    await eventually(async () => expect(await running()).toBe(mostUploads));
    const late = await send(source, 'format=ndjson', linesOf(1));
    expect(late.headers.get('retry-after')).toBe('5');
    expect(await problemOf(late)).toMatchObject({ status: 429, code: 'busy' });
    for (const other of others.slice(1)) other.end();
    await Promise.all(others.slice(1).map(({ answer }) => answer));
    expect((await send(source, 'format=ndjson', linesOf(1))).status).toBe(200);
    others[0]!.leave();
  });

  test('that another upload has continued ends', async () => {
    const [source, id] = [await aSource(ingest), randomUUID()];
    const upload = openUpload(ingest, `format=ndjson&id=${id}`, source.writeKey);
    await eventually(async () => expect((await importOf(id)).state).toBe('running'));
    await ingest.dataSource.query('update ingest.import set upload_id = gen_random_uuid() where id = $1', [id]);
    expect(await upload.answer).toMatchObject({ status: 409, body: expect.stringContaining('import-taken') });
    expect((await importOf(id)).state).toBe('running');
    upload.leave();
  });

  test('that is done has the same response, and is not repeated', async () => {
    const [source, id] = [await aSource(ingest), randomUUID()];
    await send(source, `format=ndjson&id=${id}`, linesOf(3));
    const again = await send(source, `format=ndjson&id=${id}`, linesOf(5));
    expect([again.status, await shown(again)]).toEqual([200, expect.objectContaining({ state: 'done', lines: 3 })]);
  });

  test('has its id and its format for itself', async () => {
    const [source, id] = [await aSource(ingest), randomUUID()];
    await send(source, `format=ndjson&id=${id}`, linesOf(1));
    expect(await problemOf(await send(await aSource(ingest), `format=ndjson&id=${id}`, linesOf(1)))).toMatchObject({
      status: 409,
      code: 'import-id-taken',
    });
    expect(await problemOf(await send(source, `format=csv&id=${id}`, 'type\n'))).toMatchObject({
      status: 409,
      code: 'format-differs',
    });
  });

  test('of a paused source is stored as rejected, and its lines have the same ids when they are reprocessed', async () => {
    const [source, id] = [await aSource(ingest), randomUUID()];
    const pause = (isPaused: boolean) => ingest.change(`PATCH /api/v1/sources/${source.id}`, { isPaused });
    await pause(true);
    expect(await shown(await send(source, `format=ndjson&id=${id}`, `${linesOf(2)}no JSON`))).toMatchObject({
      rejectedLines: [{ code: 'source-paused' }, { code: 'source-paused' }, { code: 'not-json' }],
    });
    await pause(false);
    const driven = await ingest.change('POST /api/v1/rejected/redrive', { importId: id });
    expect(await driven.json()).toEqual({ accepted: 2, rejected: 1, next: null });
    const ids = (await activitiesFrom(source, 2)).map(({ messageId }) => messageId);
    expect(ids.sort()).toEqual([`import-${id}-1`, `import-${id}-2`]);
  });

  test('ends if its key is ended', async () => {
    const [source, id] = [await aSource(ingest), randomUUID()];
    const upload = openUpload(ingest, `format=ndjson&id=${id}`, source.writeKey);
    upload.write(linesOf(500));
    await eventually(async () => expect((await importOf(id)).lines).toBe(500));
    const { keys } = (await (await ingest.get(`/api/v1/sources/${source.id}`)).json()) as { keys: [{ id: string }] };
    await ingest.change(`DELETE /api/v1/sources/${source.id}/keys/${keys[0].id}`);
    upload.write(linesOf(500, 501));
    expect(await upload.answer).toMatchObject({ status: 401, body: expect.stringContaining('key-unknown') });
    expect(await importOf(id)).toMatchObject({ state: 'broken', lines: 500 });
    upload.leave();
  });

  test('of a source with a rate limit is slowed down', async () => {
    const source = await aSource(ingest, { eventsPerSecond: 10 });
    const startedAt = performance.now();
    const response = await send(source, 'format=ndjson', linesOf(40));
    expect([response.status, await shown(response)]).toEqual([200, expect.objectContaining({ accepted: 40 })]);
    expect(performance.now() - startedAt).toBeGreaterThan(1_500);
  });
});

test('a shutdown interrupts an import, and it is resumed in another process', async () => {
  const [source, id] = [await aSource(ingest), randomUUID()];
  const published = async () => {
    const [row] = await ingest.dataSource.query<[{ count: number }]>(
      'select sum(next_offset)::int as count from stream.topic_partition where topic = $1',
      [topics.activities.name],
    );
    return row.count;
  };
  const before = await published();
  const another = await startIngest(ingest.databaseUrl);
  const upload = openUpload(another, `format=ndjson&id=${id}`, source.writeKey);
  upload.write(linesOf(600));
  await eventually(async () => expect((await importOf(id)).lines).toBe(500));
  await another.stop();
  expect(await upload.answer).toMatchObject({ status: 503, body: expect.stringContaining('stopping') });
  expect(await importOf(id)).toMatchObject({ state: 'broken', reason: 'The service is shutting down.' });
  expect(await shown(await send(source, `format=ndjson&id=${id}`, linesOf(900)))).toMatchObject({ accepted: 900 });
  expect((await published()) - before).toBe(900);
});
