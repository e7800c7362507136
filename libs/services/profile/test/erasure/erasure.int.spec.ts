import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ErasingService, sealErasureDone, topics } from '@sestante/contracts';
import { eventually } from '@sestante/streaming/testing';
import { randomUUID } from 'node:crypto';
import { anActivity, mail, minutesAfterNoon, user, visitor } from '../builders.ts';
import { type Service, startProfile } from '../service.ts';

let service: Service;
let clerk = '';
beforeAll(async () => {
  service = await startProfile();
  clerk = await service.keyOf('clerk');
});
afterAll(() => service.dispose());

let count = 0;

/** A customer with an account, a browser and a mailbox, traits, consents, a note, and a refused link with somebody else. */
async function aCustomer() {
  const name = `xq${++count}zw`;
  const identifiers = [user(name), visitor(`${name}-browser`), mail(`${name}@example.org`)];
  await service.publishActivities(
    anActivity({ identifiers, traits: { name: `Ada ${name}`, city: `${name}ville` } }),
    anActivity({ identifiers: [user(name)], name: 'consent.updated', properties: { offers: true, comment: name } }),
    anActivity({
      identifiers: [user(`friend of ${count}`), visitor(`${name}-browser`)],
      timestamp: minutesAfterNoon(1),
    }),
  );
  const id = await service.idOf('user_id', name);
  const { body } = await service.post('/api/v1/customer-tokens', { customerId: id });
  const note = { kind: 'note', text: `${name} likes tea`, audience: 'customer' };
  expect((await service.post(`/api/v1/customers/${id}/notes`, note, clerk)).status).toBe(201);
  return { id, name, token: body.token as string };
}

const ask = (id: string, body: unknown, credential = clerk) =>
  service.post(`/api/v1/customers/${id}/erasure`, body, credential);
const erase = (id: string, credential = clerk) => ask(id, { confirm: true }, credential);
const receiptOf = (erasureId: string) => service.get(`/api/v1/erasures/${erasureId}`, '');
const others: readonly ErasingService[] = ['ingest', 'scoring', 'offers'];
const report = (erasureId: string, by: ErasingService, removed = [{ what: 'things', count: 3 }]) =>
  service.handled(topics.erasureResults.name, [
    sealErasureDone({ erasureId, service: by, part: 0, removed, doneAt: new Date().toISOString() }),
  ]);
const profileDone = (erasureId: string) =>
  eventually(async () => {
    const { body } = await receiptOf(erasureId);
    expect((body.removed as { service: string }[]).some((one) => one.service === 'profile')).toBe(true);
    return body;
  });

