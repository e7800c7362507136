import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { elements } from '@sestante/engagement';
import { aMerge, anAct, aSplit, daysAfter, expectClose, idOf } from './builders.ts';
import { type Service, startScoring } from './service.ts';

const actOf = (member: string, over: Parameters<typeof anAct>[0] = {}) =>
  anAct({ customerId: idOf(member), memberId: idOf(member), ...over });

let service: Service;
beforeAll(async () => {
  service = await startScoring();
  await service.publishActivities(
    actOf('ada', { timestamp: daysAfter(-9) }),
    actOf('visitor', { name: 'promise.broken', channel: 'store', timestamp: daysAfter(-2) }),
    actOf('visitor', { name: 'order.completed', properties: { revenue: 20 }, timestamp: daysAfter(-5) }),
  );
});
afterAll(() => service.dispose());

const paths = [
  `/scores?at=${daysAfter(0)}`,
  `/scores?at=${daysAfter(-4)}`,
  `/scores/trust/explanation?at=${daysAfter(0)}`,
  `/scores/trust/explanation?scale=mood&at=${daysAfter(-1)}`,
];
const read = async (name: string, path: string) => service.get(`/api/v1/customers/${idOf(name)}${path}`);
const readAll = (name: string) => Promise.all(paths.map((path) => read(name, path)));
/** Equal, numbers within 1e-9. */
function expectSame(actual: unknown, expected: unknown): void {
  if (typeof actual === 'number' && typeof expected === 'number') return expectClose(actual, expected);
  if (typeof actual !== 'object' || actual === null) return expect(actual).toEqual(expected);
  expect(Object.keys(actual)).toEqual(Object.keys(expected as object));
  for (const [key, value] of Object.entries(actual)) expectSame(value, (expected as Record<string, unknown>)[key]);
}

it('a former id answers with the scores of the surviving customer, and after a split everything is as before', async () => {
  const before = { ada: await readAll('ada'), visitor: await readAll('visitor') };
  expect(before.ada.map(({ status }) => status)).toEqual([200, 200, 200, 200]);

  await service.publishActivities(...aMerge('visitor', 'ada', { visitor: 1 }));
  const merged = { ada: await readAll('ada'), visitor: await readAll('visitor') };
  expect(merged.visitor).toEqual(merged.ada);
  expect(merged.ada[0]!.body).toMatchObject({ customerId: idOf('ada'), elements: { trust: { evidence: 2 } } });
  expect(merged.ada[2]!.body.contributions).toHaveLength(2);
  const [now, formerNow] = [await read('ada', '/scores'), await read('visitor', '/scores')];
  expect(formerNow.body.customerId).toBe(idOf('ada'));
  for (const element of elements)
    expect(formerNow.body.elements[element].evidence).toBe(now.body.elements[element].evidence);

  await service.publishActivities(...aSplit('ada', 'visitor', { visitor: 2 }));
  const after = { ada: await readAll('ada'), visitor: await readAll('visitor') };
  expectSame(after, before);
});

describe('a former id', () => {
  it('answers also if its member never acted', async () => {
    await service.publishActivities(actOf('bea'), ...aMerge('unseen', 'bea', { unseen: 1 }));
    expect(await read('unseen', '/scores')).toMatchObject({ status: 200, body: { customerId: idOf('bea') } });
    expect(await read('unseen', `/scores/trust/explanation`)).toMatchObject({ status: 200 });
  });

  it('answers its own token only if the customer had a strong identifier when it was issued', async () => {
    await service.publishActivities(actOf('fay'), actOf('browser of fay'));
    const [weak, strong] = await Promise.all(
      [true, false].map((isWeak) => service.tokenOf(idOf('browser of fay'), { isWeak })),
    );
    const read = (path: string, token: string) => service.get(`/api/v1/customers/me${path}`, token);
    for (const path of ['/scores', '/scores/trust/explanation']) expect((await read(path, weak!)).status).toBe(200);
    await service.publishActivities(...aMerge('browser of fay', 'fay', { 'browser of fay': 1 }));
    for (const path of ['/scores', '/scores/trust/explanation']) {
      expect(await read(path, weak!)).toMatchObject({ status: 401, body: { code: 'token-ended' } });
      expect((await read(path, strong!)).status).toBe(200);
    }
  });

  it('answers over two merges', async () => {
    await service.publishActivities(actOf('cleo'), actOf('dora'), actOf('edith'));
    await service.publishActivities(...aMerge('cleo', 'dora', { cleo: 1 }));
    await service.publishActivities(...aMerge('dora', 'edith', { dora: 1, cleo: 2 }));
    for (const name of ['cleo', 'dora', 'edith'])
      expect((await read(name, '/scores')).body).toMatchObject({
        customerId: idOf('edith'),
        elements: { trust: { evidence: 3 } },
      });
  });
});
