import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { anActivity, card, device, mail, minutesAfterNoon, user, visitor } from './builders.ts';
import { type Service, startProfile } from './service.ts';

let service: Service;
let [ada, bea] = ['', ''];
beforeAll(async () => {
  service = await startProfile();
  await service.publishActivities(
    anActivity({
      identifiers: [user('ada'), visitor('v-1')],
      traits: { city: 'Rome' },
      timestamp: minutesAfterNoon(1),
    }),
    anActivity({
      identifiers: [user('bea'), device('tablet')],
      traits: { city: 'Oslo' },
      timestamp: minutesAfterNoon(2),
    }),
    anActivity({ identifiers: [user('bea'), visitor('v-1')], timestamp: minutesAfterNoon(3) }),
  );
  ada = await service.idOf('user_id', 'ada');
  bea = await service.idOf('user_id', 'bea');
});
afterAll(() => service.dispose());

const customer = async (id: string, path = '') => {
  const answer = await service.get(`/api/v1/customers/${id}${path}`);
  expect(answer).toMatchObject({ status: 200 });
  return answer;
};
const merge = (id: string, customerId: string, query = '') =>
  service.post(`/api/v1/customers/${id}/merges${query}`, { customerId, reason: 'the same passport' });
const unmerge = (id: string, mergeId: string, query = '') =>
  service.change(`DELETE /api/v1/customers/${id}/merges/${mergeId}${query}`);
const identifiersOf = (members: { identifiers: { value: string }[] }[]) =>
  members.flatMap(({ identifiers }) => identifiers.map(({ value }) => value)).sort();

describe('the identity of a customer', () => {
  it('has its members, what links them, and what does not', async () => {
    const { status, body } = await customer(bea, '/identity');
    expect(status).toBe(200);
    expect(identifiersOf(body.members)).toEqual(['bea', 'tablet']);
    expect(body.links).toEqual([expect.objectContaining({ rule: 'same-activity', at: minutesAfterNoon(2) })]);
    expect(body.refused).toEqual([expect.objectContaining({ refusal: 'another-person', at: minutesAfterNoon(3) })]);
  });

  it('is not for an app or the customer', async () => {
    const key = await service.keyOf('app');
    expect((await service.get(`/api/v1/customers/${bea}/identity`, key)).status).toBe(403);
  });
});

describe('a merge by hand', () => {
  const everything = async () =>
    Promise.all([ada, bea].flatMap((id) => ['', '/timeline'].map(async (path) => (await customer(id, path)).body)));

  it('can be looked at first', async () => {
    const before = await everything();
    const { status, body } = await merge(bea, ada, '?dry=true');
    expect([status, body.customerId, body.mergeId]).toEqual([200, ada, undefined]);
    expect(identifiersOf(body.members)).toEqual(['ada', 'bea', 'tablet', 'v-1']);
    expect(await everything()).toEqual(before);
  });

  it('makes both ids answer for one customer, and its end gives back what was', async () => {
    const before = await everything();
    const merged = await merge(bea, ada);
    expect(merged).toMatchObject({ status: 201, body: { customerId: ada } });
    const { mergeId } = merged.body;
    for (const id of [ada, bea]) {
      const { body } = await customer(id);
      expect([body.customerId, body.traits.city.value]).toEqual([ada, 'Oslo']);
      expect(identifiersOf(body.members)).toEqual(['ada', 'bea', 'tablet', 'v-1']);
      expect((await customer(id, '/timeline')).body.items).toHaveLength(3);
      expect((await customer(id, '/identity')).body.links).toContainEqual(
        expect.objectContaining({ linkId: mergeId, rule: 'merged-by-hand', reason: 'the same passport' }),
      );
    }
    expect(await unmerge(bea, mergeId, '?dry=true')).toMatchObject({ status: 200 });
    expect((await customer(bea)).body.customerId).toBe(ada);
    const unmerged = await unmerge(bea, mergeId);
    expect(unmerged.status).toBe(200);
    expect(unmerged.body.customers.toSorted()).toEqual([ada, bea].toSorted());
    expect(await everything()).toEqual(before);
    expect(await unmerge(ada, mergeId)).toMatchObject({ status: 409, body: { code: 'already-unmerged' } });
  });

  it.each(['1', '0', 'yes'])('is not made with dry=%s, which is neither true nor false', async (dry) => {
    expect((await merge(ada, bea, `?dry=${dry}`)).status).toBe(400);
    expect((await customer(bea)).body.customerId).toBe(bea);
  });

  it('can be made again', async () => {
    const { body } = await merge(ada, bea);
    expect(body.customerId).toBe(ada);
    expect((await unmerge(ada, body.mergeId)).status).toBe(200);
  });

  it('of one customer with itself or in a circle is refused', async () => {
    expect(await merge(ada, ada)).toMatchObject({ status: 409, body: { code: 'same-customer' } });
    const { body } = await merge(ada, bea);
    expect(await merge(bea, ada)).toMatchObject({ status: 409, body: { code: 'same-customer' } });
    await unmerge(ada, body.mergeId);
  });

  it.each([
    ['nobody', 404, { customerId: randomUUID(), reason: 'x' }],
    ['no id', 400, { customerId: 'ada', reason: 'x' }],
    ['no reason', 400, { customerId: randomUUID() }],
    ['a reason of 501 characters', 400, { customerId: randomUUID(), reason: 'x'.repeat(501) }],
    ['a reason of 500 characters, for nobody', 404, { customerId: randomUUID(), reason: 'x'.repeat(500) }],
  ])('with %s is answered with %d', async (_what, status, body) => {
    expect((await service.post(`/api/v1/customers/${ada}/merges`, body)).status).toBe(status);
  });

  it('that does not exist cannot be undone', async () => {
    expect(await unmerge(ada, randomUUID())).toMatchObject({ status: 404 });
  });
});

