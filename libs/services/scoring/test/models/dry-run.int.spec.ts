import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { elements } from '@sestante/engagement';
import { idOf } from '../builders.ts';
import { startWithCustomers } from './models-service.ts';

let service: Awaited<ReturnType<typeof startWithCustomers>>;
beforeAll(async () => {
  service = await startWithCustomers();
});
afterAll(() => service.dispose());

describe('a dry run', () => {
  it('tells the scores of one customer before and after, and what each rule changes', async () => {
    await service.addDraft('dry-1');
    const { status, body } = await service.postTo('dry-1', '/dry-run', { customerId: idOf('customer 3') });
    expect(status).toBe(200);
    expect([body.before.model, body.after.model]).toEqual(['retail-2', 'dry-1']);
    expect(body.after.elements.trust.bond).toBeLessThan(body.before.elements.trust.bond);
    const trust = body.rules.filter(({ element }: { element: string }) => element === 'trust');
    expect(trust[0]).toMatchObject({ name: 'promise.broken', before: { count: 11 }, after: { count: 11 } });
    const baseOf = { value: 60, efficiency: 60, trust: 65, coherence: 70, relevance: 40, control: 60 };
    for (const element of elements) {
      const ofElement = body.rules.filter((rule: { element: string }) => rule.element === element);
      for (const side of ['before', 'after']) {
        const sum = ofElement.reduce(
          (total: number, rule: Record<string, { contribution: number }>) => total + rule[side]!.contribution,
          0,
        );
        expect(sum).toBeCloseTo(body[side].elements[element].bond ?? baseOf[element], 9);
      }
    }
  });

  it.each([
    ['of an unknown model', 'unknown', () => idOf('customer 3'), 404],
    ['of an unknown customer', 'retail-2', () => idOf('nobody'), 404],
    ['of no id', 'retail-2', () => 'ada', 400],
  ])('%s is refused', async (_, version, customerId, status) => {
    expect((await service.postTo(version, '/dry-run', { customerId: customerId() })).status).toBe(status);
  });
});

describe('scores and explanations under another model', () => {
  it('are those of the kept activities, with the version of that model', async () => {
    await service.addDraft('asked-1');
    const [live, asked] = [
      await service.scoresOf('customer 5'),
      await service.scoresOf('customer 5', '?model=asked-1'),
    ];
    expect([live.model, asked.model]).toEqual(['retail-2', 'asked-1']);
    expect(asked.elements.trust.bond).toBeLessThan(live.elements.trust.bond);
    expect([live.elements.control.bond, asked.elements.control.evidence]).toEqual([null, 1]);
    const explanation = await service.get(
      `/api/v1/customers/${idOf('customer 5')}/scores/control/explanation?model=asked-1`,
    );
    expect(explanation.body.contributions).toMatchObject([{ name: 'page.viewed' }]);
  });

  it('are not shown to customers', async () => {
    const token = await service.tokenOf(idOf('customer 5'));
    for (const rest of ['/scores', '/scores/trust/explanation']) {
      expect((await service.get(`/api/v1/customers/me${rest}`, token)).status).toBe(200);
      expect((await service.get(`/api/v1/customers/me${rest}?model=asked-1`, token)).status).toBe(403);
    }
  });

  it('are not found under an unknown model', async () => {
    for (const rest of ['/scores', '/scores/trust/explanation'])
      expect((await service.get(`/api/v1/customers/${idOf('customer 5')}${rest}?model=unknown`)).status).toBe(404);
  });
});
