import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { foreignTopics } from '@sestante/contracts';
import { postgresStream, type Stream } from '@sestante/streaming';
import { eventually } from '@sestante/streaming/testing';
import { CloudEvent, HTTP, Kafka, type Message } from 'cloudevents';
import { randomUUID } from 'node:crypto';
import { basic, type Ingest, problemOf, startIngest, writeKey } from '../driver.ts';

jest.setTimeout(30_000);

let ingest: Ingest;
let stream: Stream;
beforeAll(async () => {
  ingest = await startIngest();
  stream = postgresStream({ dataSource: ingest.dataSource });
});
afterAll(async () => {
  await stream.close();
  await ingest.stop();
});

const path = '/api/v1/cloudevents';

/** An order, created with the CloudEvents SDK. */
function anOrder(over: object = {}): CloudEvent<object> {
  const data = { userId: 'ada', order_id: randomUUID(), city: 'Größe' };
  return new CloudEvent({ type: 'com.shop.order.completed', source: '/erp', id: randomUUID(), data, ...over });
}
const idOf = ({ source, id }: CloudEvent<object>) => `${source}#${id}`;
const send = ({ headers, body }: Message, key = basic(writeKey)) =>
  ingest.post(path, body as string, { ...(headers as Record<string, string>), ...key });

/** The activities of the CloudEvents. */
async function activitiesOf(...events: CloudEvent<object>[]) {
  const ids = events.map(idOf);
  const all = await ingest.until((found) => ids.every((id) => found.some(({ messageId }) => messageId === id)));
  return ids.map((id) => all.filter(({ messageId }) => messageId === id));
}
const rejected = async () => {
  const response = await ingest.get('/api/v1/rejected?limit=500');
  return ((await response.json()) as { items: { messageId: string; code: string; body: string; source: string }[] })
    .items;
};

describe('a CloudEvent over HTTP, from the CloudEvents SDK', () => {
  test.each(['binary', 'structured'] as const)('in %s mode is an activity', async (mode) => {
    const event = anOrder({ subject: 'loyalty_card:Größe 7', channel: 'till' });
    const response = await send(HTTP[mode](event));
    expect([response.status, await response.json()]).toEqual([200, { success: true }]);
    const [[activity]] = (await activitiesOf(event)) as [[object]];
    expect(activity).toMatchObject({
      name: 'order.completed',
      channel: 'store',
      identifiers: [
        { kind: 'user_id', value: 'ada' },
        { kind: 'loyalty_card', value: 'Größe 7' },
      ],
      timestamp: event.time,
      properties: { city: 'Größe' },
    });
  });

  test('in batched mode is judged separately', async () => {
    const [good, other] = [anOrder(), anOrder()];
    const bad = { ...anOrder().toJSON(), id: undefined };
    const response = await ingest.post(path, JSON.stringify([good, bad, 5, other]), {
      ...basic(writeKey),
      'content-type': 'application/cloudevents-batch+json; charset=utf-8',
    });
    expect([response.status, await response.json()]).toEqual([
      200,
      {
        success: true,
        rejected: [
          { index: 1, code: 'cloudevent-invalid', reason: expect.stringMatching(/^id/) },
          { index: 2, code: 'cloudevent-invalid', reason: expect.any(String) },
        ],
      },
    ]);
    expect((await activitiesOf(good, other)).map(({ length }) => length)).toEqual([1, 1]);
  });

  test('in structured mode may repeat its attributes as headers', async () => {
    const event = anOrder();
    const { headers, body } = HTTP.structured(event);
    await send({ headers: { ...headers, 'ce-id': 'another', 'ce-specversion': '1.0' }, body });
    expect(await activitiesOf(event)).toEqual([[expect.objectContaining({ name: 'order.completed' })]]);
  });

  test('is accepted with the key as Bearer, and rejected without a key', async () => {
    const bearer = { authorization: `Bearer ${writeKey}` };
    expect((await send(HTTP.binary(anOrder()), bearer)).status).toBe(200);
    const without = await send(HTTP.binary(anOrder()), {} as never);
    expect(await problemOf(without)).toMatchObject({ status: 401, code: 'key-missing' });
  });

  test('is rejected if it is missing, not JSON, or in a batch that is too long', async () => {
    expect(await problemOf(await ingest.post(path, ''))).toMatchObject({ status: 400, code: 'event-missing' });
    expect(await problemOf(await ingest.post(path, '{'))).toMatchObject({ status: 400, code: 'not-json' });
    const many = (count: number) => ingest.post(path, JSON.stringify(Array<number>(count).fill(1)));
    expect([(await many(4_999)).status, (await many(5_000)).status]).toEqual([200, 200]);
    expect(await problemOf(await many(5_001))).toMatchObject({ status: 413, code: 'batch-too-long' });
  });

  test('that is rejected can be reprocessed', async () => {
    const bad = { ...anOrder().toJSON(), id: 'of a bad type', type: '...' };
    await send({ headers: { 'content-type': 'application/cloudevents+json' }, body: JSON.stringify(bad) });
    const row = (await rejected()).find(({ messageId }) => messageId === `/erp#${String(bad.id)}`)!;
    expect([row.code, JSON.parse(row.body)]).toEqual(['name-missing', bad]);
  });
});

