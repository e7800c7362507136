import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { path, startWithCustomers } from './models-service.ts';

let service: Awaited<ReturnType<typeof startWithCustomers>>;
beforeAll(async () => {
  service = await startWithCustomers();
});
afterAll(() => service.dispose());

const trend = async () => (await service.get('/api/v1/scores/trend?element=trust')).body;

it('a promoted model has the scores of the days before it', async () => {
  await service.query('delete from scoring.movement');
  const before = await trend();
  expect(before).toMatchObject({ model: 'retail-2' });
  await service.addDraft('harsh', 20);
  await service.doneShadow('harsh');
  expect((await service.post(path('harsh', '/promote'), {})).status).toBeLessThan(300);
  const after = await trend();
  expect(after.model).toBe('harsh');
  const daysOf = (items: readonly { day: string }[]) => items.map(({ day }) => day);
  expect(daysOf(after.items)).toEqual(daysOf(before.items));
  expect(after.items.at(-1).mean).toBeLessThan(before.items.at(-1).mean);
});
