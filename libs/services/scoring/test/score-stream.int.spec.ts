import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { seal, topics } from '@sestante/contracts';
import { adminKey } from '@sestante/runtime/testing';
import { randomUUID } from 'node:crypto';
import { aMerge, anAct, anActOf, aSplit, daysAfter, idOf } from './builders.ts';
import { type Service, startScoring } from './service.ts';

let service: Service;
beforeAll(async () => {
  service = await startScoring();
});
afterAll(() => service.dispose());

const scoresOf = async (name: string) => (await service.get(`/api/v1/customers/${idOf(name)}/scores`)).body;
/** The customer has the id of the member. */
const founderOf = (name: string) => anAct({ customerId: idOf(name), memberId: idOf(name) });

describe('the stream of the scores of a customer', () => {
  it('begins with the present scores, and goes on with those after each change', async () => {
    await service.publishActivities(anActOf('ada'));
    const ada = await service.listen(idOf('ada'));
    await ada.untilCount(1);
    expect(ada).toMatchObject({ status: 200, contentType: 'text/event-stream' });
    const { at: _, ...first } = await scoresOf('ada');
    expect(ada.events[0]).toMatchObject({ event: 'scores', id: expect.stringMatching(/^\d+-\d+-\d+$/) });
    expect(ada.events[0]!.data).toMatchObject({ customerId: idOf('ada'), model: first.model });
    expect(ada.events[0]!.data.elements.trust.bond).toBeCloseTo(first.elements.trust.bond, 3);

    await service.publishActivities(anActOf('ada', { name: 'promise.broken' }));
    await ada.untilCount(2);
    const second = await scoresOf('ada');
    expect(ada.events[1]!.data.elements.trust.bond).toBeCloseTo(second.elements.trust.bond, 3);
    expect(ada.events[1]!.data.elements.trust.bond).toBeLessThan(first.elements.trust.bond);
  });

  it('sends nothing about others', async () => {
    await service.publishActivities(anActOf('bea'), anActOf('cleo'));
    const [bea, cleo] = [await service.listen(idOf('bea')), await service.listen(idOf('cleo'))];
    await Promise.all([bea.untilCount(1), cleo.untilCount(1)]);
    await service.publishActivities(anActOf('cleo'));
    await cleo.untilCount(2);
    expect(bea.events).toHaveLength(1);
  });

  it('resumes: what the client has is not sent again, and what it missed is', async () => {
    await service.publishActivities(anActOf('dora'));
    const first = await service.listen(idOf('dora'));
    await first.untilCount(1);
    const { id } = first.events[0]!;
    first.disconnect();
    const same = await service.listen(idOf('dora'), id);
    await service.publishActivities(anActOf('dora'));
    await same.untilCount(1);
    const late = await service.listen(idOf('dora'), id);
    await late.untilCount(1);
    expect(late.events.map((event) => event.id)).toEqual(same.events.map((event) => event.id));
    expect(same.events[0]!.id).not.toBe(id);
  });

  it('of a customer without activities begins with the first one', async () => {
    const edith = await service.listen(idOf('edith'));
    await service.publishActivities(anActOf('edith'));
    await edith.untilCount(1);
    expect(edith.events[0]!.data).toMatchObject({ customerId: idOf('edith') });
  });

  it('follows a merge', async () => {
    await service.publishActivities(founderOf('visitor'), founderOf('fay'));
    const visitor = await service.listen(idOf('visitor'));
    await visitor.untilCount(1);
    await service.publishActivities(...aMerge('visitor', 'fay', { visitor: 1 }));
    await visitor.untilCount(2);
    await service.publishActivities(founderOf('fay'));
    await visitor.untilCount(3);
    expect(visitor.events.at(-1)!.data.customerId).toBe(idOf('fay'));
    expect(visitor.events.at(-1)!.data.elements.trust.evidence).toBe(3);
  });

  it('tells members that leave from those that are read again', async () => {
    await service.publishActivities(founderOf('guest of ida'), founderOf('ida'), founderOf('ida'));
    await service.publishActivities(...aMerge('guest of ida', 'ida', { 'guest of ida': 1 }));
    const ida = await service.listen(idOf('ida'));
    await ida.untilCount(1);
    await service.publishActivities(...aSplit('ida', 'guest of ida', { 'guest of ida': 2 }));
    await ida.untilCount(2);
    expect(ida.events.map(({ data }) => data.elements.trust.evidence)).toEqual([3, 2]);
  });

  it('ends with the merge for the token of a visitor', async () => {
    await service.publishActivities(founderOf('guest'), founderOf('gail'));
    const token = await service.tokenOf(idOf('guest'), { isWeak: true });
    const guest = await service.listen(idOf('guest'), undefined, token);
    await guest.untilCount(1);
    await service.publishActivities(...aMerge('guest', 'gail', { guest: 1 }));
    await guest.ended;
    expect(guest.events).toHaveLength(1);
  });

  it('ends with the erasure of the customer, and cannot be opened again', async () => {
    await service.publishActivities(anActOf('hana'));
    const hana = await service.listen(idOf('hana'));
    await hana.untilCount(1);
    const data = {
      ...{ erasureId: randomUUID(), customerId: idOf('hana'), erasedAt: daysAfter(1) },
      members: [idOf('hana'), idOf('member of hana')],
    };
    await service.handled(topics.customers.name, [
      seal(topics.customers, { event: 'CustomerErased', id: data.erasureId, key: data.customerId, data }),
    ]);
    await hana.ended;
    expect(hana.events).toHaveLength(1);
    expect((await service.get(`/api/v1/customers/${idOf('hana')}/scores/stream`)).status).toBe(410);
  });

  it.each(['x', '1', '1-1', '1-1-', '1-1-1.5', "1-1-1' or '1'='1", `1-1-${'9'.repeat(16)}`])(
    'with the id %j is answered with 400',
    async (id) => {
      const response = await fetch(`${service.url}/api/v1/customers/${idOf('ada')}/scores/stream`, {
        headers: { authorization: `Bearer ${adminKey}`, 'last-event-id': id },
      });
      expect({ status: response.status, ...((await response.json()) as object) }).toMatchObject({
        status: 400,
        code: 'bad-event-id',
      });
    },
  );

  it('is open to the token of the customer alone, and to no unknown key', async () => {
    const token = await service.tokenOf(idOf('ada'));
    const own = await service.listen(idOf('ada'), undefined, token);
    await own.untilCount(1);
    const status = async (credential: string) =>
      (await service.get(`/api/v1/customers/${idOf('bea')}/scores/stream`, credential)).status;
    expect(await status(token)).toBe(404);
    expect(await status('some-other-key')).toBe(401);
  });
});