describe('a CloudEvent on the inbound topic', () => {
  const publish = (...messages: { key?: string; value: unknown; headers: unknown }[]) =>
    stream.publish(
      foreignTopics.inbound.name,
      messages.map(({ key, value, headers }) => ({
        key: key ?? 'any',
        value: typeof value === 'string' ? value : (JSON.stringify(value) ?? ''),
        headers: headers as Record<string, string>,
      })),
    );
  const asKafka = (event: CloudEvent<object>, mode: 'binary' | 'structured') => {
    const { value, headers } = Kafka[mode](event);
    return { value: value as unknown, headers };
  };

  test.each(['binary', 'structured'] as const)('in %s mode is an activity of the source `inbound`', async (mode) => {
    const event = anOrder();
    await publish(asKafka(event, mode));
    expect(await activitiesOf(event)).toMatchObject([[{ name: 'order.completed', channel: 'service' }]]);
  });

  test('in batched mode is judged separately', async () => {
    const [good, other] = [anOrder(), anOrder()];
    const headers = { 'content-type': 'application/cloudevents-batch+json' };
    await publish({ value: [good, { id: 'of a batch' }, other], headers });
    expect((await activitiesOf(good, other)).map(({ length }) => length)).toEqual([1, 1]);
    await eventually(async () => expect((await rejected()).map(({ messageId }) => messageId)).toContain('of a batch'));
  });

  test('that is invalid is stored as rejected, without blocking others', async () => {
    const event = anOrder();
    await publish(
      { value: 'no JSON, but a text', headers: {} },
      { value: '', headers: { ce_id: 'binary, without the rest' } },
      { value: '', headers: {} },
      { value: null, headers: {} },
      asKafka(event, 'binary'),
    );
    await activitiesOf(event);
    await eventually(async () => {
      const bodies = (await rejected()).filter(({ source }) => source === 'inbound').map(({ body }) => body);
      expect(bodies).toEqual(
        expect.arrayContaining(['"no JSON, but a text"', '{"id":"binary, without the rest"}', 'null']),
      );
    });
  });

  test('that is delivered again is stored once', async () => {
    const event = anOrder();
    await publish({ value: { id: 'kept once' }, headers: {} }, asKafka(event, 'structured'));
    await activitiesOf(event);
    await ingest.dataSource.query('update stream.group_position set committed = 0 where topic = $1', [
      foreignTopics.inbound.name,
    ]);
    const after = anOrder();
    await publish(asKafka(after, 'structured'));
    await activitiesOf(after);
    expect((await rejected()).filter(({ messageId }) => messageId === 'kept once')).toHaveLength(1);
    expect((await activitiesOf(event))[0]).toHaveLength(1);
  });

  test('that is a dead letter and is driven again is known by the place where it stood first', async () => {
    const sql = (text: string) => ingest.dataSource.query<{ place: string }[]>(text);
    const letters = async () => {
      const response = await ingest.get('/api/v1/dead-letters?group=ingest');
      return ((await response.json()) as { items: { id: string; partition: number; offset: number }[] }).items;
    };
    await sql(`alter table ingest.rejected add constraint fault check (message_id <> 'cursed') not valid`);
    await publish({ value: { id: 'cursed' }, headers: {} });
    const [letter] = await eventually(async () => {
      const found = await letters();
      expect(found).toHaveLength(1);
      return found;
    });
    await sql('alter table ingest.rejected drop constraint fault');
    await ingest.change(`POST /api/v1/dead-letters/${letter!.id}/redrive`);
    await eventually(async () => expect(await letters()).toEqual([]));
    expect(await sql(`select place from ingest.rejected where message_id = 'cursed'`)).toEqual([
      { place: `${foreignTopics.inbound.name}/${letter!.partition}/${letter!.offset}/0` },
    ]);
  });
});
