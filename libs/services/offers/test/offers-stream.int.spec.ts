import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { topics } from '@sestante/contracts';
import { eventually } from '@sestante/streaming/testing';
import { aMove, idOf, iso } from './builders.ts';
import { storeOffers, announceOffer } from './store-offers.ts';
import type { StreamClient } from '@sestante/runtime/testing';
import { type Service, startOffers } from './service.ts';

let service: Service;
beforeAll(async () => {
  service = await startOffers();
});
afterAll(() => service.dispose());

/** A promise to the customer was broken just now. The apology needs no consent. */
const aBrokenPromise = (name: string) => aMove(name, { name: 'promise.broken', timestamp: iso(Date.now()) });
const listen = (name: string, lastEventId?: string) => service.listen(idOf(name), lastEventId);
const titlesOf = ({ events }: StreamClient) => events.map(({ data }) => data.title as string);
const titles = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => `title ${from + index}`);

describe('a customer with an open stream', () => {
  it('gets a new offer, in the format of the list, with the id to resume from', async () => {
    const ada = await listen('ada');
    expect(ada).toMatchObject({ status: 200, contentType: 'text/event-stream' });
    await service.publishScores(aBrokenPromise('ada'));
    await ada.untilCount(1);
    const { body } = await service.get(`/api/v1/customers/${idOf('ada')}/offers`);
    expect(ada.events).toEqual([{ id: expect.stringMatching(/^\d+$/), event: 'offer', data: body.items[0] }]);
  });

  it('does not get earlier offers', async () => {
    await storeOffers(service, 'bea', 2);
    const bea = await listen('bea');
    await storeOffers(service, 'bea', 1);
    await announceOffer(service, 'bea');
    await bea.untilCount(1);
    expect(titlesOf(bea)).toEqual(['title 1']);
    expect((await service.get(`/api/v1/customers/${idOf('bea')}/offers`)).body.items).toHaveLength(3);
  });

  it('does not get the offers of others', async () => {
    const [cleo, dora] = [await listen('cleo'), await listen('dora', '0')];
    await service.publishScores(aBrokenPromise('cleo'), aBrokenPromise('dora'));
    await Promise.all([cleo.untilCount(1), dora.untilCount(1)]);
    const ofDora = (await service.get(`/api/v1/customers/${idOf('dora')}/offers`)).body.items;
    expect(dora.events.map(({ data }) => data)).toEqual(ofDora);
    expect(cleo.events).toHaveLength(1);
  });

  it('gets the same on all of its devices', async () => {
    const devices = await Promise.all([listen('edith'), listen('edith'), listen('edith')]);
    await service.publishScores(aBrokenPromise('edith'));
    await Promise.all(devices.map((device) => device.untilCount(1)));
    for (const device of devices) expect(device.events).toEqual(devices[0]!.events);
  });

  it('gets offers also after a message that violates the contract', async () => {
    const fay = await listen('fay');
    const broken = { key: idOf('fay'), value: 'not json', headers: { ce_type: topics.offers.events.OfferMade.type } };
    await service.publish(topics.offers.name, [broken, { ...broken, headers: {} }]);
    await service.publishScores(aBrokenPromise('fay'));
    await fay.untilCount(1);
  });
});

describe('a customer who reconnects', () => {
  it.each([0, 1, 3, 6])('after %d of 6 offers gets the others, each once and in order', async (seen) => {
    const name = `back after ${seen}`;
    await storeOffers(service, name, 6);
    const all = await listen(name, '0');
    await all.untilCount(6);
    const again = await listen(name, seen === 0 ? '0' : all.events[seen - 1]!.id);
    await storeOffers(service, name, 1);
    await announceOffer(service, name);
    await again.untilCount(7 - seen);
    expect(titlesOf(again)).toEqual([...titles(seen + 1, 6), 'title 1']);
  });

  it('after a connection without offers loses nothing', async () => {
    await storeOffers(service, 'gail', 1);
    const first = await listen('gail');
    const position = await eventually(() => {
      const id = first.lastEventId();
      if (id === undefined) throw new Error('The client has not received its position yet.');
      return id;
    });
    first.disconnect();
    await storeOffers(service, 'gail', 2);
    const second = await listen('gail', position);
    await second.untilCount(2);
    expect(titlesOf(second)).toEqual(titles(1, 2));
  });

  it('gets all offers, however many there are', async () => {
    await storeOffers(service, 'hana', 1_203);
    const hana = await listen('hana', '0');
    await hana.untilCount(1_203);
    expect(titlesOf(hana)).toEqual(titles(1, 1_203));
  });

  it('gets all offers in order, also if the ids get another digit', async () => {
    await service.query('alter table offers.offer alter column position restart with 9996');
    await storeOffers(service, 'jane', 10);
    const jane = await listen('jane', '0');
    await storeOffers(service, 'jane', 1);
    await announceOffer(service, 'jane');
    await jane.untilCount(11);
    expect(titlesOf(jane)).toEqual([...titles(1, 10), 'title 1']);
    const { body } = await service.get(`/api/v1/customers/${idOf('jane')}/offers?limit=1`);
    expect(body.items).toEqual([jane.events.at(-1)!.data]);
  });

  it('gets each offer once while more are made', async () => {
    await storeOffers(service, 'ida', 300);
    const ida = await listen('ida', '0');
    for (let round = 0; round < 5; round += 1) {
      await storeOffers(service, 'ida', 50);
      await Promise.all([announceOffer(service, 'ida'), announceOffer(service, 'ida')]);
    }
    await ida.untilCount(550);
    const ids = ida.events.map(({ id }) => Number(id));
    expect(ids).toEqual(ids.toSorted((a, b) => a - b));
    expect(new Set(ids).size).toBe(550);
  });

  it.each(['x', '-1', '1.5', '1e3', '9'.repeat(19), '0x1', "1' or '1'='1"])(
    'with the id %j is answered with 400',
    async (id) => {
      const response = await fetch(`${service.url}/api/v1/customers/${idOf('ada')}/offers/stream`, {
        headers: { authorization: 'Bearer the-administrators-key', 'last-event-id': id },
      });
      expect({ status: response.status, ...((await response.json()) as object) }).toMatchObject({
        status: 400,
        code: 'bad-event-id',
      });
    },
  );
});

describe('the right to read offers', () => {
  it.each([
    ['marketing', 200],
    ['clerk', 200],
    ['app', 200],
  ])('of a key with the role %s: %d', async (role, status) => {
    const key = await service.keyOf(role);
    expect((await service.get(`/api/v1/customers/${idOf('ada')}/offers`, key)).status).toBe(status);
  });

  it('does not belong to a caller without a key', async () => {
    expect((await fetch(`${service.url}/api/v1/customers/${idOf('ada')}/offers/stream`)).status).toBe(401);
  });
});
