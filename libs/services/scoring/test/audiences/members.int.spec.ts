import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { open, topics } from '@sestante/contracts';
import { dataSourceOf } from '@sestante/postgres';
import { done, type Message, postgresStream } from '@sestante/streaming';
import { eventually } from '@sestante/streaming/testing';
import { aMerge, anActOf, idOf } from '../builders.ts';
import { type Service, startScoring } from '../service.ts';

interface Told {
  readonly event: string;
  readonly id: string;
  readonly customerId: string;
  readonly audienceId?: string;
  readonly transition?: number;
}

let service: Service;
let stopReading: () => Promise<void>;
const told: Told[] = [];
beforeAll(async () => {
  service = await startScoring();
  const dataSource = await dataSourceOf({ url: service.databaseUrl, schema: 'stream', migrations: [] }).initialize();
  const stream = postgresStream({ dataSource });
  const handler = (batch: readonly Message[]) => {
    for (const message of batch) note(message);
    return Promise.resolve(batch.map(() => done));
  };
  await stream.subscribe({ topic: topics.audiences.name, group: 'a test', handler });
  stopReading = async () => {
    await stream.close();
    await dataSource.destroy();
  };
});
afterAll(async () => {
  await stopReading();
  await service.dispose();
});

function note(message: Message): void {
  const { event, id, data } = open(topics.audiences, message);
  told.push({ event, id, ...(data as Omit<Told, 'event' | 'id'>) });
}

const path = (audienceId: string, rest: string) => `/api/v1/audiences/${audienceId}${rest}`;
const isSad = { field: 'trust.mood', operator: 'below', value: 60 };
const broken = (name: string, over = {}) =>
  anActOf(name, {
    name: 'promise.broken',
    timestamp: new Date().toISOString(),
    receivedAt: new Date().toISOString(),
    ...over,
  });
/** Adds an audience. Its name is unique. */
const added = async (rule: object): Promise<string> => {
  const { status, body } = await service.post('/api/v1/audiences', { name: randomUUID(), rule });
  expect(status).toBe(201);
  return body.audienceId;
};
const membersOf = async (audienceId: string): Promise<string[]> =>
  (await service.get(path(audienceId, '/members'))).body.items.map((item: { customerId: string }) => item.customerId);
const toldOf = (audienceId: string, name: string) =>
  told.filter((one) => one.audienceId === audienceId && one.customerId === idOf(name)).map(({ event }) => event);
const untilMembers = (audienceId: string, ...names: string[]) =>
  eventually(async () => expect((await membersOf(audienceId)).sort()).toEqual(names.map(idOf).sort()));

let unique = 0;
let [ada, bob, since] = ['', '', ''];
beforeEach(() => {
  unique += 1;
  [ada, bob, since] = [`ada ${unique}`, `bob ${unique}`, new Date(Date.now() - 1).toISOString()];
});
/** A rule that holds for the customers of this test only: they have acted since it began. */
const ofThisTest = (rule: object) => ({
  all: [rule, { field: 'lastSeenAt', operator: 'after', value: since }],
});

describe('a customer', () => {
  it('enters an audience within 5 s of the activity, and leaves it when the rule does not hold any more', async () => {
    const audienceId = await added(ofThisTest(isSad));
    const start = Date.now();
    await service.publishActivities(broken(ada), anActOf(bob, { timestamp: new Date().toISOString() }));
    await eventually(() => Promise.resolve(expect(toldOf(audienceId, ada)).toEqual(['AudienceEntered'])));
    expect(Date.now() - start).toBeLessThan(5_000);
    expect(await membersOf(audienceId)).toEqual([idOf(ada)]);
    const kept = Array.from({ length: 9 }, () => anActOf(ada, { timestamp: new Date().toISOString() }));
    await service.publishActivities(...kept);
    await eventually(() =>
      Promise.resolve(expect(toldOf(audienceId, ada)).toEqual(['AudienceEntered', 'AudienceLeft'])),
    );
    expect(await membersOf(audienceId)).toEqual([]);
    expect(toldOf(audienceId, bob)).toEqual([]);
    const transitions = told.filter((one) => one.audienceId === audienceId);
    expect(transitions.map(({ transition }) => transition)).toEqual([1, 2]);
    expect(new Set(transitions.map(({ id }) => id)).size).toBe(2);
  });

  it('enters an audience that is added later', async () => {
    await service.publishActivities(broken(ada));
    const audienceId = await added(ofThisTest(isSad));
    await untilMembers(audienceId, ada);
  });

  it('leaves when it turns out to be another customer, who enters', async () => {
    const audienceId = await added(ofThisTest(isSad));
    await service.publishActivities(broken(ada));
    await untilMembers(audienceId, ada);
    await service.publishActivities(...aMerge(ada, bob, { [`member of ${ada}`]: 1 }));
    await untilMembers(audienceId, bob);
    await eventually(() =>
      Promise.resolve(expect(toldOf(audienceId, ada)).toEqual(['AudienceEntered', 'AudienceLeft'])),
    );
    expect(toldOf(audienceId, bob)).toEqual(['AudienceEntered']);
  });
});

