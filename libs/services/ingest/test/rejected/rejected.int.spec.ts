import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { eventually } from '@sestante/streaming/testing';
import { anEvent, anotherEvent } from '../builders.ts';
import { basic, type Ingest, problemOf, startIngest, writeKey } from '../driver.ts';

jest.setTimeout(30_000);

interface Page {
  readonly items: readonly Record<string, unknown>[];
  readonly next: string | null;
}

const bad = ['first', 'second', 'third'].map((messageId) => anotherEvent({ messageId, event: undefined }));
const unstorable = '{"messageId":"nul \\u0000, half \\ud800","type":"\\u0000"}';

let ingest: Ingest;
beforeAll(async () => {
  ingest = await startIngest();
  await ingest.post('/v1/batch', JSON.stringify({ batch: [bad[0], anotherEvent(), bad[1]] }));
  await ingest.post('/v1/track', JSON.stringify(bad[2]));
  await ingest.post('/v1/batch', `{"batch":[${unstorable},5,null]}`);
});
afterAll(() => ingest.stop());

const page = async (query = '') => {
  const response = await ingest.get(`/api/v1/rejected${query}`);
  expect(response.status).toBe(200);
  return (await response.json()) as Page;
};

describe('rejected events', () => {
  test('are stored with their reason and original body, newest first', async () => {
    const { items, next } = await page();
    expect(next).toBeNull();
    expect(items).toHaveLength(6);
    expect(items.map(({ messageId, code }) => [messageId, code])).toEqual([
      [null, 'invalid-shape'],
      [null, 'invalid-shape'],
      ['nul , half \ufffd', 'invalid-shape'],
      ['third', 'name-missing'],
      ['second', 'name-missing'],
      ['first', 'name-missing'],
    ]);
    expect(items[3]).toEqual({
      id: expect.stringMatching(/^\d+$/),
      source: 'first',
      sourceId: expect.any(String),
      messageId: 'third',
      code: 'name-missing',
      reason: '`event` is required in a track event: the name of the activity',
      format: 'tracking',
      body: JSON.stringify(bad[2]),
      bodyBytes: JSON.stringify(bad[2]).length,
      place: null,
      receivedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    });
  });

  test('can be sent again from their stored bodies', async () => {
    const { items } = await page();
    const kept = items.find(({ messageId }) => messageId === 'second')!;
    const corrected = { ...(JSON.parse(kept['body'] as string) as object), event: 'Order Completed' };
    const response = await ingest.post('/v1/track', JSON.stringify(corrected));
    expect(await response.json()).toEqual({ success: true });
    const activities = await ingest.until((all) => all.some(({ messageId }) => messageId === 'second'));
    expect(activities).toContainEqual(expect.objectContaining({ messageId: 'second', name: 'order.completed' }));
  });

  test('are listed in pages', async () => {
    const { items } = await page();
    const first = await page('?limit=4');
    const second = await page(`?limit=4&before=${first.next}`);
    expect([...first.items, ...second.items]).toEqual(items);
    expect([first.next, second.next]).toEqual([items[3]!['id'], null]);
  });

  test('are counted, together with accepted ones', async () => {
    await eventually(async () => {
      const { length: accepted } = await ingest.until((all) => all.length >= 1);
      const stats = (await (await ingest.get('/api/v1/stats')).json()) as object;
      expect(stats).toMatchObject({ accepted, rejected: 6, received: accepted + 6 });
    });
  });

  test('are listed for administrators only', async () => {
    const url = `${ingest.url}/api/v1/rejected`;
    expect(await problemOf(await fetch(url))).toMatchObject({ status: 401, code: 'unauthorized' });
    expect(await problemOf(await fetch(url, { headers: basic(writeKey) }))).toMatchObject({ status: 401 });
    expect(await problemOf(await fetch(url, { headers: { authorization: `Bearer ${writeKey}` } }))).toMatchObject({
      status: 401,
    });
  });
});

describe('a rejected event that is sent again', () => {
  const rejectedWith = async (code: string) =>
    (await page('?limit=500')).items.filter((item) => item['code'] === code).map(({ messageId }) => messageId);
  const post = async (...batch: unknown[]) => {
    const response = await ingest.post('/v1/batch', JSON.stringify({ batch, sentAt: new Date().toISOString() }));
    return (await response.json()) as { rejected: unknown[] };
  };
  const nameOf = (characters: number) => 'x'.repeat(characters);

  test('is stored once, at any time of sending, and rejected each time', async () => {
    for (const sentAt of ['2026-11-20T12:00:00Z', '2026-11-20T12:00:09Z', undefined]) {
      const event = anEvent({ messageId: 'again', event: nameOf(129), sentAt });
      expect((await post(event, event)).rejected).toHaveLength(2);
    }
    expect(await rejectedWith('name-too-long')).toEqual(['again']);
  });

  test('is another event with another content or source', async () => {
    await post(anEvent({ messageId: 'again', event: nameOf(130) }));
    const { writeKey: other } = await ingest.aSource({ name: 'another shop' });
    const event = anEvent({ messageId: 'again', event: nameOf(129) });
    await ingest.post('/v1/track', JSON.stringify(event), basic(other));
    expect(await rejectedWith('name-too-long')).toEqual(['again', 'again', 'again']);
  });

  test('can be sent twice at the same time, in any order', async () => {
    const events = Array.from({ length: 300 }, (_, n) => anotherEvent({ messageId: `twice-${n}`, type: 'twice' }));
    for (let round = 0; round < 5; round += 1)
      await Promise.all([post(...events), post(...events.toReversed()), post(...events)]);
    const { items } = await page(`?limit=500&code=invalid-shape`);
    expect(items.filter(({ messageId }) => String(messageId).startsWith('twice-'))).toHaveLength(300);
  });

  test.each([undefined, null, ''])('is not recognised without an id, as with %j', async (messageId) => {
    const before = (await rejectedWith('name-missing')).length;
    await post(anotherEvent({ messageId, event: undefined }));
    await post(anotherEvent({ messageId, event: undefined }));
    expect(await rejectedWith('name-missing')).toHaveLength(before + 2);
  });
});

describe('a request for rejected events', () => {
  test.each([
    ['limit=0', 400],
    ['limit=1', 200],
    ['limit=2', 200],
    ['limit=499', 200],
    ['limit=500', 200],
    ['limit=501', 400],
    ['limit=-1', 400],
    ['limit=1.5', 400],
    ['limit=many', 400],
    ['limit=', 400],
    ['limit=1&limit=2', 400],
    ['before=0', 200],
    ['before=1', 200],
    [`before=${'9'.repeat(18)}`, 200],
    [`before=${'9'.repeat(19)}`, 400],
    ['before=-1', 400],
    ['before=last', 400],
    ['before=', 400],
    ["before=1'", 400],
    ['code=name-missing', 200],
    [`code=${'x'.repeat(100)}`, 200],
    [`code=${'x'.repeat(101)}`, 400],
    ['code=%00', 400],
    ['code=a%00b', 400],
    ['code=', 400],
    ['order=desc', 400],
  ])('%s has the status %d', async (query, status) => {
    const response = await ingest.get(`/api/v1/rejected?${query}`);
    expect(response.status).toBe(status);
    if (status === 400) expect(await problemOf(response)).toMatchObject({ code: 'bad-request' });
  });
});
