import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import {
  type ActivityReceived,
  type ErasureDone,
  type ErasureRequested,
  idReused,
  open,
  seal,
  topics,
} from '@sestante/contracts';
import type { Identifier } from '@sestante/identity';
import { postgresStream, type Stream } from '@sestante/streaming';
import { collect, eventually } from '@sestante/streaming/testing';
import { randomUUID } from 'node:crypto';
import { anEvent } from '../builders.ts';
import { basic, type Ingest, startIngest } from '../driver.ts';

jest.setTimeout(30_000);

let ingest: Ingest;
let stream: Stream;
const results = collect();
beforeAll(async () => {
  ingest = await startIngest();
  stream = postgresStream({ dataSource: ingest.dataSource });
  await stream.subscribe({ topic: topics.erasureResults.name, group: 'witness', handler: results.handler });
});
afterAll(async () => {
  await stream.close();
  await ingest.stop();
});

const aMinuteAgo = () => new Date(Date.now() - 60_000).toISOString();
const send = async (...batch: object[]) => {
  const response = await ingest.post('/v1/batch', JSON.stringify({ batch }));
  expect(response.status).toBe(200);
};
/** An event without a name is rejected. */
const rejected = (userId: string, over: object = {}) =>
  anEvent({ messageId: randomUUID(), userId, event: undefined, timestamp: aMinuteAgo(), ...over });
/** A product view without a product is accepted, and kept as an example. */
const incomplete = (userId: string) =>
  anEvent({ messageId: randomUUID(), userId, event: 'Product Viewed', properties: {}, timestamp: aMinuteAgo() });
const count = async (table: string, name: string) =>
  (
    await ingest.dataSource.query<unknown[]>(`select from ingest.${table} where encode(body, 'escape') like $1`, [
      `%${name}%`,
    ])
  ).length;

