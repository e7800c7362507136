import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { anEvent } from '../builders.ts';
import { basic, type Ingest, type MadeSource, problemOf, startIngest } from '../driver.ts';

jest.setTimeout(60_000);

let ingest: Ingest;
beforeAll(async () => {
  ingest = await startIngest();
});
afterAll(() => ingest.stop());

interface Page {
  items: { id: string; messageId: string; code: string }[];
  counts: { source: string; code: string; count: number }[];
}

const send = ({ writeKey }: MadeSource, body: object) =>
  ingest.post('/v1/batch', JSON.stringify(body), basic(writeKey));
const rejectedOf = async ({ id }: MadeSource, query = '') =>
  (await (await ingest.get(`/api/v1/rejected?sourceId=${id}${query}`)).json()) as Page;
const redriveOne = (id: string) => ingest.change(`POST /api/v1/rejected/${id}/redrive`);
const redriveAll = async (filter: object) =>
  (await (await ingest.change('POST /api/v1/rejected/redrive', filter)).json()) as object;

/** While the source is paused, all its events are rejected; afterwards all are accepted. */
const pause = ({ id }: MadeSource, isPaused: boolean) => ingest.change(`PATCH /api/v1/sources/${id}`, { isPaused });

describe('a reprocessed event', () => {
  test('has the same result as if it had been accepted at first', async () => {
    // With a clock that is years ahead.
    const [at, sentAt] = ['2520-01-01T00:00:00.000Z', '2520-01-01T00:01:00.000Z'];
    const event = {
      ...anEvent({
        event: 'Order Completed',
        properties: { order_id: 'o-1', revenue: '41,50', shipping: 'free' },
        traits: { plan: 'gold' },
      }),
      anonymousId: 'visit',
      originalTimestamp: at,
      context: { channel: 'app', traits: { email: 'ada@example.org', loyaltyCard: '77' }, device: { id: 'd' } },
    };
    const [good, held] = [await ingest.aSource({ key: 'browser' }), await ingest.aSource({ key: 'browser' })];
    await send(good, { batch: [event], sentAt });
    await pause(held, true);
    await send(held, { batch: [event], sentAt });
    await pause(held, false);
    const [row] = (await rejectedOf(held)).items;
    expect(await (await redriveOne(row!.id)).json()).toEqual({ verdict: 'accepted' });

    const activities = await ingest.until(
      (all) => all.filter(({ messageId }) => messageId === 'message-1').length === 2,
    );
    const [first, second] = [good, held].map(({ id }) => activities.find(({ source }) => source === id)!);
    const apart = { activityId: expect.any(String), source: held.id, timestamp: expect.any(String) };
    expect(second).toEqual({ ...first, ...apart, receivedAt: expect.any(String) });
    for (const { receivedAt, timestamp } of [first!, second!])
      expect(Date.parse(receivedAt) - Date.parse(timestamp)).toBe(60_000);
    expect((await rejectedOf(held)).items).toEqual([]);
  });

  test('is judged with the settings of its source: its country, and the categories of its consent platform', async () => {
    const source = await ingest.aSource({ country: 'IT' });
    await ingest.change(`PATCH /api/v1/sources/${source.id}`, { consentCategories: { C0004: ['offers'] } });
    await pause(source, true);
    const event = anEvent({
      messageId: `settings-${source.id}`,
      event: 'Segment Consent Preference Updated',
      context: { traits: { phone: '335 1234567' }, consent: { categoryPreferences: { C0004: true } } },
    });
    await send(source, { batch: [event] });
    await pause(source, false);
    expect(await redriveAll({ sourceId: source.id })).toMatchObject({ accepted: 1 });
    const [activity] = (await ingest.until((all) => all.some(({ messageId }) => messageId === event.messageId))).filter(
      ({ messageId }) => messageId === event.messageId,
    );
    expect(activity!.properties).toMatchObject({ offers: true });
    expect(activity!.identifiers).toContainEqual(expect.objectContaining({ kind: 'phone', value: '+393351234567' }));
  });

  test('stays rejected with the current reason if it is still invalid', async () => {
    const source = await ingest.aSource();
    await pause(source, true);
    await send(source, { batch: [anEvent({ event: undefined })] });
    await pause(source, false);
    const [row] = (await rejectedOf(source)).items;
    expect(row!.code).toBe('source-paused');
    expect(await (await redriveOne(row!.id)).json()).toMatchObject({ verdict: 'rejected', code: 'name-missing' });
    expect((await rejectedOf(source)).items).toEqual([expect.objectContaining({ id: row!.id, code: 'name-missing' })]);
  });

  test('without a message id has one effect, also if it is reprocessed several times', async () => {
    const source = await ingest.aSource();
    await pause(source, true);
    await send(source, { batch: [anEvent({ messageId: undefined, userId: 'nameless' })] });
    await pause(source, false);
    const [row] = (await rejectedOf(source)).items;
    // The state after a crash between the two effects.
    const [{ kept }] = await ingest.dataSource.query<[{ kept: object }]>(
      'select row_to_json(r) as kept from ingest.rejected r where id = $1',
      [row!.id],
    );
    await redriveOne(row!.id);
    await ingest.dataSource.query(
      'insert into ingest.rejected overriding system value select * from json_populate_record(null::ingest.rejected, $1)',
      [JSON.stringify(kept)],
    );
    expect(await (await redriveOne(row!.id)).json()).toEqual({ verdict: 'accepted' });
    const activities = await ingest.until((all) => all.some(({ source: id }) => id === source.id));
    expect(new Set(activities.filter(({ source: id }) => id === source.id).map((one) => one.activityId)).size).toBe(1);
  });

  test('that does not exist is 404, and an invalid id is 400', async () => {
    expect(await problemOf(await redriveOne('999999999'))).toMatchObject({ status: 404 });
    for (const id of ['x', '-1', '1.5', '9'.repeat(19)])
      expect(await problemOf(await redriveOne(id))).toMatchObject({ status: 400 });
  });
});

