import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anActOf, idOf } from '../builders.ts';
import { path, startWithCustomers } from './models-service.ts';

let service: Awaited<ReturnType<typeof startWithCustomers>>;
beforeAll(async () => {
  service = await startWithCustomers();
});
afterAll(() => service.dispose());

describe('a shadow', () => {
  it('reads the history of all customers, and is done with a report', async () => {
    await service.addDraft('shadow-1');
    expect((await service.get(path('shadow-1', '/differences'))).body.code).toBe('not-ready');
    const done = await service.doneShadow('shadow-1');
    expect(done).toMatchObject({ progress: 1, total: 30, fault: null });
    expect(done.activities).toBeGreaterThanOrEqual(100);
    expect((await service.get(path('shadow-1'))).body.status).toBe('shadow');
    const { body } = await service.get(path('shadow-1', '/differences'));
    expect(body).toMatchObject({ before: 'retail-2', after: 'shadow-1', compared: 30, share: 1 });
    expect(body.scores.trust).toMatchObject({ customers: 30, onlyBefore: 0, onlyAfter: 0 });
    expect(body.scores.trust.change.mean).toBeLessThan(0);
    expect(body.scores.control).toMatchObject({ customers: 0, onlyAfter: 30, change: null, rankCorrelation: null });
    expect(body.movers).toHaveLength(20);
    const [first] = body.movers;
    expect(first.reasons[0]).toMatchObject({ name: expect.stringMatching(/^(promise\.broken|page\.viewed)$/) });
  });

  it('can be asked for again: it follows what has changed', async () => {
    await service.publishActivities(anActOf('customer 7', { name: 'page.viewed' }));
    await service.doneShadow('shadow-1');
    const [row] = await service.query<{ same: boolean }>(
      `select bool_and(l.revision = s.revision) as same
         from scoring.member l join scoring.member s using (member_id) join scoring.model ml on ml.model_id = l.model_id
         join scoring.model ms on ms.model_id = s.model_id where ml.status = 'live' and ms.version = 'shadow-1'`,
    );
    expect(row!.same).toBe(true);
  });

  it('that is removed leaves a draft, which can be changed and discarded', async () => {
    expect((await service.change('DELETE /api/v1/models/shadow-1/shadow')).status).toBe(204);
    expect((await service.get(path('shadow-1'))).body).toMatchObject({ status: 'draft', shadow: null });
    expect((await service.get(path('shadow-1', '/shadow'))).status).toBe(404);
    const members = await service.query(
      `select from scoring.member join scoring.model using (model_id) where model.version = 'shadow-1'`,
    );
    expect(members).toEqual([]);
    expect((await service.change('DELETE /api/v1/models/shadow-1')).status).toBe(204);
  });

  it('of the live model is refused, and so is promoting without one', async () => {
    expect(await service.postTo('retail-2', '/shadow')).toMatchObject({ status: 409, body: { code: 'already-live' } });
    await service.addDraft('unready-1');
    expect(await service.postTo('unready-1', '/promote')).toMatchObject({ status: 409, body: { code: 'not-ready' } });
    expect((await service.postTo('unready-1', '/shadow/pause')).status).toBe(404);
  });
});

describe('a model that is promoted', () => {
  it('is live for every reader, and is retired when the former one is promoted again', async () => {
    await service.addDraft('next-1');
    await service.doneShadow('next-1');
    const before = await service.scoresOf('customer 9', '?model=next-1');
    const { status, body } = await service.postTo('next-1', '/promote');
    expect([status, body.status, body.liveSince]).toEqual([200, 'live', expect.any(String)]);
    const after = await service.scoresOf('customer 9');
    expect(after.model).toBe('next-1');
    expect(after.elements.trust.bond).toBeCloseTo(before.elements.trust.bond, 5);
    await service.publishActivities(anActOf('customer 9', { name: 'promise.broken' }));
    const [last] = await service.query<{ state: Buffer }>(
      `select from scoring.member join scoring.model using (model_id) where status = 'live' and customer_id = $1`,
      [idOf('customer 9')],
    );
    expect(last).toBeDefined();
    expect((await service.postTo('next-1', '/promote')).body.code).toBe('already-live');
    expect((await service.postTo('retail-2', '/promote')).body.code).toBe('not-ready');
    await service.doneShadow('retail-2');
    expect((await service.postTo('retail-2', '/promote')).status).toBe(200);
    expect(await service.liveVersion()).toBe('retail-2');
    expect((await service.get(path('next-1'))).body.status).toBe('retired');
  });
});
