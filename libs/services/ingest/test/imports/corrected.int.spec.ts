import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { eventually } from '@sestante/streaming/testing';
import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { mostRevisions } from '../../src/imports/corrected/previous-lines.ts';
import { type Ingest, problemOf, startIngest } from '../driver.ts';
import { activitiesOf, aSource, openUpload, sendFile, shown, type TestSource } from './uploads.ts';

jest.setTimeout(60_000);

let ingest: Ingest;
beforeAll(async () => {
  ingest = await startIngest();
});
afterAll(() => ingest.stop());

const header = 'type;userId;timestamp;note\n';
const row = (note: string, timestamp = '2026-05-01T10:00:00Z') => `page;ada;${timestamp};${note}\n`;
const bad = (note: string) => row(note, 'yesterday');

interface File {
  readonly source: TestSource;
  readonly id: string;
  /** Sends the file with the same id. */
  send(body: string | Buffer, query?: string): Promise<Response>;
  /** The notes of the published activities, as often as they take effect. */
  effects(count: number): Promise<string[]>;
  rejected(): Promise<{ place: string; code: string }[]>;
}

async function aFile(): Promise<File> {
  const [source, id] = [await aSource(ingest), randomUUID()];
  return {
    source,
    id,
    send: (body, query = '') => sendFile(ingest, source, { query: `format=csv&id=${id}&${query}`, body }),
    async effects(count) {
      const all = await activitiesOf(ingest, source, count);
      const once = new Map(all.map(({ activityId, properties }) => [activityId, String(properties['note'])]));
      return [...once.values()];
    },
    async rejected() {
      const response = await ingest.get(`/api/v1/rejected?importId=${id}`);
      return ((await response.json()) as { items: { place: string; code: string }[] }).items;
    },
  };
}

