import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { eventually } from '@sestante/streaming/testing';
import { type ServiceUnderTest, startService } from '../../src/testing/index.ts';
import { start } from '../driver.ts';
import { acted, BothReaders, faults, type Letter, path, topic, used } from './readers.ts';

jest.setTimeout(30_000);

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

const page = async (query = '') =>
  (await service.get(`${path}${query}`)).body as { items: Letter[]; next: string | null; counts: object[] };
const idsOf = async (query = '') => (await page(query)).items.map(({ id }) => id);
/** Publishes `count` activities that a group cannot handle and that become dead letters. */
const dead = async (count: number, { group = 'scoring', reason = 'no such element', name = 'a.curse' } = {}) => {
  faults.set(`${group} ${name}`, reason);
  const messages = Array.from({ length: count }, (_, index) => acted(`${group}-${name}-${index}`, { name }));
  await service.handled(topic, messages);
  return messages;
};

describe('dead letters', () => {
  test('are listed with their origin and reason, newest first', async () => {
    const messages = await dead(2);
    const { items, next, counts } = await page();
    expect(items).toHaveLength(2);
    expect(items[0]).toEqual({
      id: expect.stringMatching(/^\d+$/),
      group: 'scoring',
      topic,
      partition: expect.any(Number),
      offset: expect.any(Number),
      key: messages[1]!.key,
      headers: messages[1]!.headers,
      value: messages[1]!.value,
      valueBytes: Buffer.byteLength(messages[1]!.value),
      reason: 'no such element',
      attempts: 1,
      failedAt: expect.stringMatching(/Z$/),
      redrivenAt: null,
    });
    expect(new Set(items.map(({ key }) => key))).toEqual(new Set(messages.map(({ key }) => key)));
    expect(next).toBeNull();
    expect(counts).toEqual([{ group: 'scoring', topic, count: 2 }]);
    expect((await service.get(`${path}/${items[0]!.id}`)).body).toEqual(items[0]);
  });

  test('are listed in pages, by group, topic and part of the reason', async () => {
    await dead(3);
    await dead(2, { group: 'offers', reason: 'invalid instant: 2026-13-45', name: 'b.curse' });
    const all = await idsOf();
    expect(all).toHaveLength(5);
    const first = await page('?limit=3');
    expect(first.items.map(({ id }) => id)).toEqual(all.slice(0, 3));
    expect(first.next).toBe(all[2]);
    expect(await page(`?limit=3&before=${first.next}`)).toMatchObject({ next: null, items: [{}, {}] });
    expect(await idsOf('?group=scoring')).toHaveLength(3);
    expect(await idsOf('?group=profile')).toEqual([]);
    expect(await idsOf(`?topic=${topic}`)).toEqual(all);
    expect(await idsOf('?topic=engagement.scores.v1')).toEqual([]);
    expect(await page('?reason=2026-13')).toMatchObject({ counts: [{ group: 'offers', count: 2 }] });
    expect(await idsOf('?group=scoring&reason=2026-13')).toEqual([]);
  });

  test.each([65_535, 65_536, 65_537])(
    'show up to 64 KB of a value in a list, and all of it alone: %d',
    async (bytes) => {
      await dead(1);
      await service.query('update letters.dead_letter set value = $1', [Buffer.alloc(bytes, 'x')]);
      const [letter] = (await page()).items;
      expect([letter!.value.length, letter!.valueBytes]).toEqual([Math.min(bytes, 65_536), bytes]);
      expect((await service.get(`${path}/${letter!.id}`)).body.value).toHaveLength(bytes);
    },
  );

  test('are stored with any content', async () => {
    faults.set('scoring a.curse', 'half \ud800, NUL \0');
    const { opened: _, ...odd } = acted('odd', { name: 'a.curse', properties: { text: 'NUL \0, half \ud800' } });
    const message = { ...odd, key: 'NUL \0', headers: { ...odd.headers, odd: 'NUL \0, line\nbreak' } };
    await service.handled(topic, [message]);
    const [letter] = (await page()).items;
    expect(letter).toMatchObject({ ...message, reason: 'half \ufffd, NUL ' });
  });

  test.each([49, 50, 51, 500])('of one batch are all stored: %d', async (count) => {
    await dead(count);
    expect((await page()).counts).toEqual([{ group: 'scoring', topic, count }]);
  });

  test('are stored once if one is redriven twice in a batch', async () => {
    faults.set('scoring a.curse', 'no such element');
    const message = acted('twice', { name: 'a.curse' });
    const headers = { ...message.headers, redrive_group: 'scoring', redrive_partition: '3', redrive_offset: '77' };
    await service.handled(topic, [
      { ...message, headers },
      { ...message, headers },
    ]);
    expect((await page()).counts).toEqual([{ group: 'scoring', topic, count: 1 }]);
  });

  test('are stored once for each group', async () => {
    faults.set('offers a.curse', 'no such offer');
    await dead(1);
    expect((await page()).counts).toEqual([
      { group: 'offers', topic, count: 1 },
      { group: 'scoring', topic, count: 1 },
    ]);
  });

  test('are counted for Prometheus, by group and topic', async () => {
    await dead(2);
    const metrics = await (await fetch(`${service.url}/metrics`)).text();
    expect(metrics).toContain(`sestante_dead_letters{group="scoring",topic="${topic}"} 2`);
    expect(metrics).toContain('sestante_dead_letters{group="offers",topic=""} 0');
  });

  test('are for administrators only', async () => {
    for (const role of ['marketing', 'clerk', 'app'])
      expect((await service.get(path, await service.keyOf(role))).status).toBe(403);
    expect((await fetch(service.url + path)).status).toBe(401);
  });
});

