import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { eventually } from '@sestante/streaming/testing';
import { randomUUID } from 'node:crypto';
import type { IncompletePage } from '../../src/incomplete/incomplete-response.ts';
import { mostExamples } from '../../src/incomplete/incomplete-events.ts';
import { anotherEvent } from '../builders.ts';
import { basic, type Ingest, type MadeSource, problemOf, startIngest } from '../driver.ts';

jest.setTimeout(30_000);

let ingest: Ingest;
beforeAll(async () => {
  ingest = await startIngest();
});
afterAll(() => ingest.stop());

const send = async (source: MadeSource, ...batch: object[]) => {
  const response = await ingest.post('/v1/batch', JSON.stringify({ batch }), basic(source.writeKey));
  return (await response.json()) as object;
};
const pageOf = async ({ id }: MadeSource, query = '') =>
  (await (await ingest.get(`/api/v1/incomplete?sourceId=${id}${query}`)).json()) as IncompletePage;
/** Resolves when this many are counted. */
async function counted(source: MadeSource, count: number): Promise<IncompletePage> {
  await eventually(async () => {
    const { counts } = await pageOf(source);
    expect(counts.reduce((sum, kind) => sum + kind.count, 0)).toBe(count);
  });
  return pageOf(source, '&limit=500');
}

const withoutSku = (over: object = {}) =>
  anotherEvent({ event: 'Product Viewed', properties: { articleName: 'scarf' }, ...over });

describe('an incomplete event', () => {
  test('is accepted, reported to its sender, counted and listed', async () => {
    const source = await ingest.aSource();
    const event = withoutSku({ messageId: 'm-1', context: { channel: 'pigeon' } });
    const missing = {
      code: 'field-missing',
      field: 'product_id',
      reason: 'product.viewed requires product_id or sku, a string or number',
    };
    expect(await send(source, anotherEvent(), event)).toEqual({
      success: true,
      incomplete: [
        { index: 1, messageId: 'm-1', violations: [missing, expect.objectContaining({ code: 'channel-unknown' })] },
      ],
    });
    const { items, counts } = await counted(source, 2);
    expect(items.find(({ code }) => code === 'field-missing')).toEqual({
      ...missing,
      id: expect.any(String),
      source: source.name,
      sourceId: source.id,
      name: 'product.viewed',
      messageId: 'm-1',
      body: JSON.stringify(event),
      receivedAt: expect.any(String),
    });
    expect(counts.map(({ name, code, field, count }) => [name, code, field, count])).toEqual([
      ['product.viewed', 'channel-unknown', 'channel', 1],
      ['product.viewed', 'field-missing', 'product_id', 1],
    ]);
    const activities = await ingest.until((all) => all.some(({ messageId }) => messageId === 'm-1'));
    expect(activities.find(({ messageId }) => messageId === 'm-1')).toMatchObject({
      violations: [
        { code: 'field-missing', field: 'product_id' },
        { code: 'channel-unknown', field: 'channel' },
      ],
    });
  });

  test('that is sent again is not counted again', async () => {
    const source = await ingest.aSource();
    const event = withoutSku({ messageId: 'again' });
    for (let times = 0; times < 3; times++) await send(source, event, event);
    await send(source, withoutSku());
    await counted(source, 2);
  });

  test('is rejected by a strict source', async () => {
    const source = await ingest.aSource({ isStrict: true });
    expect(await send(source, withoutSku({ messageId: 'm-2' }))).toEqual({
      success: true,
      rejected: [{ index: 0, messageId: 'm-2', code: 'field-missing', reason: expect.any(String) }],
    });
    await ingest.change(`PATCH /api/v1/sources/${source.id}`, { isStrict: false });
    const redriven = await ingest.change('POST /api/v1/rejected/redrive', { sourceId: source.id });
    expect(await redriven.json()).toEqual({ accepted: 1, rejected: 0, next: null });
  });
});

describe('the list of incomplete events', () => {
  test.each([mostExamples - 1, mostExamples, mostExamples + 1])(
    'has the last of %d of a kind, and all are counted',
    async (count) => {
      const source = await ingest.aSource();
      const ids = Array.from({ length: count }, (_, nth) => `m-${nth}-${randomUUID()}`);
      for (const messageId of ids) await send(source, withoutSku({ messageId }));
      const { items } = await counted(source, count);
      expect(items.map(({ messageId }) => messageId)).toEqual(ids.toReversed().slice(0, mostExamples));
    },
  );

  test('counts all products of an order as one field', async () => {
    const source = await ingest.aSource();
    const products = [
      { sku: 's', price: 'x' },
      { sku: 't', price: 'y' },
    ];
    await send(source, anotherEvent({ properties: { order_id: randomUUID(), products } }));
    const { counts } = await counted(source, 1);
    expect(counts[0]).toMatchObject({ code: 'field-invalid', field: 'products[].price', count: 1 });
  });

  test('has pages, and can be filtered by activity or code', async () => {
    const source = await ingest.aSource();
    await send(source, withoutSku(), withoutSku({ event: 'Product Added' }), withoutSku({ context: { channel: 'x' } }));
    await counted(source, 4);
    const first = await pageOf(source, '&limit=3');
    const rest = await pageOf(source, `&limit=3&before=${first.next}`);
    expect([first.items.length, rest.items.length, rest.next]).toEqual([3, 1, null]);
    expect((await pageOf(source, '&name=product.added')).counts).toHaveLength(1);
    expect((await pageOf(source, '&code=channel-unknown')).items).toHaveLength(1);
    for (const query of ['limit=501', 'limit=0', 'code=X', 'before=x', 'sourceId=x', 'name=%00'])
      expect((await problemOf(await ingest.get(`/api/v1/incomplete?${query}`))).status).toBe(400);
  });
});

