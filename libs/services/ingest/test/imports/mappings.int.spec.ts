import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mostMappings } from '../../src/imports/mappings/mappings.ts';
import { type Ingest, problemOf, startIngest } from '../driver.ts';
import { activitiesOf, aSource, sendFile, shown, type TestSource } from './uploads.ts';

jest.setTimeout(30_000);

let ingest: Ingest;
beforeAll(async () => {
  ingest = await startIngest();
});
afterAll(() => ingest.stop());

const keep = ({ id }: TestSource, name: string, mapping: object) =>
  ingest.change(`PUT /api/v1/sources/${id}/mappings/${name}`, mapping);
const send = (source: TestSource, query: string, body: string | Buffer) => sendFile(ingest, source, { query, body });

const erp = {
  columns: {
    Belegnr: 'order_id',
    Kundennr: 'userId',
    Vorname: 'traits.firstName',
    Datum: 'timestamp',
    Artikel: 'products[].sku',
    Bezeichnung: 'products[].name',
    Menge: 'products[].quantity',
    Preis: 'products[].price',
    Belegsumme: 'total',
  },
  otherColumns: 'ignore',
  values: { event: 'Order Completed', 'context.channel': 'Filiale', currency: 'EUR' },
  groupBy: 'order_id',
  messageId: 'erp-{order_id}',
  encoding: 'windows-1252',
  decimal: ',',
  thousands: '.',
  dayFormat: 'dd.MM.yyyy HH:mm',
  timeZone: 'Europe/Berlin',
};
const header = 'Belegnr;Kundennr;Vorname;Datum;Artikel;Bezeichnung;Menge;Preis;Belegsumme;Verkäufer';
const export1252 = (...rows: string[]) =>
  Buffer.from(`${[header, ...rows].join('\r\n')}\r\n`.replaceAll('€', '\u0080'), 'latin1');
const orders = [
  'B-1;k-1;Jürgen;01.07.2026 12:00;0815;Mütze, grün;2;19,95 €;1.234,50 €;Özil',
  'B-1;k-1;Jürgen;01.07.2026 12:00;4711;"Mantel; ""lang""";1;1.194,60 €;1.234,50 €;Özil',
  'B-2;k-2;Käthe;15.01.2026 12:00;0815;Mütze, grün;1;19,95 €;19,95 €;Özil',
];

describe('the export of an ERP', () => {
  test('in Windows-1252, with German numbers, dates and times, and several lines per order, becomes orders', async () => {
    const source = await aSource(ingest, { channel: 'web' });
    expect((await keep(source, 'erp', erp)).status).toBe(200);
    const report = await shown(await send(source, 'format=csv&mapping=erp', export1252(...orders)));
    expect(report).toMatchObject({ lines: 4, accepted: 2, incomplete: 0, rejected: 0 });
    expect(await activitiesOf(ingest, source, 2)).toMatchObject([
      {
        name: 'order.completed',
        messageId: 'erp-B-1',
        timestamp: '2026-07-01T10:00:00.000Z',
        channel: 'store',
        identifiers: [{ kind: 'user_id', value: 'k-1' }],
        traits: { firstName: 'Jürgen' },
        properties: {
          order_id: 'B-1',
          total: 1234.5,
          currency: 'EUR',
          products: [
            { sku: '0815', name: 'Mütze, grün', quantity: 2, price: 19.95 },
            { sku: '4711', name: 'Mantel; "lang"', quantity: 1, price: 1194.6 },
          ],
        },
      },
      { messageId: 'erp-B-2', timestamp: '2026-01-15T11:00:00.000Z', properties: { total: 19.95 } },
    ]);
  });

  test('in the documentation of imports has the documented result', async () => {
    const page = readFileSync(join(import.meta.dirname, '../../../../../docs/imports.md'), 'utf8');
    const [, mapping] = /mappings\/erp" .*? -d '(\{.*?\n\})'/s.exec(page)!;
    const [, file] = /```csv\n(.*?)```/s.exec(page)!;
    const source = await aSource(ingest, { channel: 'web' });
    expect((await keep(source, 'erp', JSON.parse(mapping!) as object)).status).toBe(200);
    // A repeated order is reported once in a process.
    const body = Buffer.from(file!.replaceAll('€', '\u0080').replaceAll('B-', 'D-'), 'latin1');
    expect(await shown(await send(source, 'format=csv&mapping=erp', body))).toMatchObject({
      accepted: 2,
      incomplete: 0,
    });
    expect((await activitiesOf(ingest, source, 2)).map(({ timestamp, channel }) => [timestamp, channel])).toEqual([
      ['2026-07-01T10:00:00.000Z', 'store'],
      ['2026-01-15T11:00:00.000Z', 'store'],
    ]);
  });

  test('sent again corrected, with another id, has no duplicates', async () => {
    const source = await aSource(ingest);
    await keep(source, 'erp', erp);
    const broken = [orders[0]!, orders[1]!, orders[2]!.replace('15.01.2026', '2026/01/15')];
    const first = await shown(await send(source, 'format=csv&mapping=erp', export1252(...broken)));
    expect(first).toMatchObject({ accepted: 1, rejectedLines: [{ line: 4, code: 'timestamp-invalid' }] });
    const changed = 'B-1;k-1;Jürgen;01.07.2026 12:00;0815;Mütze, grün;3;19,95 €;1.254,45 €;Özil';
    const corrected = await shown(await send(source, 'format=csv&mapping=erp', export1252(...orders)));
    expect(corrected).toMatchObject({ accepted: 1, repeated: 1, rejected: 0 });
    const again = await shown(await send(source, 'format=csv&mapping=erp', export1252(changed)));
    expect(again).toMatchObject({ accepted: 0, rejectedLines: [{ line: 2, code: 'id-reused', messageId: 'erp-B-1' }] });
    expect((await activitiesOf(ingest, source, 2)).map(({ messageId }) => messageId)).toEqual(['erp-B-1', 'erp-B-2']);
  });

  test('that was rejected has its time zone and its violations when it is reprocessed', async () => {
    const source = await aSource(ingest);
    const pause = (isPaused: boolean) => ingest.change(`PATCH /api/v1/sources/${source.id}`, { isPaused });
    await pause(true);
    const file = 'order_id;userId;timestamp;total\no-1;ada;2026-07-01T12:00;1.234';
    const query = 'format=csv&event=Order%20Completed&timeZone=Europe/Berlin';
    expect(await shown(await send(source, query, file))).toMatchObject({ rejectedLines: [{ code: 'source-paused' }] });
    await pause(false);
    await ingest.change('POST /api/v1/rejected/redrive', { sourceId: source.id });
    expect(await activitiesOf(ingest, source, 1)).toMatchObject([
      {
        timestamp: '2026-07-01T10:00:00.000Z',
        properties: { order_id: 'o-1' },
        violations: [{ code: 'number-unclear', field: 'total', given: '1.234' }],
      },
    ]);
  });
});

