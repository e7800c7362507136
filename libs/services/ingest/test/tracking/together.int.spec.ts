import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { topics } from '@sestante/contracts';
import { eventually } from '@sestante/streaming/testing';
import { anEvent } from '../builders.ts';
import { type Ingest, startIngest } from '../driver.ts';

jest.setTimeout(30_000);

let ingest: Ingest;
beforeAll(async () => {
  ingest = await startIngest();
});
afterAll(() => ingest.stop());

const count = async (sql: string) => {
  const [row] = await ingest.dataSource.query<{ count: number }[]>(sql);
  return row!.count;
};

describe('concurrent requests', () => {
  test('are written together while another write is in progress, with a response for each', async () => {
    const lock = ingest.dataSource.createQueryRunner();
    await lock.startTransaction();
    await lock.query('select from stream.topic_partition for update');
    const send = (name: string) =>
      ingest.post(
        '/v1/batch',
        JSON.stringify({ batch: [anEvent({ messageId: name }), { messageId: `${name}, bad` }] }),
      );

    const first = send('first');
    await eventually(async () =>
      expect(
        await count(
          `select count(*)::int from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`,
        ),
      ).toBe(1),
    );
    const others = ['second', 'third', 'fourth'].map(send);
    await eventually(async () =>
      expect(await (await fetch(`${ingest.url}/metrics`)).text()).toMatch(/^sestante_pending_events 8$/m),
    );
    await lock.commitTransaction();
    await lock.release();

    const answers = await Promise.all([first, ...others].map(async (response) => (await response).json()));
    expect(answers.map((answer) => (answer as { rejected: { messageId: string }[] }).rejected[0]!.messageId)).toEqual([
      'first, bad',
      'second, bad',
      'third, bad',
      'fourth, bad',
    ]);
    const batches = await ingest.dataSource.query<{ count: number }[]>(
      'select count from stream.record_batch where topic = $1 order by first_offset',
      [topics.activities.name],
    );
    expect(batches.map(({ count }) => count)).toEqual([1, 3]);
    const activities = await ingest.until((all) => all.length === 4);
    expect(activities.map(({ messageId }) => messageId).sort()).toEqual(['first', 'fourth', 'second', 'third']);
  });

  test('all have a response, in any number', async () => {
    const ids = Array.from({ length: 100 }, (_, number) => `request-${number}`);
    const answers = await Promise.all(
      ids.map((messageId, number) =>
        ingest.post('/v1/track', JSON.stringify(anEvent({ messageId, userId: `user-${number % 7}` }))),
      ),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    const activities = await ingest.until((all) => all.length >= 104);
    expect(activities.filter(({ messageId }) => ids.includes(messageId))).toHaveLength(100);
  });
});