describe('a link that the rules made', () => {
  it('can be undone, and activities do not make it again', async () => {
    const both = () => anActivity({ identifiers: [user('cleo'), card('900')] });
    await service.publishActivities(anActivity({ identifiers: [card('900')] }), both());
    const cleo = await service.idOf('user_id', 'cleo');
    expect(await service.idOf('loyalty_card', '900')).toBe(cleo);
    const [link] = (await customer(cleo, '/identity')).body.links;
    expect((await unmerge(cleo, link.linkId, '?reason=a%20family%20card')).status).toBe(200);
    await service.publishActivities(both());
    const [account, family] = [await service.idOf('user_id', 'cleo'), await service.idOf('loyalty_card', '900')];
    expect(account).not.toBe(family);
    expect((await customer(account, '/identity')).body.refused).toEqual([
      expect.objectContaining({ refusal: 'unmerged', undone: expect.objectContaining({ reason: 'a family card' }) }),
    ]);
    expect(await unmerge(account, link.linkId)).toMatchObject({ status: 409, body: { code: 'already-unmerged' } });
  });
});

describe('a merge by hand of two customers who were separated', () => {
  it('brings them together, and its end separates them again, for activities too', async () => {
    const both = () => anActivity({ identifiers: [user('emma'), card('901')] });
    await service.publishActivities(both());
    const emma = await service.idOf('user_id', 'emma');
    const [link] = (await customer(emma, '/identity')).body.links;
    const { body: separated } = await unmerge(emma, link.linkId);
    // The card has an account of its own by now: the merge by hand is between the two accounts, the separation between one of them and the card.
    await service.publishActivities(anActivity({ identifiers: [card('901'), user('finn')] }));
    const finn = await service.idOf('user_id', 'finn');
    expect(separated.customers).toContain(await service.idOf('user_id', 'emma'));
    const { body } = await merge(emma, finn);
    expect(await service.idOf('loyalty_card', '901')).toBe(await service.idOf('user_id', 'emma'));
    expect((await unmerge(emma, body.mergeId)).status).toBe(200);
    const [row] = await service.query<{ count: number }>(
      `select count(*)::int as count from profile.separation s
         join profile.member a on a.member_id = s.member_a join profile.member b on b.member_id = s.member_b
        where array['emma', '901'] <@ array[a.value, b.value]`,
    );
    expect(row!.count).toBe(1);
    await service.publishActivities(both());
    expect(await service.idOf('loyalty_card', '901')).toBe(await service.idOf('user_id', 'finn'));
    expect(await service.idOf('user_id', 'emma')).toBe(emma);
  });
});

describe('a blocked identifier', () => {
  it('is linked with nobody, before and after it is seen, until it is unblocked', async () => {
    const blocked = await service.post('/api/v1/identity/blocked', { kind: 'loyalty_card', value: ' 4711 ' });
    expect(blocked).toMatchObject({ status: 201, body: { kind: 'loyalty_card', value: '4711' } });
    await service.publishActivities(
      anActivity({ identifiers: [user('dora'), card('4711'), mail('dora@example.org')] }),
    );
    const idOf = async () => [await service.idOf('user_id', 'dora'), await service.idOf('loyalty_card', '4711')];
    expect(new Set(await idOf()).size).toBe(2);
    expect((await service.get('/api/v1/identity/blocked')).body.items).toEqual([blocked.body]);
    const path = `/api/v1/identity/blocked/${blocked.body.memberId}`;
    expect((await service.change(`DELETE ${path}`)).status).toBe(204);
    expect(new Set(await idOf()).size).toBe(1);
    expect((await service.change(`DELETE ${path}`)).status).toBe(404);
  });

  it('must be an identifier', async () => {
    const answer = await service.post('/api/v1/identity/blocked', { kind: 'email', value: 'nobody' });
    expect(answer).toMatchObject({ status: 400, body: { code: 'identifier-invalid' } });
  });
});

it('the rules in force can be read', async () => {
  const { body } = await service.get('/api/v1/identity/rules');
  expect(body.mostPartners.user_id).toBe(5);
  expect(body.blocked).toEqual(expect.any(Number));
});