describe('options of a request', () => {
  test('replace a mapping', async () => {
    const source = await aSource(ingest);
    const file = Buffer.from('order_id;userId;timestamp;total\n7;böb;24.12.2025 18:00;1.234', 'latin1');
    const query = 'event=Order%20Completed&encoding=iso-8859-1&decimal=,&dayFormat=dd.MM.yyyy&timeZone=Europe/Berlin';
    expect(await shown(await send(source, `format=csv&${query}`, file))).toMatchObject({ accepted: 1, incomplete: 0 });
    expect(await activitiesOf(ingest, source, 1)).toMatchObject([
      { timestamp: '2025-12-24T17:00:00.000Z', properties: { total: 1234 }, identifiers: [{ value: 'böb' }] },
    ]);
  });

  test('override the mapping', async () => {
    const source = await aSource(ingest);
    await keep(source, 'm', { decimal: ',', values: { event: 'Gift Wrapped' } });
    const file = 'order_id;userId;total\n7;ada;1.234';
    await send(source, 'format=csv&mapping=m&decimal=.&event=Order%20Completed', file);
    expect(await activitiesOf(ingest, source, 1)).toMatchObject([
      { name: 'order.completed', properties: { total: 1.234 } },
    ]);
  });

  test('include the time zone, also for NDJSON; without it, the zone of the source is used, or UTC with a violation', async () => {
    const event = (messageId: string) =>
      JSON.stringify({ type: 'page', userId: 'ada', messageId, timestamp: '2025-07-01T12:00:00' });
    const [zoned, without] = [await aSource(ingest, { timeZone: 'Europe/Rome' }), await aSource(ingest)];
    await send(zoned, 'format=ndjson&timeZone=America/Chicago', event('one'));
    await send(zoned, 'format=ndjson', event('two'));
    expect((await activitiesOf(ingest, zoned, 2)).map(({ timestamp }) => timestamp)).toEqual([
      '2025-07-01T17:00:00.000Z',
      '2025-07-01T10:00:00.000Z',
    ]);
    expect(await shown(await send(without, 'format=ndjson', event('one')))).toMatchObject({
      accepted: 1,
      incomplete: 1,
      incompleteLines: [{ line: 1, messageId: 'one', violations: [{ code: 'time-zone-missing' }] }],
    });
  });

  test.each([
    ['format=ndjson&event=x', 'csv-only', 400],
    ['format=ndjson&decimal=.', 'csv-only', 400],
    ['format=csv&timeZone=Mars', 'mapping-invalid', 400],
    ['format=csv&dayFormat=DD', 'mapping-invalid', 400],
    ['format=csv&encoding=ebcdic', 'bad-request', 400],
    ['format=csv&decimal=%27', 'bad-request', 400],
    ['format=csv&mapping=none', 'not-found', 404],
    ['format=csv&dry=maybe', 'bad-request', 400],
  ])('%s has the code %s', async (query, code, status) => {
    expect(await problemOf(await send(await aSource(ingest), query, 'type\n'))).toMatchObject({ code, status });
  });
});

