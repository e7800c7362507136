import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { seal, topics } from '@sestante/contracts';
import { randomUUID } from 'node:crypto';
import { anActOf, daysAfter, idOf } from './builders.ts';
import { type Service, startScoring } from './service.ts';

let service: Service;
beforeAll(async () => {
  service = await startScoring();
});
afterAll(() => service.dispose());

it('the scores of an erased customer are gone, and those of others are not', async () => {
  await service.publishActivities(anActOf('ada'), anActOf('bea'));
  const paths = ['scores', `scores?at=${daysAfter(1)}`, 'scores/trust/explanation'];
  const read = (name: string) =>
    Promise.all(paths.map((path) => service.get(`/api/v1/customers/${idOf(name)}/${path}`)));
  for (const { status } of await read('ada')) expect(status).toBe(200);

  const data = {
    ...{ erasureId: randomUUID(), customerId: idOf('ada'), erasedAt: daysAfter(1) },
    members: [idOf('ada'), idOf('member of ada')],
  };
  await service.handled(topics.customers.name, [
    seal(topics.customers, { event: 'CustomerErased', id: data.erasureId, key: data.customerId, data }),
  ]);
  for (const answer of await read('ada'))
    expect(answer).toMatchObject({ status: 410, body: { code: 'customer-erased' } });
  for (const { status } of await read('bea')) expect(status).toBe(200);
});