const untilWaiting = (sessions: number) =>
  eventually(async () => {
    const waiting = await ingest.dataSource.query<unknown[]>(
      `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    expect(waiting.length).toBeGreaterThanOrEqual(sessions);
  });

/** Publishes an erasure, and resolves to what the service says about it. */
async function erase(identifiers: readonly Identifier[], over: Partial<ErasureRequested> = {}): Promise<ErasureDone> {
  const data: ErasureRequested = {
    ...{ erasureId: randomUUID(), part: 0, parts: 1, erasedAt: new Date().toISOString() },
    identifiers: [...identifiers],
    members: [randomUUID()],
    ...over,
  };
  const before = results.deliveries.length;
  await stream.publish(topics.erasures.name, [
    seal(topics.erasures, { event: 'ErasureRequested', id: data.erasureId, key: data.erasureId, data }),
  ]);
  await results.until((all) => all.length > before);
  return open(topics.erasureResults, results.deliveries.at(-1)!).data;
}
const user = (value: string): Identifier => ({ kind: 'user_id', value });

/** An activity of a minute ago, in the form in which later services refuse it. */
function anActivity(over: Partial<ActivityReceived>): ActivityReceived {
  const { example } = topics.activities.events.ActivityReceived;
  const at = aMinuteAgo();
  return { ...example, activityId: randomUUID(), messageId: randomUUID(), timestamp: at, receivedAt: at, ...over };
}
/** Publishes the refusal of an activity. */
const refuse = (activity: ActivityReceived) =>
  stream.publish(topics.refusals.name, [
    seal(topics.refusals, {
      ...{ event: 'ActivityRefused', id: activity.activityId, key: activity.source },
      data: { ...idReused, activity },
    }),
  ]);

describe('the erasure of a person', () => {
  test('deletes rejected and incomplete events with one of the identifiers, and no others', async () => {
    await send(
      rejected('ada-of-erasure'),
      rejected('bea-of-erasure'),
      incomplete('ada-of-erasure'),
      incomplete('bea-of-erasure'),
    );
    await send(rejected('17'), rejected('175'));
    await eventually(async () => expect(await count('incomplete', 'bea-of-erasure')).toBe(1));
    const erasureId = randomUUID();
    const done = await erase([user('ada-of-erasure'), user('17')], { erasureId });
    expect(done).toMatchObject({
      ...{ erasureId, service: 'ingest', part: 0 },
      removed: [
        { what: 'rejected events', count: 2 },
        { what: 'incomplete events', count: 1 },
        { what: 'dead letters', count: 0 },
      ],
    });
    for (const table of ['rejected', 'incomplete']) {
      expect(await count(table, 'ada-of-erasure')).toBe(0);
      expect(await count(table, 'bea-of-erasure')).toBe(1);
    }
    expect(await count('rejected', '"175"')).toBe(1);
  });

  test.each<[string, Partial<ActivityReceived>]>([
    ['account', { identifiers: [user('iris-of-erasure')] }],
    ['card', { identifiers: [{ kind: 'loyalty_card', value: '4000000017' }] }],
    ['browser', { identifiers: [{ kind: 'anonymous_id', value: 'browser-of-iris' }] }],
    ['token', { identifiers: [{ kind: 'anonymous_id', value: 'browser-of-nobody' }], tokenOf: randomUUID() }],
  ])('deletes activities that a later service refused, and stores none again, found by their %s', async (_, over) => {
    const { id } = await ingest.aSource();
    const { identifiers, tokenOf } = anActivity(over);
    const [first, second] = [anActivity({ ...over, source: id }), anActivity({ ...over, source: id })];
    await refuse(first);
    await eventually(async () => expect(await count('rejected', first.messageId)).toBe(1));
    const whose = tokenOf === undefined ? identifiers : [user('nobody-of-erasure')];
    const { removed } = await erase(whose, tokenOf === undefined ? {} : { members: [randomUUID(), tokenOf] });
    expect(removed[0]).toEqual({ what: 'rejected events', count: 1 });
    const other = anActivity({ identifiers: [user('jane-of-erasure')], source: id });
    await refuse(second);
    await refuse(other);
    await eventually(async () => expect(await count('rejected', other.messageId)).toBe(1));
    expect(await count('rejected', second.messageId)).toBe(0);
  });

  test('waits for an event that is being stored, and deletes it', async () => {
    const { id, writeKey } = await ingest.aSource();
    const runner = ingest.dataSource.createQueryRunner();
    await runner.startTransaction();
    await runner.query(`select pg_advisory_xact_lock(hashtext('ingest.rejected'), hashtext($1))`, [id]);
    // The event has passed the look-up of erased persons, and waits for the others of its source.
    const batch = JSON.stringify({ batch: [rejected('kate-of-erasure')] });
    const sending = ingest.post('/v1/batch', batch, basic(writeKey));
    await untilWaiting(1);
    const erasing = erase([user('kate-of-erasure')]);
    await Promise.race([erasing, untilWaiting(2)]);
    await runner.commitTransaction();
    await runner.release();
    expect((await sending).status).toBe(200);
    await erasing;
    expect(await count('rejected', 'kate-of-erasure')).toBe(0);
  });

  test('that is read again says the same', async () => {
    await send(rejected('cleo-of-erasure'));
    const erasureId = randomUUID();
    const { removed } = await erase([user('cleo-of-erasure')], { erasureId });
    expect((await erase([user('cleo-of-erasure')], { erasureId })).removed).toEqual(removed);
  });

  test('deletes unreadable lines that contain a long value, and none that contain a short one', async () => {
    const { id } = await ingest.aSource();
    const lines = ['"dora@example.org;12', '"12345;900'].join('\n');
    for (const line of lines.split('\n'))
      await ingest.dataSource.query(
        `insert into ingest.rejected (source_id, received_at, key_kind, format, code, reason, body, persons)
         values ($1, now(), 'secret', 'line', 'line-unreadable', 'a quote is not closed', $2, '{}')`,
        [id, Buffer.from(line)],
      );
    await erase([
      { kind: 'email', value: 'dora@example.org' },
      { kind: 'loyalty_card', value: '900' },
    ]);
    expect(await count('rejected', 'dora@example.org')).toBe(0);
    expect(await count('rejected', '12345;900')).toBe(1);
  });
});

describe('an event of an erased person that is sent later', () => {
  test.each([
    ['that happened before', { timestamp: aMinuteAgo() }, 0],
    ['that says no time', { timestamp: undefined }, 0],
    ['that happened later', { timestamp: new Date(Date.now() + 60_000).toISOString() }, 1],
  ])('%s is stored this often: %#', async (what, over, expected) => {
    const name = `emma ${what}`.replaceAll(' ', '-');
    await erase([user(name)]);
    await send(rejected(name, over));
    expect(await count('rejected', name)).toBe(expected);
  });

  test('is still counted as incomplete, without being kept', async () => {
    await erase([user('fay-of-erasure')]);
    await send(incomplete('fay-of-erasure'), incomplete('gina-of-erasure'));
    await eventually(async () => expect(await count('incomplete', 'gina-of-erasure')).toBe(1));
    expect(await count('incomplete', 'fay-of-erasure')).toBe(0);
  });

  test('leaves no identifier in the tables of the service', async () => {
    await erase([user('hanna-of-erasure')]);
    const rows = await ingest.dataSource.query<{ hash: Buffer }[]>('select hash from ingest.erased_identifier');
    expect(rows.every(({ hash }) => hash.length === 32)).toBe(true);
    for (const table of ['erasure', 'erased_identifier', 'erasure_key'])
      expect(
        await ingest.dataSource.query(`select from ingest.${table} t where t::text like '%hanna-of-erasure%'`),
      ).toEqual([]);
  });
});