describe('a request for dead letters', () => {
  test.each([
    ['limit=0', 400],
    ['limit=1', 200],
    ['limit=2', 200],
    ['limit=499', 200],
    ['limit=500', 200],
    ['limit=501', 400],
    [`before=${'9'.repeat(18)}`, 200],
    [`before=${'9'.repeat(19)}`, 400],
    ['before=-1', 400],
    [`reason=${'x'.repeat(199)}`, 200],
    [`reason=${'x'.repeat(200)}`, 200],
    [`reason=${'x'.repeat(201)}`, 400],
    ['reason=', 400],
    ['reason=%00', 400],
    [`group=${'x'.repeat(100)}`, 200],
    [`group=${'x'.repeat(101)}`, 400],
    ["group='", 400],
    [`topic=${'x'.repeat(249)}`, 200],
    [`topic=${'x'.repeat(250)}`, 400],
    ['order=desc', 400],
  ])('%s is answered %d', async (query, status) => {
    expect((await service.get(`${path}?${query}`)).status).toBe(status);
  });

  test.each(['x', '-1', '1.5', '9'.repeat(19)])('with an invalid id responds with 400: %s', async (id) => {
    for (const route of [`GET ${path}/${id}`, `DELETE ${path}/${id}`, `POST ${path}/${id}/redrive`])
      expect((await service.change(route)).status).toBe(400);
  });

  test('with an unknown id responds with 404', async () => {
    for (const route of [`GET ${path}/999999`, `DELETE ${path}/999999`, `POST ${path}/999999/redrive`])
      expect(await service.change(route)).toMatchObject({ status: 404, body: { code: 'not-found' } });
  });
});

