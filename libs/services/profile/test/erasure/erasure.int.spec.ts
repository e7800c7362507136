import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@sestante/streaming/testing';
import { randomUUID } from 'node:crypto';
import { type Service, startProfile } from '../service.ts';
import { erasing, others } from './erasing.ts';

let service: Service;
let clerk = '';
beforeAll(async () => {
  service = await startProfile();
  clerk = await service.keyOf('clerk');
});
afterAll(() => service.dispose());

const { aCustomer, ask, erase, receiptOf, report, profileDone } = erasing(() => ({ service, clerk }));

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
      { what: 'consents, preferences and attributes', count: 1 },
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
