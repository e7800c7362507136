import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { elements } from '@sestante/engagement';
import { eventually } from '@sestante/streaming/testing';
import { anActOf, daysAfter, idOf } from '../builders.ts';
import { type Service, startScoring } from '../service.ts';

let service: Service;
beforeAll(async () => {
  service = await startScoring();
  await service.publishActivities(
    ...Array.from({ length: 30 }, (_, index) => [
      anActOf(`customer ${index}`, { timestamp: daysAfter(-index) }),
      anActOf(`customer ${index}`, { name: 'promise.broken', timestamp: daysAfter(-2 * index) }),
      anActOf(`customer ${index}`, { name: 'page.viewed' }),
    ]).flat(),
    ...Array.from({ length: 10 }, () => anActOf('customer 3', { name: 'promise.broken', timestamp: daysAfter(-1) })),
  );
});
afterAll(() => service.dispose());

const path = (version: string, rest = '') => `/api/v1/models/${version}${rest}`;
const post = (version: string, rest: string, body: object = {}) => service.post(path(version, rest), body);

/** A draft in which broken promises weigh more than in the first model, and page views are good for control. */
async function addDraft(version: string, weight = 9) {
  const { body } = await service.get(path('retail-2'));
  const broken = body.document.rules.find((rule: { activity: string }) => rule.activity === 'promise.broken');
  const rules = [
    ...body.document.rules.filter((rule: unknown) => rule !== broken),
    { ...broken, signals: [{ element: 'trust', weight, valence: 0 }] },
    { ...broken, activity: 'page.viewed', when: undefined, signals: [{ element: 'control', weight: 1, valence: 1 }] },
  ];
  const { status } = await service.post('/api/v1/models', { ...body.document, version, rules });
  expect(status).toBe(201);
}

async function doneShadow(version: string) {
  expect((await post(version, '/shadow')).status).toBe(202);
  return eventually(async () => {
    const { body } = await service.get(path(version, '/shadow'));
    if (body.state !== 'done') throw new Error(`The shadow is ${JSON.stringify(body)}`);
    return body;
  });
}

const liveVersion = async () =>
  (await service.get('/api/v1/models')).body.items.find(({ status }: { status: string }) => status === 'live').version;
const scoresOf = async (name: string, query = '') =>
  (await service.get(`/api/v1/customers/${idOf(name)}/scores${query}`)).body;

describe('a dry run', () => {
  it('tells the scores of one customer before and after, and what each rule changes', async () => {
    await addDraft('dry-1');
    const { status, body } = await post('dry-1', '/dry-run', { customerId: idOf('customer 3') });
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
    expect((await post(version, '/dry-run', { customerId: customerId() })).status).toBe(status);
  });
});

describe('scores and explanations under another model', () => {
  it('are those of the kept activities, with the version of that model', async () => {
    await addDraft('asked-1');
    const [live, asked] = [await scoresOf('customer 5'), await scoresOf('customer 5', '?model=asked-1')];
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

describe('a shadow', () => {
  it('reads the history of all customers, and is done with a report', async () => {
    await addDraft('shadow-1');
    expect((await service.get(path('shadow-1', '/differences'))).body.code).toBe('not-ready');
    const done = await doneShadow('shadow-1');
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
    await doneShadow('shadow-1');
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
    expect(await post('retail-2', '/shadow')).toMatchObject({ status: 409, body: { code: 'already-live' } });
    await addDraft('unready-1');
    expect(await post('unready-1', '/promote')).toMatchObject({ status: 409, body: { code: 'not-ready' } });
    expect((await post('unready-1', '/shadow/pause')).status).toBe(404);
  });
});

describe('a model that is promoted', () => {
  it('is live for every reader, and is retired when the former one is promoted again', async () => {
    await addDraft('next-1');
    await doneShadow('next-1');
    const before = await scoresOf('customer 9', '?model=next-1');
    const { status, body } = await post('next-1', '/promote');
    expect([status, body.status, body.liveSince]).toEqual([200, 'live', expect.any(String)]);
    const after = await scoresOf('customer 9');
    expect(after.model).toBe('next-1');
    expect(after.elements.trust.bond).toBeCloseTo(before.elements.trust.bond, 5);
    await service.publishActivities(anActOf('customer 9', { name: 'promise.broken' }));
    const [last] = await service.query<{ state: Buffer }>(
      `select from scoring.member join scoring.model using (model_id) where status = 'live' and customer_id = $1`,
      [idOf('customer 9')],
    );
    expect(last).toBeDefined();
    expect((await post('next-1', '/promote')).body.code).toBe('already-live');
    expect((await post('retail-2', '/promote')).body.code).toBe('not-ready');
    await doneShadow('retail-2');
    expect((await post('retail-2', '/promote')).status).toBe(200);
    expect(await liveVersion()).toBe('retail-2');
    expect((await service.get(path('next-1'))).body.status).toBe('retired');
  });
});
