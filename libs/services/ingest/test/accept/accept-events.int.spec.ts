import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { anotherEvent } from '../builders.ts';
import { basic, type Ingest, type MadeSource, problemOf, startIngest } from '../driver.ts';

jest.setTimeout(30_000);

let ingest: Ingest;
beforeAll(async () => {
  ingest = await startIngest();
});
afterAll(() => ingest.stop());

const send = (key: string, ...batch: object[]) => ingest.post('/v1/batch', JSON.stringify({ batch }), basic(key));

describe('an event that is sent again', () => {
  /** The number of its messages in the stream, after a later event. */
  async function timesIn({ writeKey }: MadeSource, messageId: string): Promise<number> {
    const last = anotherEvent();
    await send(writeKey, last);
    const activities = await ingest.until((all) => all.some((one) => one.messageId === last['messageId']));
    return activities.filter((one) => one.messageId === messageId).length;
  }

  test('has the same response, and is not published again', async () => {
    const source = await ingest.aSource();
    const event = anotherEvent({ messageId: 'again' });
    for (let attempt = 0; attempt < 3; attempt++)
      expect(await (await send(source.writeKey, event)).json()).toEqual({ success: true });
    expect(await timesIn(source, 'again')).toBe(1);
  });

  test('within one batch is published once', async () => {
    const source = await ingest.aSource();
    const event = anotherEvent({ messageId: 'twice' });
    expect(await (await send(source.writeKey, event, event)).json()).toEqual({ success: true });
    expect(await timesIn(source, 'twice')).toBe(1);
  });

  test('from another source is another event', async () => {
    const [one, other] = [await ingest.aSource(), await ingest.aSource()];
    for (const { writeKey } of [one, other]) await send(writeKey, anotherEvent({ messageId: 'both' }));
    expect(await timesIn(other, 'both')).toBe(2);
  });

  test('is counted as repeated', async () => {
    const { name, writeKey } = await ingest.aSource();
    const event = anotherEvent();
    await send(writeKey, event);
    await send(writeKey, event, { messageId: 'bad' });
    const metrics = await (await fetch(`${ingest.url}/metrics`)).text();
    for (const verdict of ['accepted', 'repeated', 'rejected'])
      expect(metrics).toContain(`sestante_events_total{source="${name}",verdict="${verdict}"} 1`);
    expect(metrics).toMatch(/^sestante_pending_events 0$/m);
  });
});

describe('events that are received together', () => {
  test('have sequence numbers, to order two consents of the same instant', async () => {
    const { id, writeKey } = await ingest.aSource();
    const events = ['York', 'Bari', 'Rome'].map((city) => anotherEvent({ type: 'identify', traits: { city } }));
    await send(writeKey, ...events);
    const activities = await ingest.until((all) => all.filter(({ source }) => source === id).length === events.length);
    const placed = activities
      .filter(({ source }) => source === id)
      .map(({ traits, sequence = 0 }) => [traits['city'], sequence]);
    expect(placed.sort()).toEqual([
      ['Bari', 1],
      ['Rome', 2],
      ['York', 0],
    ]);
  });
});

describe('a paused source', () => {
  test('loses no events: they are stored, and can be reprocessed when it is resumed', async () => {
    const { id, writeKey } = await ingest.aSource();
    await ingest.change(`PATCH /api/v1/sources/${id}`, { isPaused: true });
    const event = anotherEvent({ messageId: 'while paused' });
    expect(await (await send(writeKey, event)).json()).toEqual({
      success: true,
      rejected: [{ index: 0, messageId: 'while paused', code: 'source-paused', reason: 'the source is paused' }],
    });
    const redrive = async () =>
      (await ingest.change('POST /api/v1/rejected/redrive', { sourceId: id, code: 'source-paused' })).json();
    expect(await redrive()).toEqual({ accepted: 0, rejected: 1, next: null });
    await ingest.change(`PATCH /api/v1/sources/${id}`, { isPaused: false });
    expect(await redrive()).toEqual({ accepted: 1, rejected: 0, next: null });
    await ingest.until((all) => all.some((one) => one.messageId === 'while paused'));
  });
});

describe('a source that exceeds its rate limit', () => {
  test('is rejected with a delay, and nothing is stored', async () => {
    const { writeKey, id } = await ingest.aSource({ eventsPerSecond: 2 });
    expect((await send(writeKey, anotherEvent(), anotherEvent(), anotherEvent(), { messageId: 'bad' })).status).toBe(
      200,
    );
    const response = await send(writeKey, anotherEvent(), { messageId: 'worse' });
    expect(response.headers.get('retry-after')).toMatch(/^[12]$/);
    expect(await problemOf(response)).toMatchObject({ status: 429, code: 'rate-limited' });
    const [{ count }] = await ingest.dataSource.query<[{ count: number }]>(
      'select count(*)::int as count from ingest.rejected where source_id = $1',
      [id],
    );
    expect(count).toBe(1);
  });
});

test('a submission that cannot be published is not stored at all, so that the sender retries it', async () => {
  const { writeKey, id } = await ingest.aSource();
  const batch = [anotherEvent(), { messageId: 'bad' }];
  await ingest.dataSource.query('alter table stream.topic_partition rename to away');
  try {
    const response = await send(writeKey, ...batch);
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '2']);
  } finally {
    await ingest.dataSource.query('alter table stream.away rename to topic_partition');
  }
  expect((await send(writeKey, ...batch)).status).toBe(200);
  const stored = await ingest.dataSource.query('select message_id from ingest.rejected where source_id = $1', [id]);
  expect(stored).toEqual([{ message_id: 'bad' }]);
  const activities = await ingest.until((all) => all.some((one) => one.messageId === batch[0]!['messageId']));
  expect(activities.filter(({ source }) => source === id)).toHaveLength(1);
});