describe('a corrected file, sent again with its import id', () => {
  test('skips accepted lines, accepts corrected lines, and deletes its rejected lines', async () => {
    const file = await aFile();
    await file.send(header + row('a') + bad('b') + row('c') + 'page;ada\n' + row('e'));
    expect((await file.rejected()).map(({ place }) => place)).toEqual([`import-${file.id}-5`, `import-${file.id}-3`]);
    const corrected = header + row('a') + row('b') + row('c') + row('d') + row('e');
    expect(await shown(await file.send(corrected, 'corrected=true'))).toMatchObject({
      state: 'done',
      lines: 6,
      accepted: 2,
      repeated: 3,
      rejected: 0,
    });
    expect((await file.effects(5)).sort()).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(await file.rejected()).toEqual([]);
  });

  test('may have more and fewer lines, in another order and format', async () => {
    const file = await aFile();
    await file.send(header + row('a') + bad('b') + row('c') + bad('d') + row('ä'));
    const inLatin1 = Buffer.from(
      `${header}page;ada;"2026-05-01T10:00:00Z";"ä"\r\n${row('new')}\r\n${row('c')}${row('a')}`,
      'latin1',
    );
    expect(await shown(await file.send(inLatin1, 'corrected=true&encoding=iso-8859-1'))).toMatchObject({
      accepted: 1,
      repeated: 3,
    });
    expect((await file.effects(4)).sort()).toEqual(['a', 'c', 'new', 'ä']);
    expect(await file.rejected()).toEqual([]);
  });

  test('has equal lines as often as they are in it', async () => {
    const file = await aFile();
    await file.send(header + row('a') + row('a') + bad('b'));
    expect(await shown(await file.send(header + row('a').repeat(3) + row('b'), 'corrected=true'))).toMatchObject({
      accepted: 2,
      repeated: 2,
    });
    expect((await file.effects(4)).sort()).toEqual(['a', 'a', 'a', 'b']);
  });

  test('has lines that are still rejected once, with their first ids', async () => {
    const file = await aFile();
    await file.send(header + row('a') + bad('b') + bad('c'));
    const again = header + row('new') + row('a') + bad('c') + bad('x');
    for (let time = 1; time <= 2; time++) {
      await file.send(again, 'corrected=true');
      expect((await file.rejected()).map(({ place }) => place)).toEqual([
        `import-${file.id}-2-5`,
        `import-${file.id}-4`,
      ]);
    }
    expect((await file.effects(2)).sort()).toEqual(['a', 'new']);
  });

  test('may be corrected again', async () => {
    const file = await aFile();
    await file.send(header + row('a') + bad('b') + bad('c'));
    await file.send(header + row('a') + row('b') + bad('c'), 'corrected=true');
    expect(await shown(await file.send(header + row('c') + row('b') + row('a'), 'corrected=true'))).toMatchObject({
      accepted: 1,
      repeated: 2,
    });
    expect((await file.effects(3)).sort()).toEqual(['a', 'b', 'c']);
  });

  test('has no second effect if its rejected lines were reprocessed', async () => {
    const file = await aFile();
    const pause = (isPaused: boolean) => ingest.change(`PATCH /api/v1/sources/${file.source.id}`, { isPaused });
    await pause(true);
    await file.send(header + row('a') + row('b'));
    await pause(false);
    await ingest.change('POST /api/v1/rejected/redrive', { importId: file.id });
    await file.send(header + row('new') + row('a') + row('b'), 'corrected=true');
    expect((await file.effects(3)).sort()).toEqual(['a', 'b', 'new']);
    expect(await file.rejected()).toEqual([]);
  });

  test('that breaks off is resumed with the same file, without duplicates or losses', async () => {
    const file = await aFile();
    const rows = Array.from({ length: 1_600 }, (_, index) => (index % 7 === 0 ? bad(`n-${index}`) : row(`n-${index}`)));
    await file.send(header + rows.join(''));
    const corrected = header + row('new') + Array.from({ length: 1_600 }, (_, index) => row(`n-${index}`)).join('');
    const upload = openUpload(ingest, `format=csv&id=${file.id}&corrected=true`, file.source.writeKey);
    upload.write(corrected.slice(0, corrected.length / 2));
    await eventually(async () => {
      expect(await shown(await ingest.get(`/api/v1/imports/${file.id}`))).toMatchObject({
        state: 'running',
        lines: 500,
      });
    });
    upload.leave();
    await eventually(async () => {
      expect(await shown(await ingest.get(`/api/v1/imports/${file.id}`))).toMatchObject({ state: 'broken' });
    });
    // The state after a crash between publishing and storing.
    await ingest.dataSource.query('delete from ingest.import_line where import_id = $1 and revision = 2', [file.id]);
    expect(await shown(await file.send(corrected))).toMatchObject({ state: 'done', lines: 1_602, rejected: 0 });
    const expected = ['new', ...Array.from({ length: 1_600 }, (_, index) => `n-${index}`)];
    expect((await file.effects(1_601)).sort()).toEqual(expected.sort());
    expect(await file.rejected()).toEqual([]);
  });

  test('is accepted if the first upload broke off at its end', async () => {
    const file = await aFile();
    const rows = Array.from({ length: 9_000 }, (_, index) => row(`n-${index}`)).join('');
    expect((await file.send(gzipSync(header + rows).subarray(0, -2_000))).status).toBe(400);
    expect(await shown(await file.send(header + row('new') + rows, 'corrected=true'))).toMatchObject({ state: 'done' });
    expect(new Set(await file.effects(9_001)).size).toBe(9_001);
    expect(await file.effects(9_001)).toHaveLength(9_001);
  });

  test('with orders of several lines accepts the corrected order', async () => {
    const file = await aFile();
    const query = `event=Gift%20Wrapped&mapping=m`;
    await ingest.change(`PUT /api/v1/sources/${file.source.id}/mappings/m`, {
      columns: { art: 'products[].sku' },
      groupBy: 'note',
      dayFormat: 'dd.MM.yyyy',
    });
    const head = 'userId;timestamp;note;art\n';
    const order = (note: string, day = '01.05.2026') => ['x', 'y'].map((art) => `ada;${day};${note};${art}\n`).join('');
    expect(
      await shown(await file.send(head + order('a') + order('b', '2026/05/01') + order('c'), query)),
    ).toMatchObject({
      accepted: 2,
      rejected: 1,
    });
    expect(
      await shown(await file.send(head + order('b') + order('c') + order('a'), `${query}&corrected=true`)),
    ).toMatchObject({
      accepted: 1,
      repeated: 2,
    });
    expect((await file.effects(3)).sort()).toEqual(['a', 'b', 'c']);
    expect(await file.rejected()).toEqual([]);
  });

  test('that is another file is rejected as a whole', async () => {
    const file = await aFile();
    await file.send(header + row('a') + bad('b'));
    expect(await problemOf(await file.send(header + row('x') + row('y'), 'corrected=true'))).toMatchObject({
      status: 400,
      code: 'file-differs',
    });
    expect(await file.effects(1)).toEqual(['a']);
    expect(await file.rejected()).toHaveLength(1);
    expect(await shown(await file.send(header + row('a') + row('b'), 'corrected=true'))).toMatchObject({
      accepted: 1,
      repeated: 1,
    });
  });

  test('must be sent from its first line', async () => {
    const file = await aFile();
    await file.send(header + row('a') + bad('b'));
    expect(await problemOf(await file.send(header + row('b'), 'corrected=true&from=3'))).toMatchObject({
      code: 'from-wrong',
    });
  });

  test('is rejected after the lines were deleted, also if the upload broke off', async () => {
    const files = [await aFile(), await aFile(), await aFile()] as const;
    for (const file of files) await file.send(header + row('a') + bad('b'));
    const [old, broken, young] = files;
    const set = ({ id }: File, what: string) =>
      ingest.dataSource.query(`update ingest.import set ${what} where id = $1`, [id]);
    await set(old, `updated_at = now() - interval '31 days'`);
    await set(broken, `updated_at = now() - interval '31 days', state = 'broken', revision = 2`);
    await set(young, `updated_at = now() - interval '29 days'`);
    await (await startIngest(ingest.databaseUrl)).stop();
    const corrected = header + row('a') + row('b');
    const linesOf = async ({ id }: File) =>
      ingest.dataSource.query<object[]>('select 1 from ingest.import_line where import_id = $1', [id]);
    await eventually(async () => expect(await linesOf(old)).toEqual([]));
    expect(await linesOf(young)).toHaveLength(1);
    for (const late of [await old.send(corrected, 'corrected=true'), await broken.send(corrected)])
      expect(await problemOf(late)).toMatchObject({ status: 409, code: 'import-too-old' });
    expect(await shown(await young.send(corrected, 'corrected=true'))).toMatchObject({ accepted: 1, repeated: 1 });
    expect((await old.send(corrected)).status).toBe(200);
  });

  test.each([
    [-2, 200],
    [-1, 200],
    [0, 409],
  ])('is accepted up to the limit of revisions, with %d attempts less: %d', async (more, status) => {
    const file = await aFile();
    await file.send(header + row('a') + bad('b'));
    await ingest.dataSource.query('update ingest.import set revision = $2 where id = $1', [
      file.id,
      mostRevisions + more,
    ]);
    const response = await file.send(header + row('a') + row('b'), 'corrected=true');
    expect(response.status).toBe(status);
    if (status === 409) expect(await problemOf(response)).toMatchObject({ code: 'import-too-old' });
  });

  test('is accepted completely as a new import', async () => {
    expect(await shown(await (await aFile()).send(header + row('a'), 'corrected=true'))).toMatchObject({ accepted: 1 });
  });
});
