import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { zstdDecompressSync } from 'node:zlib';
import { adminKey } from '@sestante/runtime/testing';
import { eventually } from '@sestante/streaming/testing';
import { parse } from 'csv-parse/sync';
import { parquetReadObjects } from 'hyparquet';
import { mostExports } from '../../src/exports/exports.controller.ts';
import { saveManyRows, saveRows } from '../audiences/score-rows.ts';
import { idOf } from '../builders.ts';
import { type Service, startScoring } from '../service.ts';

let service: Service;
let audienceId: string;
beforeAll(async () => {
  service = await startScoring();
  const sums = { trust: { weight: 20, good: 4 }, value: { weight: 10, good: 9 } };
  await saveRows(
    service,
    { name: 'ada', sums, attributes: { tier: '=1+1', region: '-2\t"a",b', tags: ['@new', 'kids'] } },
    { name: 'bob', attributes: { tier: 'gold', birthDecade: 1980 }, consents: { offers: 'granted' } },
    { name: 'eve', sums: { trust: { weight: 20, good: 19 } }, lastActivityAt: '2026-11-20T12:00:00.123Z' },
  );
  const rule = { field: 'trust.bond', operator: 'below', value: 50 };
  ({ audienceId } = (await service.post('/api/v1/audiences', { name: 'Let down', rule })).body);
});
afterAll(() => service.dispose());

const compressors = { ZSTD: (bytes: Uint8Array) => zstdDecompressSync(bytes) };
const request = (query: string, credential = adminKey) =>
  fetch(`${service.url}/api/v1/scores/export?${query}`, { headers: { authorization: `Bearer ${credential}` } });
const textOf = async (query: string) => (await request(query)).text();
type Item = Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any -- whatever the file has
const itemsOf = async (query = ''): Promise<Item[]> =>
  (await textOf(`format=ndjson&${query}`))
    .trim()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Item);
const byId = <Row extends object>(rows: readonly Row[], name: string, id = 'customer_id') =>
  rows.find((row) => (row as Item)[id] === idOf(name)) as Item;

describe('an export as NDJSON', () => {
  it('has every customer with all scores, as the API gives them', async () => {
    const items = await itemsOf();
    expect(items).toHaveLength(3);
    const ada = byId(items, 'ada', 'customerId');
    expect(Object.keys(ada.elements)).toEqual(['value', 'efficiency', 'trust', 'coherence', 'relevance', 'control']);
    expect(ada.elements.trust.bond).toBeLessThan(50);
    expect(ada.elements.trust.confidence).toBeGreaterThan(0.5);
    expect(ada.elements.control).toEqual({ bond: null, mood: null, drop: null, confidence: 0 });
    expect(ada).toMatchObject({ loyal: false, channels: ['web'], lastActivityAt: null });
    expect(byId(items, 'eve', 'customerId').lastActivityAt).toBe('2026-11-20T12:00:00.123Z');
  });

  it('has attributes and consents', async () => {
    const bob = byId(await itemsOf(), 'bob', 'customerId');
    expect(bob.attributes).toMatchObject({ tier: 'gold', birthDecade: 1980, country: null, tags: [] });
    expect(bob.consents).toMatchObject({ offers: 'granted', email: 'unknown', 'in-app': 'unknown' });
  });

  it('has any text as it is', async () => {
    const ada = byId(await itemsOf(), 'ada', 'customerId');
    expect(ada.attributes).toMatchObject({ tier: '=1+1', region: '-2\t"a",b', tags: ['@new', 'kids'] });
  });
});

describe('an export as CSV', () => {
  it('has a header, and a line for each customer', async () => {
    const response = await request('format=csv');
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="customers.csv"');
    const rows = parse(await response.text(), { columns: true }) as Item[];
    expect(rows).toHaveLength(3);
    expect(byId(rows, 'bob')).toMatchObject({ tier: 'gold', birth_decade: '1980', trust_bond: '', loyal: 'false' });
    expect(Number(byId(rows, 'ada').trust_bond)).toBeCloseTo(
      byId(await itemsOf(), 'ada', 'customerId').elements.trust.bond,
      3,
    );
  });

  it('has no cell that a spreadsheet takes for a formula, and negative numbers stay numbers', async () => {
    const rows = parse(await textOf('format=csv'), { columns: true }) as Item[];
    expect(byId(rows, 'ada')).toMatchObject({ tier: "'=1+1", region: `'-2\t"a",b`, tags: "'@new kids" });
    expect(Number(byId(rows, 'eve').trust_drop)).toBeLessThanOrEqual(0);
  });
});

describe('an export as Parquet', () => {
  it('has the same rows with types', async () => {
    const file = await (await request('format=parquet')).arrayBuffer();
    const rows = (await parquetReadObjects({ file, compressors })) as Item[];
    expect(rows).toHaveLength(3);
    expect(byId(rows, 'ada')).toMatchObject({ tier: '=1+1', loyal: false, purchases: 0, control_bond: null });
    expect(byId(rows, 'eve').last_activity_at).toEqual(new Date('2026-11-20T12:00:00.123Z'));
    expect(byId(rows, 'ada').trust_bond).toBeCloseTo(byId(await itemsOf(), 'ada', 'customerId').elements.trust.bond, 3);
  });
});

describe('an export of an audience', () => {
  it.each(['ndjson', 'csv'])('has its members only, as %s', async (format) => {
    const text = await textOf(`format=${format}&audience=${audienceId}`);
    expect(text).toContain(idOf('ada'));
    expect(text).not.toContain(idOf('eve'));
    expect(text).not.toContain(idOf('bob'));
  });

  it('is 404 for an audience that does not exist, and 400 for what is no id', async () => {
    expect((await request(`audience=${randomUUID()}`)).status).toBe(404);
    expect((await request(`audience='; drop table scoring.model; --`)).status).toBe(400);
    expect((await request('format=xlsx')).status).toBe(400);
  });
});

describe('exports', () => {
  it('are for marketing and administrators', async () => {
    expect((await request('', await service.keyOf('clerk'))).status).toBe(403);
    expect((await request('', await service.keyOf('marketing'))).status).toBe(200);
  });

  it('are in the audit log of every customer', async () => {
    await textOf('format=csv');
    const [entry] = await service.query<Item>('select * from audit.entry order by entry_id desc limit 1');
    expect(entry).toMatchObject({ action: 'scores.exported', customer_id: null, actor: { role: 'admin' } });
  });

  it('wait for their reader, and end when it leaves: then the next one may begin', async () => {
    await saveManyRows(service, 20_000);
    const runs = async () =>
      (await service.query<Item>(`select 1 from pg_stat_activity where query like 'copy %' and state = 'active'`))
        .length;
    const slow = await Promise.all(Array.from({ length: mostExports }, () => request('format=ndjson')));
    const readers = slow.map((response) => response.body!.getReader());
    for (const reader of readers) expect((await reader.read()).value?.length).toBeGreaterThan(0);
    expect(await runs()).toBe(mostExports);
    expect((await request('format=csv')).status).toBe(429);
    await Promise.all(readers.map((reader) => reader.cancel()));
    await eventually(async () => {
      if ((await runs()) > 0) throw new Error('The statements still run.');
    });
    expect((await request('format=csv')).status).toBe(200);
  });
});
