import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { longestDescription, longestName } from '../../src/audiences/audience-request.ts';
import { mostAudiences } from '../../src/audiences/change-audiences.ts';
import { mostExpandedParts } from '../../src/audiences/expand-rule.ts';
import { type Service, startScoring } from '../service.ts';

let service: Service;
let marketing: string;
beforeAll(async () => {
  service = await startScoring();
  marketing = await service.keyOf('marketing');
});
afterAll(() => service.dispose());
beforeEach(() => service.query('delete from scoring.audience'));

const path = (audienceId: string, rest = '') => `/api/v1/audiences/${audienceId}${rest}`;
const isSad = { field: 'trust.mood', operator: 'below', value: 40 };
const isIn = (...ids: string[]) => ({ field: 'audience', operator: 'one-of', value: ids });
/** A rule with so many parts. */
const ruleOf = (parts: number) => ({ any: Array.from({ length: parts - 1 }, () => isSad) });

const add = (name: string, rule: object = isSad) => service.post('/api/v1/audiences', { name, rule }, marketing);
const added = async (name: string, rule?: object) => (await add(name, rule)).body.audienceId as string;
const replace = (audienceId: string, body: object) =>
  service.change(`PUT ${path(audienceId)}`, { name: 'replaced', rule: isSad, revision: 1, ...body }, marketing);
const remove = (audienceId: string) => service.change(`DELETE ${path(audienceId)}`);

describe('an audience that is added', () => {
  it('is stored with its first version and its author', async () => {
    const { status, body } = await add('Sad', { all: [isSad, { field: 'loyal', operator: 'equals', value: true }] });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      name: 'Sad',
      description: '',
      revision: 1,
      changedBy: { name: 'a test of marketing' },
    });
    expect(body.rule).toEqual({ all: [isSad, { field: 'loyal', operator: 'equals', value: true }] });
    expect((await service.get(path(body.audienceId))).body).toEqual(body);
  });

  it('is listed by name, without its rule', async () => {
    for (const name of ['second', 'First']) await add(name);
    const { body } = await service.get('/api/v1/audiences');
    expect(body.items.map(({ name }: { name: string }) => name)).toEqual(['First', 'second']);
    expect(body.items[0]).not.toHaveProperty('rule');
  });

  it('must have a name that no other has, in whatever case', async () => {
    await add('Sad');
    expect(await add('sAD')).toMatchObject({ status: 409, body: { code: 'name-exists' } });
  });

  it.each([0, 1])('may have a name and a description of the greatest length and %i more', async (more) => {
    const [name, description] = [longestName + more, longestDescription + more].map((length) => 'é'.repeat(length));
    const { status } = await service.post('/api/v1/audiences', { name, description, rule: isSad });
    expect(status).toBe(more === 0 ? 201 : 400);
  });

  it('must have a name that is visible, and a rule', async () => {
    for (const name of ['', ' ', 'a\nb', 'a\u0000', 7, null])
      expect(await service.post('/api/v1/audiences', { name, rule: isSad })).toMatchObject({ status: 400 });
    for (const rule of [undefined, null, 'trust.mood < 40', 7])
      expect(await service.post('/api/v1/audiences', { name: 'No rule', rule })).toMatchObject({ status: 400 });
  });

  it('must have a valid rule: every fault is told with its place', async () => {
    const rule = { all: [{ ...isSad, value: 'low' }, { field: 'email', operator: 'present' }, { not: {} }] };
    const { status, body } = await add('Faulty', rule);
    expect([status, body.code]).toEqual([422, 'rule-invalid']);
    expect(body.faults).toEqual([
      { place: 'all[0].value', message: 'must be a number from 0 to 100' },
      { place: 'all[1].field', message: 'is not a field that can be used here' },
      { place: 'all[2].not.field', message: 'is missing' },
      { place: 'all[2].not.operator', message: expect.any(String) },
    ]);
  });

  it('keeps SQL in its texts as text', async () => {
    const text = `'); drop table scoring.audience; --`;
    const rule = { field: 'attributes.tier', operator: 'equals', value: text };
    const body = { name: text, description: text, rule };
    const { body: stored } = await service.post('/api/v1/audiences', body);
    expect((await service.get(path(stored.audienceId))).body).toMatchObject(body);
    for (const field of ['field', 'operator']) expect((await add('SQL', { ...rule, [field]: text })).status).toBe(422);
  });

  it('is refused when there are as many as possible', async () => {
    await service.query(
      `insert into scoring.audience (name, description, rule, changed_by)
       select 'audience ' || n, '', $1, '{"keyId": "k", "name": "n"}' from generate_series(1, $2) n`,
      [isSad, mostAudiences - 1],
    );
    expect((await add('the last one')).status).toBe(201);
    expect(await add('one more')).toMatchObject({ status: 409, body: { code: 'too-many-audiences' } });
  });

  it('is seen and changed by marketing and administrators only', async () => {
    const clerk = await service.keyOf('clerk');
    const audienceId = await added('Sad');
    expect((await service.get('/api/v1/audiences', clerk)).status).toBe(403);
    expect((await service.get(path(audienceId), clerk)).status).toBe(403);
    expect((await service.post('/api/v1/audiences', { name: 'x', rule: isSad }, clerk)).status).toBe(403);
  });
});

