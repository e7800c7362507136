import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { anActivity, user } from './builders.ts';
import { type Service, startProfile } from './service.ts';

let service: Service;
let [clerk, marketing] = ['', ''];
/** A new customer for each test, with its token. */
let [ada, token] = ['', ''];
let count = 0;

beforeAll(async () => {
  service = await startProfile();
  [clerk, marketing] = [await service.keyOf('clerk'), await service.keyOf('marketing')];
});
afterAll(() => service.dispose());
beforeEach(async () => {
  [ada, token] = await aCustomer();
});

async function aCustomer(): Promise<[id: string, token: string]> {
  const name = `customer-${++count}`;
  await service.publishActivities(anActivity({ identifiers: [user(name)] }));
  const id = await service.idOf('user_id', name);
  return [id, (await service.post('/api/v1/customer-tokens', { customerId: id })).body.token as string];
}

const read = (credential = token, id = 'me') => service.get(`/api/v1/customers/${id}/contact-policy`, credential);
const change = (body: object, credential = token, id = ada) =>
  service.change(`PUT /api/v1/customers/${id}/contact-policy`, body, credential);
const nothingSaid = {
  consents: { offers: 'unknown', personalisation: 'unknown', measurement: 'unknown' },
  channels: {
    ...{ email: 'unknown', push: 'unknown', sms: 'unknown', 'in-app': 'unknown' },
    ...{ store: 'unknown', post: 'unknown', call: 'unknown' },
  },
  quietHours: null,
  timeZone: null,
  budget: null,
  pausedUntil: null,
  language: null,
};
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
const dayIn = (days: number) => inDays(days).slice(0, 10);

describe('the contact policy of a customer', () => {
  it('is empty before anything is said', async () => {
    expect(await read()).toEqual({ status: 200, body: nothingSaid });
  });

  it('is what the customer set, and what was not set stays', async () => {
    const given = {
      consents: { offers: 'granted', measurement: 'denied' },
      channels: { email: 'denied', 'in-app': 'granted' },
      quietHours: { from: 21.5, to: 8 },
      timeZone: 'Europe/Rome',
      budget: { most: 1, perDays: 30 },
      pausedUntil: dayIn(10),
      language: 'de-AT',
    };
    const after = {
      ...{ ...nothingSaid, ...given },
      consents: { ...nothingSaid.consents, ...given.consents },
      channels: { ...nothingSaid.channels, ...given.channels },
    };
    expect(await change(given)).toEqual({ status: 200, body: after });
    expect((await read()).body).toEqual(after);
    expect(await change({ consents: { personalisation: 'granted' }, pausedUntil: null, budget: null })).toEqual({
      status: 200,
      body: {
        ...after,
        consents: { ...after.consents, personalisation: 'granted' },
        ...{ pausedUntil: null, budget: null },
      },
    });
  });

  it('can be sent back as it was read', async () => {
    await change({ consents: { offers: 'granted' }, timeZone: 'Europe/Rome', quietHours: { from: 22, to: 7 } });
    const { body } = await read();
    expect(await change(body)).toEqual({ status: 200, body });
    const { items } = (await service.get('/api/v1/customers/me/consents', token)).body;
    expect(items.find(({ subject }: { subject: string }) => subject === 'offers').history).toHaveLength(1);
  });

  it('loses every setting that is set to null', async () => {
    await change({ quietHours: { from: 22, to: 7 }, timeZone: 'UTC', budget: { most: 0, perDays: 1 }, language: 'it' });
    const none = { quietHours: null, timeZone: null, budget: null, pausedUntil: null, language: null };
    expect((await change(none)).body).toEqual(nothingSaid);
    expect((await service.get(`/api/v1/customers/${ada}`)).body.standing).toEqual({
      ...{ offers: 'unknown', personalisation: 'unknown', inDifficulty: false, openApology: false },
      preferences: {},
    });
  });

  it('is an activity in the timeline, without personal data about who acted', async () => {
    await change({ consents: { offers: 'denied' } }, clerk);
    await change({ pausedUntil: dayIn(1), channel: 'mobile' });
    const { items } = (await service.get(`/api/v1/customers/${ada}/timeline`)).body;
    expect(items.slice(0, 2)).toMatchObject([
      {
        name: 'preferences.updated',
        channel: 'mobile',
        properties: { paused_until: dayIn(1), acted_by: { by: 'customer' } },
      },
      {
        name: 'consent.updated',
        channel: 'service',
        properties: { offers: 'denied', acted_by: { by: 'key', role: 'clerk', keyId: expect.any(String) } },
      },
    ]);
    expect(JSON.stringify(items)).not.toContain('a test of clerk');
  });

  it('is later than what was set by a process whose clock is ahead', async () => {
    const ahead = inDays(1);
    const identifiers = [user(`customer-${count}`)];
    const yes = { name: 'consent.updated', properties: { offers: true }, timestamp: ahead, receivedAt: ahead };
    await service.publishActivities(anActivity({ identifiers, ...yes }));
    expect((await change({ consents: { offers: 'denied' } })).body.consents.offers).toBe('denied');
    expect((await change({ consents: { offers: 'granted' } })).body.consents.offers).toBe('granted');
  });

  it('follows a merge, and is that of each after the unmerge', async () => {
    const [bea, tokenOfBea] = await aCustomer();
    await change({ consents: { offers: 'granted' }, language: 'it' });
    await change({ consents: { offers: 'denied' } }, tokenOfBea, bea);
    const { mergeId } = (await service.post(`/api/v1/customers/${ada}/merges`, { customerId: bea, reason: 'a test' }))
      .body;
    for (const id of [ada, bea])
      expect((await read(clerk, id)).body).toMatchObject({ consents: { offers: 'denied' }, language: 'it' });
    await service.change(`DELETE /api/v1/customers/${ada}/merges/${mergeId}`);
    expect((await read(clerk, ada)).body).toMatchObject({ consents: { offers: 'granted' }, language: 'it' });
    expect((await read(clerk, bea)).body).toMatchObject({ consents: { offers: 'denied' }, language: null });
  });

  it('is open to its customer and to clerks; marketing can only read it', async () => {
    const [bea] = await aCustomer();
    expect((await read(token, bea)).status).toBe(404);
    expect((await change({ consents: { offers: 'granted' } }, token, bea)).status).toBe(404);
    expect([(await read(marketing, bea)).status, (await read(clerk, bea)).status]).toEqual([200, 200]);
    expect((await change({ language: 'it' }, marketing, bea)).status).toBe(403);
    expect((await change({ language: 'it' }, clerk, bea)).status).toBe(200);
    const { items } = (await service.get(`/api/v1/audit?customerId=${bea}&limit=3`)).body;
    expect(items.map(({ action }: { action: string }) => action)).toEqual([
      ...['contact-policy.changed', 'contact-policy.read', 'contact-policy.read'],
    ]);
  });
});
