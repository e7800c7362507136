import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { elements } from '@sestante/engagement';
import { readExport } from '@sestante/runtime/testing';
import { aMerge, anActOf, daysAfter, expectClose, idOf } from './builders.ts';
import { mostReasons } from '../src/export-scores.handler.ts';
import { pageSize } from '../src/store/activity-pages.ts';
import { type Service, startScoring } from './service.ts';

const ada = idOf('ada');

let service: Service;
beforeAll(async () => {
  service = await startScoring();
  await service.publishActivities(
    anActOf('ada', { timestamp: daysAfter(-40) }),
    anActOf('ada', { name: 'promise.broken', timestamp: daysAfter(-3) }),
    anActOf('ada', {
      name: 'order.completed',
      properties: { revenue: 40 },
      channel: 'store',
      timestamp: daysAfter(-9),
    }),
    anActOf('bea', { name: 'promise.broken' }),
  );
});
afterAll(() => service.dispose());

const filesOf = (customerId: string) => readExport(service.databaseUrl, { customerId });

describe('what scoring exports of a customer', () => {
  it('are the scores, and reasons that add up to each of them', async () => {
    const { scores, reasons } = await filesOf(ada);
    expect(scores).toMatchObject([{ model: 'retail-2', overall: expect.any(Number) }]);
    for (const element of elements)
      for (const scale of ['bond', 'mood']) {
        const score = scores![0].elements[element][scale] as number | null;
        const own = reasons!.filter((reason) => reason.element === element && reason.scale === scale);
        if (score === null) expect(own).toEqual([]);
        else
          expectClose(
            own.reduce((sum, { contribution }) => sum + contribution, 0),
            score,
          );
      }
    expect(reasons!.map(({ because }) => because)).toContain('promise.broken');
  });

  it('is the evidence of each activity, and nothing of other customers', async () => {
    const { evidence } = await filesOf(ada);
    expect(evidence!.map(({ at, name }) => [at, name])).toEqual([
      [daysAfter(-40), 'promise.kept'],
      [daysAfter(-9), 'order.completed'],
      [daysAfter(-3), 'promise.broken'],
    ]);
  });

  it('are empty files for somebody without activities', async () => {
    expect(await filesOf(idOf('nobody'))).toEqual({ scores: [], reasons: [], evidence: [] });
  });

  it('has what all members of a merged customer experienced, under either id', async () => {
    await service.publishActivities(anActOf('cleo'), anActOf('dora', { name: 'promise.broken' }));
    await service.publishActivities(...aMerge('cleo', 'dora', { cleo: 1, 'member of cleo': 1 }));
    for (const name of ['cleo', 'dora']) expect((await filesOf(idOf(name)))['evidence']).toHaveLength(2);
  });

  it('is all evidence of a customer with more activities than fit into a part, and the largest reasons', async () => {
    const many = Array.from({ length: 3_000 }, (_, index) => anActOf('busy', { timestamp: daysAfter(-index / 100) }));
    await service.publishActivities(...many);
    const { scores, evidence, reasons } = await filesOf(idOf('busy'));
    expect(evidence!.map(({ activityId }) => activityId)).toEqual(many.map(({ activityId }) => activityId).reverse());
    const ofTrust = reasons!.filter(({ element, scale }) => element === 'trust' && scale === 'bond');
    expect(ofTrust).toHaveLength(1 + mostReasons + 1);
    expect(ofTrust.at(-1)).toMatchObject({ because: 'all others', count: 3_000 - mostReasons });
    expectClose(
      ofTrust.reduce((sum, { contribution }) => sum + contribution, 0),
      scores![0].elements.trust.bond,
    );
  });

  it.each([-1, 0, 1])('is all evidence of a page with %+d activities, of several members', async (more) => {
    const [one, other] = [`paged-${more}`, `another-${more}`];
    const acts = Array.from({ length: pageSize + more }, (_, index) => anActOf(index % 2 === 0 ? one : other));
    await service.publishActivities(...acts);
    await service.publishActivities(...aMerge(one, other, { [one]: 1, [`member of ${one}`]: 1 }));
    const { evidence } = await filesOf(idOf(other));
    const ids = evidence!.map(({ activityId }) => activityId);
    expect(ids).toEqual(acts.map(({ activityId }) => activityId).sort());
  });
});
