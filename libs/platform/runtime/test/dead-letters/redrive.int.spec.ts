import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { eventually } from '@sestante/streaming/testing';
import { type ServiceUnderTest, startService } from '../../src/testing/index.ts';
import { bearer, start } from '../driver.ts';
import { acted, BothReaders, faults, type Letter, OffersReader, path, topic, used, usedBy } from './readers.ts';

jest.setTimeout(60_000);

let service: ServiceUnderTest;
beforeAll(async () => {
  service = await startService(BothReaders);
});
afterAll(() => service.dispose());
beforeEach(async () => {
  faults.clear();
  used.length = 0;
  await service.query('delete from letters.dead_letter');
});

const letters = async (query = '') => (await service.get(`${path}${query}`)).body.items as Letter[];
const redriveOne = (id: string) => service.change(`POST ${path}/${id}/redrive`);
const redriveAll = async (filter: object) => service.change(`POST ${path}/redrive`, filter);
const untilNoneIsOnItsWay = () =>
  eventually(async () => expect((await letters('?limit=500')).filter(({ redrivenAt }) => redrivenAt)).toEqual([]));
/** Publishes `count` activities that scoring cannot handle and offers can. */
const dead = async (count: number, name = 'a.curse') => {
  faults.set(`scoring ${name}`, 'no such element');
  const ids = Array.from({ length: count }, (_, index) => `${name}-${index}`);
  await service.handled(
    topic,
    ids.map((id) => acted(id, { name })),
  );
  return ids;
};

describe('a redriven dead letter', () => {
  test('is handled once by its group and removed; other groups do not get it again', async () => {
    const [id] = await dead(1);
    const [letter] = await letters();
    faults.clear();
    expect(await redriveOne(letter!.id)).toEqual({ status: 204, body: undefined });
    await eventually(async () => expect(await letters()).toEqual([]));
    await service.handled(topic, [acted('afterwards')]);
    expect(usedBy('scoring')).toEqual([id, 'afterwards']);
    expect(usedBy('offers')).toEqual([id, 'afterwards']);
  });

  test('that fails again keeps its id and origin, with the new reason and one more attempt', async () => {
    await dead(1);
    const [before] = await letters();
    for (const [attempts, reason] of [
      [2, 'still no such element'],
      [3, 'not today'],
    ] as const) {
      faults.set('scoring a.curse', reason);
      await redriveOne(before!.id);
      await untilNoneIsOnItsWay();
      expect(await letters()).toEqual([{ ...before, attempts, reason, failedAt: expect.any(String) }]);
    }
  });

  test('may be redriven twice, because handlers are idempotent', async () => {
    const [id] = await dead(1);
    const [letter] = await letters();
    await Promise.all([redriveOne(letter!.id), redriveOne(letter!.id)]);
    await untilNoneIsOnItsWay();
    expect(await letters()).toMatchObject([{ id: letter!.id }]);
    faults.clear();
    await redriveOne(letter!.id);
    await eventually(async () => expect(await letters()).toEqual([]));
    expect(usedBy('scoring')).toContain(id);
  });

  test('that was removed meanwhile is stored again with its original position if it fails again', async () => {
    faults.set('scoring a.curse', 'no such element');
    const message = acted('removed', { name: 'a.curse' });
    const headers = { redrive_group: 'scoring', redrive_partition: '3', redrive_offset: '77' };
    await service.handled(topic, [{ ...message, headers: { ...message.headers, ...headers } }]);
    expect(await letters()).toMatchObject([{ partition: 3, offset: 77, attempts: 1, headers: message.headers }]);
    expect(usedBy('offers')).toEqual([]);
  });

  test('is locked until the redrive is committed, and a faster handler waits', async () => {
    await dead(1);
    const [letter] = await letters();
    faults.clear();
    await service.query(
      `create function letters.slowly() returns trigger language plpgsql as
       'begin if new.redriven_at is not null then perform pg_sleep(0.3); end if; return new; end'`,
    );
    await service.query(
      'create trigger slowly before update on letters.dead_letter for each row execute function letters.slowly()',
    );
    await redriveOne(letter!.id);
    await service.query('drop function letters.slowly() cascade');
    await eventually(async () => expect(await letters()).toEqual([]));
  });

  test.each([
    [1_048_575, 204],
    [1_048_576, 204],
    [1_048_577, 409],
  ])('has at most 1 MiB: of %d bytes it is answered %d', async (bytes, status) => {
    await dead(1);
    const [letter] = await letters();
    await service.query('update letters.dead_letter set value = $1', [Buffer.alloc(bytes, 'x')]);
    const { status: answered, body } = await redriveOne(letter!.id);
    expect(answered).toBe(status);
    if (status === 409) expect(body.code).toBe('dead-letter-too-large');
    expect((await redriveAll({})).body).toEqual({ redriven: 0, next: null });
    await untilNoneIsOnItsWay();
  });
});