describe('an audience that is changed', () => {
  it('gets another version, and keeps the earlier ones', async () => {
    const audienceId = await added('Sad');
    const { status, body } = await replace(audienceId, { name: 'Sadder', rule: { ...isSad, value: 20 } });
    expect([status, body.revision, body.rule.value]).toEqual([200, 2, 20]);
    await replace(audienceId, { name: 'Saddest', revision: 2 });
    const { body: versions } = await service.get(path(audienceId, '/versions'));
    expect(versions.items.map(({ revision, name }: { revision: number; name: string }) => [revision, name])).toEqual([
      [3, 'Saddest'],
      [2, 'Sadder'],
      [1, 'Sad'],
    ]);
    expect(versions.next).toBeNull();
  });

  it('has versions in pages, and none beyond the first', async () => {
    const audienceId = await added('Sad');
    for (const revision of [1, 2]) await replace(audienceId, { name: `changed ${revision}`, revision });
    const { body: first } = await service.get(path(audienceId, '/versions?limit=2'));
    expect(first).toMatchObject({ items: [{ revision: 3 }, { revision: 2 }], next: 2 });
    const { body: second } = await service.get(path(audienceId, `/versions?limit=2&before=${first.next}`));
    expect(second).toMatchObject({ items: [{ revision: 1 }], next: null });
    const { body: beyond } = await service.get(path(audienceId, '/versions?before=1'));
    expect(beyond).toEqual({ items: [], next: null });
  });

  it('stays as it is with the same content', async () => {
    const audienceId = await added('Sad');
    expect((await replace(audienceId, { name: 'Sad' })).body).toMatchObject({ revision: 1 });
  });

  it('tells a late editor what is stored now, and what they sent', async () => {
    const audienceId = await added('Sad');
    await replace(audienceId, { name: 'Sadder' });
    const { status, body } = await replace(audienceId, { name: 'Other', rule: { ...isSad, value: 30 } });
    expect([status, body.code, body.revision]).toEqual([409, 'audience-changed', 2]);
    expect(body.differences).toEqual([
      { place: 'name', before: 'Sadder', after: 'Other' },
      { place: 'rule.value', before: 40, after: 30 },
    ]);
    expect(await replace(audienceId, { revision: 3 })).toMatchObject({
      status: 409,
      body: { code: 'audience-changed' },
    });
  });

  it('lets one of two editors win who send at the same time', async () => {
    const audienceId = await added('Sad');
    const answers = await Promise.all(['one', 'other'].map((name) => replace(audienceId, { name })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });
});

describe('an audience that names others', () => {
  it('must name audiences that exist', async () => {
    const [first, nobody] = [await added('Sad'), randomUUID()];
    const rule = { all: [isSad, { not: isIn(first, nobody) }] };
    const fault = { place: 'all[1].not.value[1]', message: 'must be the id of an audience' };
    expect(await add('Not sad', rule)).toMatchObject({ status: 422, body: { faults: [fault] } });
    expect((await add('Not sad', { all: [isSad, { not: isIn(first) }] })).status).toBe(201);
  });

  it('must not be a part of itself', async () => {
    const first = await added('first');
    const second = await added('second', isIn(first));
    const third = await added('third', { field: 'audience', operator: 'equals', value: second });
    for (const named of [first, second, third])
      expect(await replace(first, { rule: isIn(named) })).toMatchObject({
        status: 422,
        body: { faults: [{ place: 'value[0]' }] },
      });
    expect((await replace(third, { rule: isIn(first, second) })).status).toBe(200);
  });

  it('keeps them from being deleted', async () => {
    const first = await added('first');
    const second = await added('second', isIn(first));
    expect(await remove(first)).toMatchObject({
      status: 409,
      body: { code: 'audience-in-use', audiences: [{ audienceId: second, name: 'second' }] },
    });
    expect((await remove(second)).status).toBe(204);
    expect((await remove(first)).status).toBe(204);
  });

  it.each([-1, 0, 1])('may have the most parts with all of them and %i', async (more) => {
    const large = await added('large', ruleOf(199));
    const ids = await Promise.all([1, 2].map((n) => added(`twice ${n}`, { any: [isIn(large), isIn(large)] })));
    const rest = mostExpandedParts - 2 * (3 + 2 * 199) - 2 + more;
    const { status, body } = await add('sum', { any: [isIn(...ids), ...ruleOf(rest + 1).any] });
    expect(rest).toBeLessThan(198);
    expect(status).toBe(more > 0 ? 422 : 201);
    if (more > 0) expect(body.detail).toContain(`at most ${mostExpandedParts} parts`);
  });

  it('stays small enough when one that it names is changed', async () => {
    const small = await added('small', isSad);
    const naming = await added('naming', { any: Array.from({ length: 6 }, () => isIn(small)) });
    const { status, body } = await replace(small, { rule: ruleOf(200) });
    expect(status).toBe(422);
    expect(body.faults[0].message).toContain(naming);
  });
});

describe('an audience that is deleted', () => {
  it('is gone with its versions', async () => {
    const audienceId = await added('Sad');
    expect((await remove(audienceId)).status).toBe(204);
    for (const rest of ['', '/versions']) expect((await service.get(path(audienceId, rest))).status).toBe(404);
    expect((await remove(audienceId)).status).toBe(404);
    expect((await replace(audienceId, {})).status).toBe(404);
  });

  it('cannot be named any more', async () => {
    const audienceId = await added('Sad');
    await remove(audienceId);
    expect((await add('naming', isIn(audienceId))).status).toBe(422);
  });
});