describe('all rejected events', () => {
  test('are reprocessed by source and code', async () => {
    const [one, other] = [await ingest.aSource(), await ingest.aSource()];
    for (const source of [one, other]) {
      await pause(source, true);
      await send(source, {
        batch: [anEvent({ messageId: `a-${source.id}` }), anEvent({ messageId: `b-${source.id}` })],
      });
      await pause(source, false);
      await send(source, { batch: [{ messageId: 'bad' }] });
    }
    expect(await redriveAll({ sourceId: one.id, code: 'source-paused' })).toEqual({
      accepted: 2,
      rejected: 0,
      next: null,
    });
    expect((await rejectedOf(one)).counts).toEqual([
      { source: one.name, sourceId: one.id, code: 'invalid-shape', count: 1 },
    ]);
    expect((await rejectedOf(other)).counts).toEqual([
      { source: other.name, sourceId: other.id, code: 'source-paused', count: 2 },
      { source: other.name, sourceId: other.id, code: 'invalid-shape', count: 1 },
    ]);
    expect((await rejectedOf(other, '&code=invalid-shape')).items).toHaveLength(1);
  });

  test('are reprocessed in steps of 10,000, and the response has the next id', async () => {
    const source = await ingest.aSource();
    await pause(source, true);
    const event = (number: number) => anEvent({ messageId: `bulk-${number}`, userId: `user-${number % 50}` });
    for (let from = 0; from < 10_500; from += 2_100)
      await send(source, { batch: Array.from({ length: 2_100 }, (_, index) => event(from + index)) });
    await pause(source, false);
    const first = (await redriveAll({ sourceId: source.id })) as { next: string };
    expect(first).toEqual({ accepted: 10_000, rejected: 0, next: expect.stringMatching(/^\d+$/) });
    const rest = await redriveAll({ sourceId: source.id, code: null, importId: null, after: first.next });
    expect(rest).toEqual({ accepted: 500, rejected: 0, next: null });
    const ids = (await ingest.until((all) => all.filter(({ source: id }) => id === source.id).length >= 10_500))
      .filter(({ source: id }) => id === source.id)
      .map(({ messageId }) => messageId);
    expect([ids.length, new Set(ids).size]).toEqual([10_500, 10_500]);
  });

  test.each([{ sourceId: 'shop' }, { code: 5 }, { after: '-1' }, { after: '9'.repeat(19) }, { colour: 'red' }])(
    'cannot be filtered by %j',
    async (filter) => {
      const response = await ingest.change('POST /api/v1/rejected/redrive', filter);
      expect(await problemOf(response)).toMatchObject({ status: 400, code: 'bad-request' });
    },
  );
});

describe('deleting rejected events', () => {
  const remove = (query: string) => ingest.change(`DELETE /api/v1/rejected${query}`);
  const removed = async (query: string) => (await (await remove(query)).json()) as object;

  test('by source and code deletes no others', async () => {
    const [one, other] = [await ingest.aSource(), await ingest.aSource()];
    for (const source of [one, other])
      await send(source, { batch: [{ messageId: 'shapeless' }, anEvent({ messageId: 'nameless', event: undefined })] });
    expect(await removed(`?sourceId=${one.id}&code=source-paused`)).toEqual({ removed: 0 });
    expect(await removed(`?sourceId=${one.id}&code=name-missing`)).toEqual({ removed: 1 });
    expect((await rejectedOf(one)).items.map(({ messageId }) => messageId)).toEqual(['shapeless']);
    expect(await removed(`?sourceId=${one.id}`)).toEqual({ removed: 1 });
    expect((await rejectedOf(one)).items).toEqual([]);
    expect((await rejectedOf(other)).items).toHaveLength(2);
  });

  test('by import deletes no others', async () => {
    const source = await ingest.aSource();
    const file = JSON.stringify({ type: 'track', messageId: 'in a file' });
    await ingest.post('/api/v1/imports?format=ndjson', file, basic(source.writeKey));
    await send(source, { batch: [{ messageId: 'alone' }] });
    const { items } = (await (await ingest.get('/api/v1/imports')).json()) as {
      items: { id: string; sourceId: string }[];
    };
    const { id } = items.find(({ sourceId }) => sourceId === source.id)!;
    expect(await removed(`?importId=${randomUUID()}`)).toEqual({ removed: 0 });
    expect(await removed(`?importId=${id}`)).toEqual({ removed: 1 });
    expect((await rejectedOf(source)).items.map(({ messageId }) => messageId)).toEqual(['alone']);
  });

  test.each(['', '?sourceId=shop', '?code=', '?code=A', '?importId=1', '?colour=red', '?limit=5'])(
    'is refused for the query %j',
    async (query) => {
      expect(await problemOf(await remove(query))).toMatchObject({ status: 400 });
    },
  );
});

test('rejected events are deleted after their retention time', async () => {
  const source = await ingest.aSource();
  await send(source, { batch: [{ messageId: 'old' }, { messageId: 'young' }] });
  const age = async (messageId: string, interval: string) =>
    ingest.dataSource.query('update ingest.rejected set received_at = now() - $1::interval where message_id = $2', [
      interval,
      messageId,
    ]);
  await age('old', '30 days 1 minute');
  await age('young', '29 days 23 hours');
  const again = await startIngest(ingest.databaseUrl);
  try {
    expect((await rejectedOf(source)).items.map(({ messageId }) => messageId)).toEqual(['young']);
  } finally {
    await again.stop();
  }
});