describe('dead letters that are removed', () => {
  test('are removed one by one', async () => {
    await dead(2);
    const [id, other] = await idsOf();
    expect((await service.change(`DELETE ${path}/${id}`)).status).toBe(204);
    expect(await idsOf()).toEqual([other]);
    expect((await service.change(`DELETE ${path}/${id}`)).status).toBe(404);
  });

  test('are removed by a filter, and never without one', async () => {
    await dead(2);
    await dead(3, { group: 'offers', reason: 'invalid instant', name: 'b.curse' });
    expect(await service.change(`DELETE ${path}`)).toMatchObject({ status: 400, body: { code: 'filter-missing' } });
    expect((await service.change(`DELETE ${path}?group=offers&reason=element`)).body).toEqual({ removed: 0 });
    expect((await service.change(`DELETE ${path}?group=offers&reason=instant`)).body).toEqual({ removed: 3 });
    expect((await service.change(`DELETE ${path}?topic=${topic}`)).body).toEqual({ removed: 2 });
    expect(await idsOf()).toEqual([]);
  });

  test('are removed after 30 days', async () => {
    await dead(2);
    const [old, young] = await idsOf();
    const age = (id: string, interval: string) =>
      service.query('update letters.dead_letter set failed_at = now() - $1::interval where id = $2', [interval, id]);
    await age(old!, '30 days 1 minute');
    await age(young!, '29 days 23 hours');
    // A process removes old dead letters when it starts.
    const again = await start(service.databaseUrl, BothReaders);
    await again.ready;
    await again.stop();
    expect(await idsOf()).toEqual([young]);
  });
});

describe('dead letters of a person', () => {
  const erase = async (value: unknown) => service.change(`POST ${path}/erase`, { value });

  test.each([
    ['a mailbox', 'ada@example.org', { email: 'Ada@Example.org' }],
    ['a phone', '+393351234567', { phones: ['+393351234567'] }],
    ['a name with quotes and strokes', 'O"Neil \\ Söhne', { name: 'O"Neil \\ Söhne' }],
  ])('are removed by %s, wherever it stands, and no others', async (_, value, properties) => {
    faults.set('scoring a.curse', 'no such element');
    const others = { email: 'eada@example.org', phones: ['+3933512345678'], name: 'Neil' };
    await service.handled(topic, [
      acted('hers', { name: 'a.curse', properties }),
      acted('of another one', { name: 'a.curse', properties: others }),
    ]);
    expect((await erase(value)).body).toEqual({ removed: 1 });
    expect((await page()).items).toMatchObject([{ key: 'customer of of another one' }]);
  });

  test.each(['key', 'headers', 'reason'] as const)(
    'are removed even if only the %s contains the identifier',
    async (place) => {
      faults.set('scoring a.curse', place === 'reason' ? 'out of range: ada@example.org' : 'no such element');
      const message = acted('plain', { name: 'a.curse' });
      const named = {
        key: { ...message, key: 'email:ada@example.org' },
        headers: { ...message, headers: { ...message.headers, whose: 'ada@example.org' } },
        reason: message,
      };
      await service.handled(topic, [named[place]]);
      expect((await erase('ada@example.org')).body).toEqual({ removed: 1 });
    },
  );

  test.each([
    ['xx', 400],
    ['xxx', 200],
    ['xxxx', 200],
    ['x'.repeat(255), 200],
    ['x'.repeat(256), 200],
    ['x'.repeat(257), 400],
    ['a\0b', 400],
    [5, 400],
    [undefined, 400],
  ])('are not looked for by a text that is too short or too long: %j is answered %d', async (value, status) => {
    expect((await erase(value)).status).toBe(status);
  });
});

test('the position advances only after a dead letter is stored', async () => {
  faults.set('scoring a.curse', 'no such element');
  await service.query('alter table letters.dead_letter add constraint full_disk check (false) not valid');
  await service.publish(topic, [acted('kept late', { name: 'a.curse' })]);
  await eventually(async () => {
    const { lag } = (await service.get('/api/v1/stats')).body as { lag: { group: string; messages: number }[] };
    expect(lag).toContainEqual({ topic, group: 'offers', messages: 0 });
    expect(lag).toContainEqual({ topic, group: 'scoring', messages: 1 });
  });
  await service.query('alter table letters.dead_letter drop constraint full_disk');
  await eventually(async () => expect(await idsOf()).toHaveLength(1));
});