describe('a rule', () => {
  it('that is changed lets others in', async () => {
    const audienceId = await added(ofThisTest({ field: 'trust.mood', operator: 'above', value: 99 }));
    await service.publishActivities(broken(ada));
    const { body } = await service.get(path(audienceId, ''));
    await service.change(`PUT ${path(audienceId, '')}`, { name: body.name, rule: ofThisTest(isSad), revision: 1 });
    await untilMembers(audienceId, ada);
  });

  it('that names another audience is the rule of both', async () => {
    const sad = await added(ofThisTest(isSad));
    const notSad = await added(ofThisTest({ not: { field: 'audience', operator: 'one-of', value: [sad] } }));
    await service.publishActivities(broken(ada), anActOf(bob, { timestamp: new Date().toISOString() }));
    await untilMembers(sad, ada);
    await untilMembers(notSad, bob);
  });

  it('is counted before it is kept', async () => {
    await service.publishActivities(broken(ada));
    await eventually(async () => {
      const { status, body } = await service.post('/api/v1/audiences/preview', { rule: isSad });
      expect([status, body.count > 0, body.of >= body.count, body.ms >= 0]).toEqual([200, true, true, true]);
    });
    const nobody = { all: [isSad, { not: isSad }] };
    expect((await service.post('/api/v1/audiences/preview', { rule: nobody })).body.count).toBe(0);
  });

  it('with SQL in every text counts nobody, and changes nothing', async () => {
    const text = `'; drop table scoring.audience_member; --`;
    const rule = { any: [{ field: 'attributes.tier', operator: 'one-of', value: [text, '$1'] }] };
    expect((await service.post('/api/v1/audiences/preview', { rule })).body.count).toBe(0);
    const named = { field: 'audience', operator: 'equals', value: randomUUID() };
    expect(await service.post('/api/v1/audiences/preview', { rule: named })).toMatchObject({ status: 422 });
    expect(await service.query('select from scoring.audience_member limit 1')).toBeDefined();
  });
});

describe('an audience that is deleted', () => {
  it('is left by everybody', async () => {
    const audienceId = await added(ofThisTest(isSad));
    await service.publishActivities(broken(ada));
    await untilMembers(audienceId, ada);
    expect((await service.change(`DELETE ${path(audienceId, '')}`)).status).toBe(204);
    await eventually(() =>
      Promise.resolve(expect(toldOf(audienceId, ada)).toEqual(['AudienceEntered', 'AudienceLeft'])),
    );
    expect((await service.get(path(audienceId, '/members'))).status).toBe(404);
  });
});

describe('the members', () => {
  it('come in pages, and none beyond the end', async () => {
    const audienceId = await added(ofThisTest(isSad));
    await service.publishActivities(broken(ada), broken(bob));
    await untilMembers(audienceId, ada, bob);
    const first = (await service.get(path(audienceId, '/members?limit=1'))).body;
    const second = (await service.get(path(audienceId, `/members?limit=1&cursor=${first.next}`))).body;
    expect([first.items.length, second.items.length, second.next]).toEqual([1, 1, null]);
    const last = second.items[0].customerId as string;
    const beyond = await service.get(path(audienceId, `/members?cursor=${last}`));
    expect(beyond).toMatchObject({ status: 200, body: { items: [], next: null } });
    expect((await service.get(path(audienceId, '/sample?size=1'))).body.items).toHaveLength(1);
  });

  it('of two audiences are compared', async () => {
    const [sad, all] = [
      await added(ofThisTest(isSad)),
      await added(ofThisTest({ field: 'trust.mood', operator: 'present' })),
    ];
    await service.publishActivities(broken(ada), anActOf(bob, { timestamp: new Date().toISOString() }));
    await untilMembers(sad, ada);
    await untilMembers(all, ada, bob);
    expect((await service.get(path(sad, `/overlap?with=${all}`))).body).toEqual({ both: 1, onlyThis: 0, onlyOther: 1 });
    expect((await service.get(path(sad, `/overlap?with=${randomUUID()}`))).status).toBe(404);
  });

  it('are read by marketing and administrators, which the audit log shows', async () => {
    const audienceId = await added(ofThisTest(isSad));
    await service.publishActivities(broken(ada));
    await untilMembers(audienceId, ada);
    expect((await service.get(path(audienceId, '/members'), await service.keyOf('clerk'))).status).toBe(403);
    const [entry] = await service.query<object>('select * from audit.entry order by entry_id desc limit 1');
    expect(entry).toMatchObject({ action: 'audience.read', customer_id: idOf(ada) });
  });

  it('change with time alone', async () => {
    const audienceId = await added(ofThisTest(isSad));
    await service.publishActivities(broken(ada));
    await untilMembers(audienceId, ada);
    // As if 60 days had passed since.
    await service.query('update scoring.score_landmark set landmark_ms = landmark_ms - 60 * 86400000::float8');
    await added(isSad);
    await eventually(() =>
      Promise.resolve(expect(toldOf(audienceId, ada)).toEqual(['AudienceEntered', 'AudienceLeft'])),
    );
  });
});
