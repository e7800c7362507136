import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '@sestante/streaming/testing';
import { randomUUID } from 'node:crypto';
import { anActivity, user } from './builders.ts';
import { type Service, startProfile } from './service.ts';

let service: Service;
let [clerk, marketing] = ['', ''];
/** A new customer for each test, with its token. */
let [ada, token] = ['', ''];
let count = 0;

beforeAll(async () => {
  service = await startProfile();
  [clerk, marketing] = [await service.keyOf('clerk'), await service.keyOf('marketing')];
});
afterAll(() => service.dispose());
beforeEach(async () => {
  [ada, token] = await aCustomer();
});

async function aCustomer(): Promise<[id: string, token: string]> {
  const name = `customer-${++count}`;
  await service.publishActivities(anActivity({ identifiers: [user(name)] }));
  const id = await service.idOf('user_id', name);
  return [id, (await service.post('/api/v1/customer-tokens', { customerId: id })).body.token as string];
}

const usual = { kind: 'note', text: 'Prefers the bakery in the old town.', audience: 'clerk' };
const add = (over: object = {}, credential = clerk, id = ada) =>
  service.post(`/api/v1/customers/${id}/notes`, { ...usual, ...over }, credential);
const list = (credential = clerk, query = '', id = ada) =>
  service.get(`/api/v1/customers/${id}/notes${query}`, credential);
const remove = (noteId: string, credential = clerk, id = ada) =>
  service.change(`DELETE /api/v1/customers/${id}/notes/${noteId}`, undefined, credential);
const textsOf = ({ body }: { body: { items: { text: string }[] } }) => body.items.map(({ text }) => text);
const soon = (ms: number) => new Date(Date.now() + ms).toISOString();

describe('a note', () => {
  it('is returned with its author, instant, audience and expiry', async () => {
    const expiresAt = soon(86_400_000);
    const added = await add({ text: '  likes  tea\n', expiresAt });
    expect(added).toEqual({
      status: 201,
      body: {
        noteId: expect.any(String),
        kind: 'note',
        text: 'likes  tea',
        audience: 'clerk',
        author: { by: 'key', keyId: expect.any(String), name: 'a test of clerk' },
        createdAt: expect.any(String),
        expiresAt,
      },
    });
    expect((await list()).body).toEqual({ items: [added.body], next: null });
  });

  it('of the customer has the customer as its author, and does not expire by itself', async () => {
    const { status, body } = await add({ kind: 'preference', audience: 'customer' }, token);
    expect([status, body.author, body.expiresAt]).toEqual([201, { by: 'customer' }, undefined]);
  });

  it.each([
    '<script>alert(1)</script><b>bold</b> &amp; "quoted" \\ {{x}} ${y}',
    "'; drop table profile.note; --",
    'one\ntwo\r\nthree',
    'שלום 👩‍👩‍👧 Zoë %_',
  ])('is returned as it was written: %j', async (text) => {
    expect((await add({ text, audience: 'customer' })).body.text).toBe(text);
    expect(textsOf(await list(token))).toEqual([text]);
  });

  it('is removed once', async () => {
    const { noteId } = (await add()).body;
    expect(await remove(noteId)).toEqual({ status: 204, body: undefined });
    expect(await remove(noteId)).toMatchObject({ status: 404, body: { code: 'not-found' } });
    expect((await list()).body.items).toEqual([]);
  });

  it('of another customer is not found', async () => {
    const { noteId } = (await add()).body;
    const [bea] = await aCustomer();
    expect((await remove(noteId, clerk, bea)).status).toBe(404);
    expect((await list()).body.items).toHaveLength(1);
  });

  it.each([
    ['no kind', { kind: undefined }, 'bad-request'],
    ['an unknown kind', { kind: 'poem' }, 'bad-request'],
    ['an unknown audience', { audience: 'everybody' }, 'bad-request'],
    ['no audience', { audience: undefined }, 'bad-request'],
    ['no text', { text: undefined }, 'bad-request'],
    ['a text that is a number', { text: 7 }, 'bad-request'],
    ['an author', { author: { by: 'customer' } }, 'bad-request'],
    ['an empty text', { text: '' }, 'bad-request'],
    ['white space', { text: ' \n\t ' }, 'bad-text'],
    ['a text of 2,001 characters', { text: 'x'.repeat(2_001) }, 'bad-request'],
    ['a NUL', { text: 'a\0b' }, 'bad-text'],
    ['half a character', { text: 'a\ud83d' }, 'bad-text'],
    ['an expiry without a time', { expiresAt: '2027-01-01' }, 'bad-request'],
    ['an expiry that does not exist', { expiresAt: '2027-02-30T00:00:00Z' }, 'bad-expiry'],
    ['an expiry in the past', { expiresAt: '2020-01-01T00:00:00Z' }, 'bad-expiry'],
    ['an expiry in eleven years', { expiresAt: soon(11 * 366 * 86_400_000) }, 'bad-expiry'],
    ['no expiry, said with null', { expiresAt: null }, 'bad-expiry'],
  ])('with %s is refused', async (_what, over, code) => {
    expect(await add(over)).toMatchObject({ status: 400, body: { code } });
    expect((await list()).body.items).toEqual([]);
  });

  it.each([1, 2_000])('may have %d characters', async (length) => {
    expect((await add({ text: '😀'.repeat(length) })).status).toBe(201);
  });

  it('of 1 MB is refused', async () => {
    expect(await add({ text: 'x'.repeat(1_000_000) })).toMatchObject({ status: 413, body: { code: 'body-too-large' } });
  });
});

