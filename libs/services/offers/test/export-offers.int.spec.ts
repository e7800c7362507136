import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readExport } from '@sestante/runtime/testing';
import { aMove, idOf, iso, noon, unknown, yes } from './builders.ts';
import { type Service, startOffers } from './service.ts';

let service: Service;
beforeAll(async () => {
  service = await startOffers();
  const now = { timestamp: iso(Date.now()), name: 'promise.broken' };
  await service.publishScores(
    aMove('ada', now),
    aMove('bea', now),
    aMove('bea', { ...now, name: 'coupon.denied', standing: { ...yes, openApology: true } }),
  );
});
afterAll(() => service.dispose());

const filesOf = (name: string) => readExport(service.databaseUrl, { customerId: idOf(name) });

describe('what offers exports of a customer', () => {
  it('are the offers and decisions, as the customer can read them', async () => {
    const { offers, decisions } = await filesOf('bea');
    const read = async (what: string) => (await service.get(`/api/v1/customers/${idOf('bea')}/${what}`)).body.items;
    expect(offers!.length).toBeGreaterThan(0);
    expect(offers).toEqual(await read('offers'));
    expect(decisions).toEqual(await read('decisions'));
    expect(decisions!.map(({ result }) => result)).toEqual(expect.arrayContaining(['offer', 'no-deal']));
  });

  it('are empty files for somebody without offers', async () => {
    expect(await filesOf('nobody')).toEqual({ offers: [], decisions: [] });
  });

  it.each([199, 200, 201])('are all of %d decisions, page by page', async (count) => {
    const name = `customer with ${count}`;
    await service.publishScores(
      ...Array.from({ length: count }, (_, minute) =>
        aMove(name, { timestamp: iso(noon + minute), standing: unknown }),
      ),
    );
    const { decisions } = await filesOf(name);
    expect(new Set(decisions!.map(({ decisionId }) => decisionId)).size).toBe(count);
  });
});
