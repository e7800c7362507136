import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { anActivity, user } from '../builders.ts';
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