describe('the right to notes', () => {
  it.each(['marketing', 'clerk', 'admin'])('of the role %s: adds, reads and removes any', async (role) => {
    const key = await service.keyOf(role);
    const byCustomer = (await add({ audience: 'clerk' }, token)).body;
    const own = await add({}, key);
    expect(own.status).toBe(201);
    expect((await list(key)).body.items).toHaveLength(2);
    expect((await remove(byCustomer.noteId, key)).status).toBe(204);
    expect((await remove(own.body.noteId, key)).status).toBe(204);
  });

  it('is not that of an app, and needs a key', async () => {
    const app = await service.keyOf('app');
    const { noteId } = (await add()).body;
    for (const [key, status] of [
      [app, 403],
      ['some-other-key', 401],
    ] as const)
      expect([(await add({}, key)).status, (await list(key)).status, (await remove(noteId, key)).status]).toEqual([
        ...[status, status, status],
      ]);
  });

  it('of the customer: sees and removes what is for it and what it has written', async () => {
    const hidden = (await add({ text: 'for clerks' })).body;
    const shown = (await add({ text: 'for you', audience: 'customer' }, marketing)).body;
    const own = (await add({ text: 'mine', audience: 'clerk' }, token)).body;
    expect(textsOf(await list(token))).toEqual(['mine', 'for you']);
    expect(textsOf(await list(marketing))).toEqual(['mine', 'for you', 'for clerks']);
    expect((await remove(hidden.noteId, token)).status).toBe(404);
    expect((await remove(shown.noteId, token, 'me')).status).toBe(204);
    expect((await remove(own.noteId, token)).status).toBe(204);
    expect(textsOf(await list())).toEqual(['for clerks']);
  });

  it('of the customer does not reach another customer', async () => {
    const [bea, tokenOfBea] = await aCustomer();
    const { noteId } = (await add({ audience: 'customer' }, tokenOfBea, bea)).body;
    const answers = [await add({}, token, bea), await list(token, '', bea), await remove(noteId, token, bea)];
    expect(answers.map(({ status, body }) => [status, body.code])).toEqual(Array(3).fill([404, 'not-found']));
    expect((await remove(noteId, token)).status).toBe(404);
    expect((await list(tokenOfBea, '', bea)).body.items).toHaveLength(1);
  });

  it('concerns customers that exist', async () => {
    const nobody = randomUUID();
    const answers = [await add({}, clerk, nobody), await list(clerk, '', nobody), await remove(nobody, clerk, nobody)];
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
    expect((await list(clerk, '', 'ada')).status).toBe(400);
    expect((await remove('first')).status).toBe(400);
  });
});

describe('an expired note', () => {
  it('is not seen, not counted and not removed again', async () => {
    const { noteId } = (await add({ audience: 'customer', expiresAt: soon(1_000) })).body;
    expect([(await list()).body.items.length, (await list(token)).body.items.length]).toEqual([1, 1]);
    await eventually(async () => expect((await list()).body.items).toEqual([]));
    expect((await list(token)).body.items).toEqual([]);
    expect((await remove(noteId)).status).toBe(404);
  });
});