describe('a dry run', () => {
  const dry = async (source: TestSource, query: string, body: string | Buffer) =>
    (await (await send(source, `dry=true&format=csv&${query}`, body)).json()) as {
      lines: { line: number; verdict: string; code?: string; violations?: { code: string }[] }[];
      isWhole: boolean;
    };

  test('returns the verdicts on lines, and stores nothing', async () => {
    const [source, id] = [await aSource(ingest), randomUUID()];
    const file = [
      'order_id;userId;total;timestamp',
      'o-1;ada;1,50;2026-07-01T10:00:00Z',
      'o-2;ada;1.234;2026-07-01T10:00:00Z',
      ';;;',
      'o-3;;1;',
      'o-4;ada',
    ].join('\n');
    expect(await dry(source, `event=Order%20Completed&id=${id}`, file)).toEqual({
      dry: true,
      format: 'csv',
      encoding: 'utf-8',
      isWhole: true,
      lines: [
        {
          line: 2,
          verdict: 'accepted',
          event: {
            type: 'track',
            event: 'Order Completed',
            userId: 'ada',
            timestamp: '2026-07-01T10:00:00Z',
            properties: { order_id: 'o-1', total: 1.5 },
          },
          activity: {
            name: 'order.completed',
            timestamp: '2026-07-01T10:00:00.000Z',
            channel: 'store',
            messageId: `import-${id}-2`,
            identifiers: [{ kind: 'user_id', value: 'ada' }],
            properties: { order_id: 'o-1', total: 1.5 },
          },
        },
        expect.objectContaining({
          line: 3,
          verdict: 'incomplete',
          violations: [{ code: 'number-unclear', field: 'total', reason: expect.any(String) }],
        }),
        expect.objectContaining({ line: 5, verdict: 'rejected', code: 'identifier-missing' }),
        { line: 6, verdict: 'rejected', code: 'csv-columns', reason: expect.any(String) },
      ],
    });
    expect((await ingest.get(`/api/v1/imports/${id}`)).status).toBe(404);
    const { items } = (await (await ingest.get(`/api/v1/rejected?sourceId=${source.id}`)).json()) as {
      items: unknown[];
    };
    expect(items).toEqual([]);
    expect(await shown(await send(source, `format=csv&event=Order%20Completed&id=${id}`, file))).toMatchObject({
      accepted: 2,
      repeated: 0,
      rejected: 2,
    });
  });

  test.each([
    [-1, 99, true],
    [0, 100, true],
    [1, 100, false],
  ])('of %d lines over a hundred returns %d', async (more, count, isWhole) => {
    const rows = Array.from({ length: 100 + more }, (_, index) => `page,u-${index}\n`);
    const answer = await dry(await aSource(ingest), '', `type,userId\n${rows.join('')}`);
    expect([answer.lines.length, answer.isWhole]).toEqual([count, isWhole]);
  });

  test('reports an invalid header', async () => {
    expect(await problemOf(await send(await aSource(ingest), 'dry=true&format=csv', 'a,b\n1,2'))).toMatchObject({
      status: 400,
      code: 'header-invalid',
    });
  });
});