/** All tables of the database with a text in one of their rows. */
async function tablesWith(text: string): Promise<string[]> {
  const tables = await service.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname not in ('pg_catalog', 'information_schema', 'stream')`,
  );
  const found = await Promise.all(
    tables.map(async ({ name }) => {
      const rows = await service.query(`select from ${name} t where strpos(t::text, $1) > 0 limit 1`, [text]);
      return rows.length > 0 ? [name] : [];
    }),
  );
  return found.flat();
}

describe('an erasure', () => {
  it.each([
    ['without a body', undefined],
    ['without a confirmation', {}],
    ['that is not confirmed', { confirm: false }],
  ])('%s says what would be removed, and removes nothing', async (_, body) => {
    const { id } = await aCustomer();
    const answer = await ask(id, body);
    expect(answer).toMatchObject({ status: 409, body: { code: 'confirm-needed' } });
    expect(answer.body.removes).toEqual([
      { what: 'identifiers', count: 3 },
      { what: 'activities', count: 2 },
      { what: 'traits', count: 2 },
      { what: 'consents and preferences', count: 1 },
      { what: 'notes', count: 1 },
    ]);
    expect((await service.get(`/api/v1/customers/${id}`)).status).toBe(200);
  });

  it('needs a confirmation that is true or false', async () => {
    const { id } = await aCustomer();
    expect((await ask(id, { confirm: 'yes' })).status).toBe(400);
  });

  it('is for the customer and for clerks, and noted when a clerk asks for it', async () => {
    const { id, token } = await aCustomer();
    const { token: anotherToken } = await aCustomer();
    expect((await ask(id, undefined, await service.keyOf('marketing'))).status).toBe(403);
    expect((await ask(id, undefined, anotherToken)).status).toBe(404);
    expect((await ask('me', undefined, token)).status).toBe(409);
    expect((await erase(id)).status).toBe(202);
    const { body } = await service.get('/api/v1/audit?action=customer.erased&limit=1');
    expect(body.items).toEqual([expect.objectContaining({ customerId: id, action: 'customer.erased' })]);
  });

  it('of nobody is 404', async () => {
    expect((await erase(randomUUID())).status).toBe(404);
    expect((await receiptOf(randomUUID())).status).toBe(404);
  });

  it('leaves nothing in any table, and nothing of anybody else is missing', async () => {
    const { id, name, token } = await aCustomer();
    const other = await aCustomer();
    const all = ['', '/timeline', '/notes', '/identity'];
    const read = () => Promise.all(all.map((path) => service.get(`/api/v1/customers/${other.id}${path}`)));
    const before = await read();
    expect(await tablesWith(name)).not.toEqual([]);

    const { status, body } = await erase('me', token);
    expect(status).toBe(202);
    await profileDone(body.erasureId);
    expect(await tablesWith(name)).toEqual([]);
    expect(await read()).toEqual(before);
    const rows = await service.query(
      `select from profile.member where member_id = $1 or first_partner = $1 union all
       select from profile.link where $1 in (member_a, member_b) union all
       select from profile.seen where member_id = $1`,
      [id],
    );
    expect(rows).toEqual([]);
  });
});

it('an erasure deletes the rows of a member also from a table that was added later', async () => {
  const { id } = await aCustomer();
  await service.query('create table profile.later (member_id uuid, what text)');
  await service.query(`insert into profile.later values ($1, 'hers'), ($2, 'of somebody else')`, [id, randomUUID()]);
  const { removed } = await profileDone((await erase(id)).body.erasureId);
  expect(removed).toContainEqual(expect.objectContaining({ what: 'later', count: 1 }));
  expect(await service.query('select what from profile.later')).toEqual([{ what: 'of somebody else' }]);
});

it.each([
  [999, 1],
  [1_000, 1],
  [1_001, 2],
])(
  'an erasure of %d identifiers is told to ingest in %d messages, and needs as many results',
  async (members, parts) => {
    const { id } = await aCustomer();
    const [{ count: own }] = (await service.query<{ count: number }>(
      'select count(*)::int as count from profile.member where customer_id = $1',
      [id],
    )) as [{ count: number }];
    await service.query(
      `insert into profile.member (member_id, customer_id, kind, value)
     select gen_random_uuid(), $1::uuid, 'anonymous_id', $1::text || ' browser ' || n from generate_series(1, $2::int) n`,
      [id, members - own],
    );
    const { erasureId } = (await erase(id)).body;
    await eventually(async () => {
      const { removed } = (await receiptOf(erasureId)).body;
      const counts = (removed as { what: string; count: number }[]).filter(({ what }) => what === 'identifiers');
      expect(counts.map(({ count }) => count).reduce((sum, one) => sum + one, 0)).toBe(members);
      expect(counts).toHaveLength(parts);
    });
    for (const by of others) await report(erasureId, by);
    expect((await receiptOf(erasureId)).body.status).toBe(parts === 1 ? 'done' : 'running');
  },
);

describe('the receipt', () => {
  it('is running until every service has reported, and then says what each removed and what remains', async () => {
    const { id } = await aCustomer();
    const { erasureId } = (await erase(id)).body;
    expect((await profileDone(erasureId)).status).toBe('running');
    for (const by of others) {
      expect((await receiptOf(erasureId)).body.status).toBe('running');
      await report(erasureId, by);
    }
    const { body } = await receiptOf(erasureId);
    expect(body).toMatchObject({ erasureId, status: 'done' });
    expect(body.removed).toEqual(
      expect.arrayContaining([
        { service: 'profile', what: 'identifiers', count: 3, at: expect.any(String) },
        { service: 'profile', what: 'activities', count: 2, at: expect.any(String) },
        { service: 'profile', what: 'notes', count: 1, at: expect.any(String) },
        { service: 'offers', what: 'things', count: 3, at: expect.any(String) },
      ]),
    );
    const week = new Date(Date.parse(body.requestedAt) + 168 * 3_600_000).toISOString();
    expect(body.remains).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ what: 'messages on engagement.activities.v1', until: week }),
        { what: 'keyed hashes of the identifiers', because: expect.any(String) },
      ]),
    );
  });

  it('keeps the first report of a service, and each part of those that have several', async () => {
    const { id } = await aCustomer();
    const { erasureId } = (await erase(id)).body;
    await report(erasureId, 'scoring', [{ what: 'evidence', count: 7 }]);
    await report(erasureId, 'scoring', [{ what: 'evidence', count: 0 }]);
    const { body } = await receiptOf(erasureId);
    expect(body.removed.filter((one: { service: string }) => one.service === 'scoring')).toEqual([
      expect.objectContaining({ what: 'evidence', count: 7 }),
    ]);
  });
});

describe('an erased customer', () => {
  it('is gone on every route, also for its own token, under each of its ids', async () => {
    const { id, token, name } = await aCustomer();
    const { id: other } = await aCustomer();
    const browser = (
      await service.query<{ id: string }>('select member_id as id from profile.member where value = $1', [
        `${name}-browser`,
      ])
    )[0]!.id;
    const { erasureId } = (await erase(id)).body;
    await profileDone(erasureId);
    for (const by of others) await report(erasureId, by);

    const gone = { status: 410, body: { code: 'customer-erased' } };
    for (const path of ['', '/timeline', '/notes']) {
      expect(await service.get(`/api/v1/customers/me${path}`, token)).toMatchObject(gone);
      expect(await service.get(`/api/v1/customers/${browser}${path}`)).toMatchObject(gone);
    }
    expect(await service.get(`/api/v1/customers/${id}/identity`)).toMatchObject(gone);
    const note = { kind: 'note', text: 'tea', audience: 'clerk' };
    expect(await service.post(`/api/v1/customers/${id}/notes`, note)).toMatchObject(gone);
    const merge = { customerId: other, reason: 'the same passport' };
    expect(await service.post(`/api/v1/customers/${id}/merges`, merge)).toMatchObject(gone);
    expect(await service.post(`/api/v1/customers/${other}/merges`, { ...merge, customerId: id })).toMatchObject(gone);
    expect(await service.change(`DELETE /api/v1/customers/${id}/merges/${randomUUID()}`)).toMatchObject(gone);
    expect(await service.post('/api/v1/customer-tokens', { customerId: id })).toMatchObject(gone);
    expect(await erase(id)).toMatchObject(gone);
    expect(await ask('me', {}, token)).toMatchObject(gone);
  });

  it('has the same erasure if it asks again while it is running', async () => {
    const { id, token } = await aCustomer();
    const [first, second] = await Promise.all([erase(id), erase('me', token)]);
    expect(second.body).toEqual(first.body);
    expect((await ask(id, {})).body).toEqual(first.body);
  });

  it('is not found by its identifiers', async () => {
    const { id, name } = await aCustomer();
    await erase(id);
    expect((await service.get(`/api/v1/customers?kind=user_id&value=${name}`)).body.items).toEqual([]);
    expect((await service.post('/api/v1/customer-tokens', { kind: 'user_id', value: name })).status).toBe(404);
  });

  it('can come back, as a new customer without anything of before', async () => {
    const { id, name } = await aCustomer();
    await erase(id);
    const receivedAt = new Date(Date.now() + 60_000).toISOString();
    await service.publishActivities(anActivity({ identifiers: [user(name)], timestamp: receivedAt, receivedAt }));
    const again = await service.idOf('user_id', name);
    expect(again).not.toBe(id);
    const { body } = await service.get(`/api/v1/customers/${again}`);
    expect(body).toMatchObject({ traits: {}, standing: { offers: 'unknown' } });
    expect((await service.get(`/api/v1/customers/${again}/timeline`)).body.items).toHaveLength(1);
  });
});