describe('the pages of notes', () => {
  it.each([1, 2, 3, 5, 6])('have every note once, newest first: pages of %d', async (limit) => {
    for (const text of ['1', '2', '3', '4', '5'])
      await add({ text, audience: Number(text) % 2 ? 'customer' : 'clerk' });
    const all = async (credential: string) => {
      const seen: string[] = [];
      for (let before = ''; ;) {
        const answer = await list(credential, `?limit=${limit}${before}`);
        expect(answer.body.items.length).toBeLessThanOrEqual(limit);
        seen.push(...textsOf(answer));
        if (answer.body.next === null) return seen;
        before = `&before=${answer.body.next}`;
      }
    };
    expect(await all(clerk)).toEqual(['5', '4', '3', '2', '1']);
    expect(await all(token)).toEqual(['5', '3', '1']);
  });

  it.each(['?before=x', '?before=', '?limit=0', '?limit=501', '?after=x'])('are not answered for %s', async (query) => {
    expect((await list(clerk, query)).status).toBe(400);
  });
});

describe('the number of notes of a customer', () => {
  const fill = (notes: number, expiresAt: string | null = null) =>
    service.query(
      `insert into profile.note select gen_random_uuid(), $1, 'note', 'n ' || n, 'clerk', '{"by":"customer"}', now(), $3::timestamptz
         from generate_series(1, $2) n`,
      [ada, notes, expiresAt],
    );

  it.each([
    [198, 201],
    [199, 201],
    [200, 409],
    [201, 409],
  ])('may grow from %d: %d', async (notes, status) => {
    await fill(notes);
    const answer = await add();
    expect(answer.status).toBe(status);
    if (status === 409) expect(answer.body.code).toBe('too-many-notes');
  });

  it('is that of the notes that have not expired, by anybody', async () => {
    await fill(150, '2020-01-01T00:00:00Z');
    await fill(199);
    expect([(await add({}, token)).status, (await add({}, token)).status]).toEqual([201, 409]);
    const [{ noteId }] = (await list()).body.items;
    await remove(noteId);
    expect((await add()).status).toBe(201);
  });

  it('does not pass the limit if several are added at once', async () => {
    await fill(197);
    const answers = await Promise.all(Array.from({ length: 8 }, () => add()));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(3);
  });
});

describe('customers that are merged', () => {
  it('have the notes of both, and each its own after the merge is undone', async () => {
    const [bea, tokenOfBea] = await aCustomer();
    await add({ text: 'of ada' });
    const ofBea = (await add({ text: 'of bea', audience: 'customer' }, clerk, bea)).body;
    const merged = (await service.post(`/api/v1/customers/${ada}/merges`, { customerId: bea, reason: 'one' })).body;
    await add({ text: 'of both' }, clerk, bea);
    for (const id of [ada, bea]) expect(textsOf(await list(clerk, '', id))).toEqual(['of both', 'of bea', 'of ada']);
    expect(textsOf(await list(tokenOfBea, '', bea))).toEqual(['of bea']);
    expect(textsOf(await list(token, '?limit=1'))).toEqual(['of bea']);
    await service.change(`DELETE /api/v1/customers/${ada}/merges/${merged.mergeId}`);
    const own = new Map([
      [ada, ['of ada']],
      [bea, ['of bea']],
    ]);
    // What was written about both stays with the one whose id they had.
    own.get(merged.customerId)!.unshift('of both');
    for (const [id, texts] of own) expect(textsOf(await list(clerk, '', id))).toEqual(texts);
    expect((await remove(ofBea.noteId, clerk, ada)).status).toBe(404);
    expect((await remove(ofBea.noteId, tokenOfBea, bea)).status).toBe(204);
  });

  it('may have more notes than one customer, but get no more', async () => {
    const [bea] = await aCustomer();
    for (const id of [ada, bea])
      await service.query(
        `insert into profile.note select gen_random_uuid(), $1, 'note', 'n', 'clerk', '{"by":"customer"}', now() from generate_series(1, 150)`,
        [id],
      );
    await service.post(`/api/v1/customers/${ada}/merges`, { customerId: bea, reason: 'one' });
    expect((await list(clerk, '?limit=500')).body.items).toHaveLength(300);
    expect((await add()).status).toBe(409);
  });
});
