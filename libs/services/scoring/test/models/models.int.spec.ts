import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aModelDocument } from '@sestante/engagement/testing';
import { type Service, startScoring } from '../service.ts';

let service: Service;
beforeAll(async () => {
  service = await startScoring();
});
afterAll(() => service.dispose());

const path = (version: string) => `/api/v1/models/${version}`;
const add = (version: string, changes = {}) => service.post('/api/v1/models', aModelDocument({ version, ...changes }));

/** A valid document with so many bytes as JSON. */
function documentOf(bytes: number, version: string) {
  const [rule] = aModelDocument().rules;
  const ruleWith = (letters: number) => ({ ...rule!, because: { ...rule!.because, en: 'x'.repeat(letters) } });
  const lengthOf = (rules: readonly object[]) => JSON.stringify(aModelDocument({ version, rules: rules as [] })).length;
  const most = Math.floor((bytes - lengthOf([ruleWith(1)])) / (JSON.stringify(ruleWith(300)).length + 1));
  const rules = Array.from({ length: most - 1 }, () => ruleWith(300));
  const left = bytes - lengthOf([...rules, ruleWith(1), ruleWith(1)]);
  const each = Math.floor(left / 2);
  return aModelDocument({ version, rules: [...rules, ruleWith(1 + each), ruleWith(1 + left - each)] });
}

/** Sends a request with headers of its own. */
async function send(method: string, version: string, { body, ifMatch }: { body?: unknown; ifMatch?: string } = {}) {
  const response = await fetch(service.url + path(version), {
    method,
    headers: {
      authorization: 'Bearer the-administrators-key',
      ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }),
    },
    body: JSON.stringify(body) ?? null,
  });
  const text = await response.text();
  return { status: response.status, etag: response.headers.get('etag'), body: text === '' ? {} : JSON.parse(text) };
}

describe('the models', () => {
  it('are the first one, which is live, in an empty database', async () => {
    const { status, body } = await service.get('/api/v1/models');
    expect(status).toBe(200);
    expect(body.items.filter((item: { status: string }) => item.status === 'live')).toEqual([
      {
        version: 'retail-2',
        status: 'live',
        revision: 1,
        changedAt: expect.any(String),
        changedBy: null,
        liveSince: expect.any(String),
        shadow: null,
      },
    ]);
  });

  it('are listed with the latest first', async () => {
    await add('listed-1');
    await add('listed-2');
    const { body } = await service.get('/api/v1/models');
    expect(body.items.slice(0, 2).map(({ version }: { version: string }) => version)).toEqual(['listed-2', 'listed-1']);
  });
});

describe('a model that is added', () => {
  it('is a draft with the document as it was sent, and with its author', async () => {
    const document = aModelDocument({ version: 'added-1' });
    const { status, body } = await service.post('/api/v1/models', document, await service.keyOf('marketing'));
    expect(status).toBe(201);
    expect(body).toMatchObject({ version: 'added-1', status: 'draft', revision: 1, liveSince: null });
    expect(body.changedBy).toMatchObject({ name: 'a test of marketing' });
    const read = await send('GET', 'added-1');
    expect(JSON.stringify(read.body.document)).toBe(JSON.stringify(document));
    expect(read.etag).toBe('"1"');
  });

  it('must have a version that no model has', async () => {
    await add('twice-1');
    expect(await add('twice-1')).toMatchObject({ status: 409, body: { code: 'version-exists' } });
    expect(await add('retail-2')).toMatchObject({ status: 409, body: { code: 'version-exists' } });
  });

  it.each([
    ['nothing', undefined, 'document'],
    ['a text', 'retail-2', 'document'],
    ['a list', [], 'document'],
    ['an unknown field', { ...aModelDocument(), note: 1 }, 'note'],
    ['a half-life of 0', aModelDocument({ halfLifeDays: { bond: 0, mood: 7 } }), 'halfLifeDays.bond'],
    ['a version with a slash', aModelDocument({ version: 'a/b' }), 'version'],
    ['a version of 65 characters', aModelDocument({ version: 'x'.repeat(65) }), 'version'],
  ])('is refused with the place of the fault: %s', async (_, document, place) => {
    const { status, body } = await service.post('/api/v1/models', document);
    expect([status, body.code]).toEqual([422, 'model-invalid']);
    expect(body.faults.map((fault: { place: string }) => fault.place)).toContain(place);
    expect(body.faults[0]).toEqual({ place: expect.any(String), message: expect.stringMatching(/^(must|is) /) });
  });

  it('is refused with all of its faults', async () => {
    const { body } = await service.post('/api/v1/models', { ...aModelDocument({ version: '' }), a: 1, b: 2 });
    expect(body.faults).toHaveLength(3);
    expect(body.detail).toMatch(/\(and 2 more\)\.$/);
  });

  it.each([
    [-1, 201],
    [0, 201],
    [1, 413],
  ])('may have 256 KiB, and %d bytes: %d', async (over, expected) => {
    const { status, body } = await service.post('/api/v1/models', documentOf(256 * 1024 + over, `large-${over + 1}`));
    expect(status).toBe(expected);
    if (status === 413) expect(body.code).toBe('model-too-large');
  });

  it('is refused if it is a million bytes, or nested a hundred thousand times', async () => {
    expect((await add('huge', { note: 'x'.repeat(1_000_000) })).status).toBe(413);
    const response = await fetch(`${service.url}/api/v1/models`, {
      method: 'POST',
      headers: { authorization: 'Bearer the-administrators-key' },
      body: `${'['.repeat(100_000)}${']'.repeat(100_000)}`,
    });
    expect(response.status).toBe(422);
  });
});