describe('dead letters in bulk', () => {
  test('are redriven by group, topic and reason, oldest first', async () => {
    const ids = await dead(3);
    await dead(2, 'b.curse');
    faults.set('offers b.curse', 'no such offer');
    await service.handled(topic, [acted('for both', { name: 'b.curse' })]);
    expect((await redriveAll({ group: 'profile' })).body).toEqual({ redriven: 0, next: null });
    expect((await redriveAll({ topic: 'engagement.scores.v1' })).body).toEqual({ redriven: 0, next: null });
    expect((await redriveAll({ group: 'offers', reason: 'such element' })).body).toEqual({ redriven: 0, next: null });
    faults.delete('scoring a.curse');
    expect((await redriveAll({ group: 'scoring' })).body).toEqual({ redriven: 6, next: null });
    await untilNoneIsOnItsWay();
    expect(usedBy('scoring').toSorted()).toEqual(ids);
    expect((await letters()).map(({ group, attempts }) => [group, attempts])).toEqual(
      expect.arrayContaining([
        ['offers', 1],
        ['scoring', 2],
        ['scoring', 2],
        ['scoring', 2],
      ]),
    );
  });

  test('are redriven by their ids, those of one key in order', async () => {
    faults.set('scoring a.curse', 'no such element');
    const messages = [0, 1, 2, 3].map((index) => ({ ...acted(`in-order-${index}`, { name: 'a.curse' }), key: 'one' }));
    await service.handled(topic, messages);
    const [, ...meant] = (await letters()).map(({ id }) => id).toReversed();
    faults.clear();
    expect((await redriveAll({ ids: meant.toReversed() })).body).toEqual({ redriven: 3, next: null });
    await eventually(async () => expect(await letters()).toHaveLength(1));
    expect(usedBy('scoring')).toEqual(['in-order-1', 'in-order-2', 'in-order-3']);
  });

  test('are redriven 10,000 at a time, and the response has the next position', async () => {
    await service.query(
      `insert into letters.dead_letter (group_name, topic, partition, position, key, headers, value, reason)
       select 'scoring', $1, 900 + n % 4, n, convert_to('key-' || n % 50, 'UTF8'), '{}', '\\x7b', 'no such element'
         from generate_series(1, 10049) n`,
      [topic],
    );
    const { body: first } = await redriveAll({ reason: 'element' });
    expect(first).toEqual({ redriven: 10_000, next: expect.stringMatching(/^\d+$/) });
    expect((await redriveAll({ after: first.next })).body).toEqual({ redriven: 49, next: null });
  });

  test.each([
    { ids: ['x'] },
    { ids: '1' },
    { group: 5 },
    { reason: '' },
    { after: '-1' },
    { after: '9'.repeat(19) },
    { colour: 'red' },
  ])('cannot be redriven by %j', async (filter) => {
    expect(await redriveAll(filter)).toMatchObject({ status: 400, body: { code: 'bad-request' } });
  });

  test.each([
    [0, 400],
    [1, 200],
    [499, 200],
    [500, 200],
    [501, 400],
  ])('by %d ids are answered %d', async (count, status) => {
    const ids = Array.from({ length: count }, (_, index) => String(index));
    expect(await redriveAll({ ids })).toMatchObject({ status });
  });
});

test('a process lists, redrives and removes only dead letters of its own services', async () => {
  await dead(1);
  faults.set('offers b.curse', 'no such offer');
  await service.handled(topic, [acted('for offers', { name: 'b.curse' })]);
  const other = await start(service.databaseUrl, OffersReader);
  try {
    await other.ready;
    // Each process has its own configured key.
    const ask = (route: string) => {
      const [method, address] = route.split(' ');
      return fetch(`${other.url}${address}`, { method: method!, headers: bearer('api-key-of-the-tests') });
    };
    const { items, counts } = (await (await ask(`GET ${path}`)).json()) as { items: Letter[]; counts: object[] };
    expect([items.map(({ group }) => group), counts]).toEqual([['offers'], [{ group: 'offers', topic, count: 1 }]]);
    const [foreign] = await letters('?group=scoring');
    for (const route of [
      `GET ${path}/${foreign!.id}`,
      `DELETE ${path}/${foreign!.id}`,
      `POST ${path}/${foreign!.id}/redrive`,
    ])
      expect((await ask(route)).status).toBe(404);
    faults.clear();
    expect((await ask(`POST ${path}/${items[0]!.id}/redrive`)).status).toBe(204);
    await eventually(async () => expect((await letters()).map(({ group }) => group)).toEqual(['scoring']));
  } finally {
    await other.stop();
  }
});
