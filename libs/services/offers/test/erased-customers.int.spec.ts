import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type CustomerErased, seal, topics } from '@sestante/contracts';
import { randomUUID } from 'node:crypto';
import { idOf, iso, noon } from './builders.ts';
import { type Service, startOffers } from './service.ts';
import { storeOffers } from './store-offers.ts';

let service: Service;
beforeAll(async () => {
  service = await startOffers();
});
afterAll(() => service.dispose());

const erase = (name: string) => {
  const data: CustomerErased = {
    ...{ erasureId: randomUUID(), customerId: idOf(name), erasedAt: iso(noon) },
    members: [idOf(name), idOf(`member of ${name}`)],
  };
  return service.handled(topics.scores.name, [
    seal(topics.scores, { event: 'CustomerErased', id: data.erasureId, key: data.customerId, data }),
  ]);
};

it('the offers and decisions of an erased customer are gone, and those of others are not', async () => {
  await storeOffers(service, 'ada', 2);
  await storeOffers(service, 'bea', 2);
  await erase('ada');
  const paths = ['offers', 'decisions', 'offers/stream'];
  for (const id of [idOf('ada'), idOf('member of ada')])
    for (const path of paths)
      expect(await service.get(`/api/v1/customers/${id}/${path}`)).toMatchObject({
        status: 410,
        body: { code: 'customer-erased' },
      });
  expect((await service.get(`/api/v1/customers/${idOf('bea')}/offers`)).body.items).toHaveLength(2);
});

it('the live streams of an erased customer end, also under another of its ids; those of others go on', async () => {
  await storeOffers(service, 'cleo', 1);
  const [own, former, other] = [
    await service.listen(idOf('cleo')),
    await service.listen(idOf('member of cleo')),
    await service.listen(idOf('dora')),
  ];
  let hasOtherEnded = false;
  void other.ended.then(() => (hasOtherEnded = true));
  await erase('cleo');
  await Promise.all([own.ended, former.ended]);
  expect(hasOtherEnded).toBe(false);
});