describe('a draft that is changed', () => {
  const change = (version: string, ifMatch: string, bond: number) =>
    send('PUT', version, { ifMatch, body: aModelDocument({ version, halfLifeDays: { bond, mood: 7 } }) });

  it('has the new document, and the next revision', async () => {
    await add('changed-1');
    const { status, etag, body } = await change('changed-1', '"1"', 90);
    expect([status, etag, body.revision, body.document.halfLifeDays.bond]).toEqual([200, '"2"', 2, 90]);
  });

  it('keeps its revision if the document is the same', async () => {
    await add('same-1');
    await change('same-1', '"1"', 90);
    expect(await change('same-1', '"2"', 90)).toMatchObject({ status: 200, etag: '"2"' });
  });

  it('by two people at once takes the first change, and tells the second one what it was', async () => {
    await add('both-1');
    const answers = await Promise.all([change('both-1', '"1"', 90), change('both-1', '"1"', 60)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const winner = answers.find(({ status }) => status === 200)!.body.document.halfLifeDays.bond;
    const loser = answers.find(({ status }) => status === 409)!.body;
    expect(loser).toMatchObject({ code: 'model-changed', revision: 2 });
    expect(loser.changes).toEqual([{ place: 'halfLifeDays.bond', before: 180, after: winner }]);
    expect((await send('GET', 'both-1')).body.revision).toBe(2);
  });

  it.each([
    ['without If-Match', undefined, 428, 'if-match-missing'],
    ['with a revision without quotes', '1', 400, 'bad-if-match'],
    ['with any revision', '*', 400, 'bad-if-match'],
    ['with a revision that it never had', '"7"', 400, 'bad-if-match'],
  ])('%s is refused', async (_, ifMatch, status, code) => {
    await add('conditions-1');
    const body = aModelDocument({ version: 'conditions-1', halfLifeDays: { bond: 99, mood: 7 } });
    expect(await send('PUT', 'conditions-1', { body, ...(ifMatch ? { ifMatch } : {}) })).toMatchObject({
      status,
      body: { code },
    });
  });

  it('keeps its version', async () => {
    await add('versioned-1');
    const { status, body } = await send('PUT', 'versioned-1', {
      ifMatch: '"1"',
      body: aModelDocument({ version: 'other' }),
    });
    expect([status, body.faults]).toEqual([
      422,
      [{ place: 'version', message: 'must be versioned-1, as in the address' }],
    ]);
  });

  it('is no draft any more once it is live', async () => {
    const document = (await send('GET', 'retail-2')).body.document;
    expect(await send('PUT', 'retail-2', { ifMatch: '"1"', body: document })).toMatchObject({
      status: 409,
      body: { code: 'not-a-draft' },
    });
  });
});

describe('a draft that is discarded', () => {
  it('is gone, and its version is free', async () => {
    await add('gone-1');
    expect((await service.change('DELETE /api/v1/models/gone-1')).status).toBe(204);
    expect((await service.get(path('gone-1'))).status).toBe(404);
    expect((await service.change('DELETE /api/v1/models/gone-1')).status).toBe(404);
    expect((await add('gone-1')).status).toBe(201);
  });

  it('is not the live model', async () => {
    expect(await service.change('DELETE /api/v1/models/retail-2')).toMatchObject({
      status: 409,
      body: { code: 'not-discardable' },
    });
  });
});

describe('the right to read and change models', () => {
  it.each([
    ['marketing', 200, 201],
    ['clerk', 403, 403],
    ['app', 403, 403],
  ])('of a key with the role %s is answered with %d and %d', async (role, read, added) => {
    const key = await service.keyOf(role);
    expect((await service.get('/api/v1/models', key)).status).toBe(read);
    const document = aModelDocument({ version: `by-${role}` });
    expect((await service.post('/api/v1/models', document, key)).status).toBe(added);
  });
});