describe('a mapping', () => {
  test('is stored, returned, listed, replaced and removed', async () => {
    const source = await aSource(ingest);
    const route = `/api/v1/sources/${source.id}/mappings`;
    await keep(source, 'erp', erp);
    await keep(source, 'a.b-c_1', {});
    const { items } = (await (await ingest.get(route)).json()) as { items: { name: string }[] };
    expect(items).toMatchObject([
      { name: 'a.b-c_1', encoding: 'auto', otherColumns: 'read' },
      { name: 'erp', ...erp },
    ]);
    expect(Object.keys(((await (await ingest.get(`${route}/erp`)).json()) as { columns: object }).columns)).toEqual(
      Object.keys(erp.columns),
    );
    await keep(source, 'erp', { decimal: '.' });
    expect(await (await ingest.get(`${route}/erp`)).json()).toMatchObject({ decimal: '.', columns: {} });
    expect((await ingest.change(`DELETE ${route}/erp`)).status).toBe(204);
    expect(await problemOf(await ingest.get(`${route}/erp`))).toMatchObject({ status: 404 });
    expect(await problemOf(await ingest.change(`DELETE ${route}/erp`))).toMatchObject({ status: 404 });
  });

  test('belongs to one source only', async () => {
    const [one, other] = [await aSource(ingest), await aSource(ingest)];
    await keep(one, 'erp', {});
    expect(await problemOf(await send(other, 'format=csv&mapping=erp', 'type\n'))).toMatchObject({ status: 404 });
    expect(await problemOf(await ingest.get(`/api/v1/sources/${randomUUID()}/mappings`))).toMatchObject({
      status: 404,
    });
    expect(await problemOf(await ingest.change(`PUT /api/v1/sources/${randomUUID()}/mappings/erp`, {}))).toMatchObject({
      status: 404,
    });
  });

  test.each<[object, string, string]>([
    [{ columns: { a: 'properties.' } }, 'mapping-invalid', 'columns["a"] must be a field'],
    [{ columns: { a: 'products[]' } }, 'mapping-invalid', 'columns["a"] must be a field'],
    [{ columns: { a: 7 } }, 'mapping-invalid', 'columns["a"] must be a field'],
    [{ columns: { a: {} }, groupBy: 'order_id', messageId: '{a}' }, 'mapping-invalid', 'columns["a"] must be a field'],
    [{ columns: { '': 'userId' } }, 'mapping-invalid', 'columns[""] must be the name'],
    [
      { columns: { a: 'userId', b: 'user_id' } },
      'mapping-invalid',
      'columns["a"] and columns["b"] have the same target field',
    ],
    [
      { columns: { a: 'event' }, values: { event: 'x' } },
      'mapping-invalid',
      'columns["a"] and values["event"] have the same target field',
    ],
    [{ values: { 'products[].sku': 'x' } }, 'mapping-invalid', 'values["products[].sku"] must be a field'],
    [{ values: { event: null } }, 'mapping-invalid', 'values["event"] must be a text'],
    [{ messageId: 'erp' }, 'mapping-invalid', 'messageId must contain a field in braces'],
    [
      { messageId: '{order_id}', otherColumns: 'ignore' },
      'mapping-invalid',
      'needs a column with the target field order_id',
    ],
    [{ groupBy: 'products[].sku' }, 'mapping-invalid', 'groupBy must contain a field'],
    [{ decimal: ',', thousands: ',' }, 'mapping-invalid', 'must differ'],
    [{ dayFormat: 'DD.MM.YYYY' }, 'mapping-invalid', 'dayFormat must consist of'],
    [{ timeZone: 'Berlin' }, 'mapping-invalid', 'timeZone must be the name'],
    [{ encoding: 'ebcdic' }, 'bad-request', 'encoding'],
    [{ column: {} }, 'bad-request', 'column'],
    [{ columns: [] }, 'bad-request', 'columns'],
  ])('%j is rejected (%s): %s', async (mapping, code, detail) => {
    const problem = await problemOf(await keep(await aSource(ingest), 'm', mapping));
    expect(problem).toMatchObject({ status: 400, code });
    expect(problem.detail).toContain(detail);
  });

  test.each([
    [-1, 400],
    [0, 200],
    [1, 200],
    [99, 200],
    [100, 200],
    [101, 400],
  ])('that skips %d lines has the status %d', async (skipLines, status) => {
    expect((await keep(await aSource(ingest), 'm', { skipLines })).status).toBe(status);
  });

  test('is not replaced without a body', async () => {
    const source = await aSource(ingest);
    await keep(source, 'erp', { decimal: ',' });
    const route = `PUT /api/v1/sources/${source.id}/mappings/erp`;
    expect(await problemOf(await ingest.change(route))).toMatchObject({ status: 400, code: 'mapping-invalid' });
    expect(await shown(await ingest.get(`/api/v1/sources/${source.id}/mappings/erp`))).toMatchObject({ decimal: ',' });
  });

  test('has a name with letters and digits', async () => {
    expect(await problemOf(await keep(await aSource(ingest), '%20', {}))).toMatchObject({ code: 'name-invalid' });
    expect((await keep(await aSource(ingest), 'x'.repeat(64), {})).status).toBe(200);
    expect(await problemOf(await keep(await aSource(ingest), 'x'.repeat(65), {}))).toMatchObject({
      code: 'name-invalid',
    });
  });

  test(`is one of at most ${mostMappings}`, async () => {
    const source = await aSource(ingest);
    for (let number = 1; number <= mostMappings; number++)
      expect((await keep(source, `m${number}`, {})).status).toBe(200);
    expect(await problemOf(await keep(source, 'more', {}))).toMatchObject({ status: 409, code: 'too-many-mappings' });
    expect((await keep(source, 'm1', { decimal: '.' })).status).toBe(200);
  });
});