describe('an erased person', () => {
  test('is removed from all stored events', async () => {
    const source = await ingest.aSource();
    const traits = { email: 'Erase.Me@example.org' };
    await send(source, withoutSku({ traits }), anotherEvent({ event: '?', traits }), anotherEvent({ event: '?' }));
    await counted(source, 1);
    const erase = (value: string) => ingest.change('POST /api/v1/rejected/erase', { kind: 'email', value });
    expect(await (await erase('erase.me@example.org')).json()).toEqual({ rejected: 1, incomplete: 1 });
    expect(await (await erase('erase.me@example.org')).json()).toEqual({ rejected: 0, incomplete: 0 });
    expect(await problemOf(await erase('nobody'))).toMatchObject({ status: 400, code: 'identifier-invalid' });
    expect((await pageOf(source)).items).toEqual([]);
  });

  test('is found in an unreadable line by a whole word', async () => {
    const source = await ingest.aSource();
    const lines = ['{"userId":"4711", K\xf6ln', '{"userId":"47112" no', 'böhm@example.org K\xf6ln'];
    await ingest.post('/api/v1/imports?format=ndjson', Buffer.from(lines.join('\n'), 'latin1'), basic(source.writeKey));
    const erase = async (kind: string, value: string) =>
      ((await (await ingest.change('POST /api/v1/rejected/erase', { kind, value })).json()) as { rejected: number })
        .rejected;
    expect(await erase('user_id', '471')).toBe(0);
    expect(await erase('user_id', '4711')).toBe(1);
    expect(await erase('user_id', '4.*2')).toBe(0);
  });
});

describe('a rejected event', () => {
  test('is returned as the original bytes, and can be deleted', async () => {
    const source = await ingest.aSource();
    const line = Buffer.from('K\xf6ln;12', 'latin1');
    await ingest.post('/api/v1/imports?format=ndjson', line, basic(source.writeKey));
    const { items } = (await (await ingest.get(`/api/v1/rejected?sourceId=${source.id}`)).json()) as {
      items: { id: string }[];
    };
    const { id } = items[0]!;
    const body = await ingest.get(`/api/v1/rejected/${id}/body`);
    expect(Buffer.from(await body.arrayBuffer())).toEqual(line);
    expect((await ingest.change(`DELETE /api/v1/rejected/${id}`)).status).toBe(204);
    for (const route of [`DELETE /api/v1/rejected/${id}`, `GET /api/v1/rejected/${id}/body`])
      expect(await problemOf(await ingest.change(route))).toMatchObject({ status: 404 });
  });

  test('that is far over the size limit is stored completely', async () => {
    const source = await ingest.aSource();
    const event = anotherEvent({ event: 'Gift Wrapped', properties: { text: 'x'.repeat(300_000) } });
    expect(await send(source, event)).toMatchObject({ rejected: [{ code: 'too-large' }] });
    const { items } = (await (await ingest.get(`/api/v1/rejected?sourceId=${source.id}`)).json()) as {
      items: { id: string; body: string; bodyBytes: number }[];
    };
    const { id, body, bodyBytes } = items[0]!;
    expect([body.length, bodyBytes]).toEqual([64 * 1024, JSON.stringify(event).length]);
    expect(await (await ingest.get(`/api/v1/rejected/${id}/body`)).json()).toEqual(event);
  });
});

describe('another event under a used message id', () => {
  test('is rejected and stored; the same event again is a repeat', async () => {
    const source = await ingest.aSource();
    const thanks = anotherEvent({ messageId: 'used', event: 'Thanks Received', properties: {} });
    const no = anotherEvent({
      messageId: 'used',
      userId: 'bea',
      event: 'Consent Updated',
      properties: { offers: false },
    });
    const reused = { index: 0, messageId: 'used', code: 'id-reused', reason: expect.stringContaining('another event') };
    expect(await send(source, thanks)).toEqual({ success: true });
    expect(await send(source, thanks)).toEqual({ success: true });
    expect(await send(source, no)).toEqual({ success: true, rejected: [reused] });
    expect(await send(source, no)).toEqual({ success: true, rejected: [reused] });
    const { items } = (await (await ingest.get(`/api/v1/rejected?sourceId=${source.id}`)).json()) as {
      items: { body: string }[];
    };
    expect(items.map(({ body }) => JSON.parse(body) as object)).toEqual([no]);
  });
});

test('an order with several message ids is a violation', async () => {
  const source = await ingest.aSource();
  const order = { event: 'Order Completed', properties: { order_id: randomUUID() } };
  expect(await send(source, anotherEvent(order))).toEqual({ success: true });
  const again = { violations: [expect.objectContaining({ code: 'order-repeated', field: 'order_id' })] };
  expect(await send(source, anotherEvent(order))).toMatchObject({ incomplete: [again] });
  const repeated = anotherEvent({ ...order, messageId: 'the-same' });
  expect(await send(source, repeated)).toMatchObject({ incomplete: [again] });
  await ingest.change(`PATCH /api/v1/sources/${source.id}`, { isStrict: true });
  const strict = { rejected: [expect.objectContaining({ code: 'order-repeated' })] };
  expect(await send(source, anotherEvent(order))).toMatchObject(strict);
  await ingest.change(`PATCH /api/v1/sources/${source.id}`, { isStrict: false });
  // An order with this id of another customer is of another shop.
  expect(await send(source, anotherEvent({ ...order, userId: 'bea' }))).toEqual({ success: true });
});
