import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ActivityReceived, ownSourceId } from '@sestante/contracts';
import { anActivity, minutesAfterNoon, shop, user, visitor } from './builders.ts';
import { type Service, startProfile } from './service.ts';

let service: Service;
beforeAll(async () => {
  service = await startProfile();
});
afterAll(() => service.dispose());

const say = (name: string, properties: Record<string, unknown>, over: Partial<ActivityReceived> = {}) =>
  service.publishActivities(anActivity({ identifiers: [user(name)], name: 'consent.updated', properties, ...over }));

interface Item {
  readonly subject: string;
  readonly kind: string;
  readonly value: string;
  readonly proof: Record<string, unknown> | null;
  readonly history: readonly Record<string, unknown>[];
}
async function consentsOf(id: string, credential?: string): Promise<Record<string, Item>> {
  const { status, body } = await service.get(`/api/v1/customers/${id}/consents`, credential);
  expect(status).toBe(200);
  return Object.fromEntries((body.items as Item[]).map((item) => [item.subject, item]));
}

describe('the consents of a customer', () => {
  it('are listed by purpose and by channel, also those that are unknown', async () => {
    await say('ada', { offers: true });
    const consents = await consentsOf(await service.idOf('user_id', 'ada'));
    expect(Object.values(consents).map(({ kind, subject, value }) => [kind, subject, value])).toEqual([
      ['purpose', 'offers', 'granted'],
      ['purpose', 'personalisation', 'unknown'],
      ['purpose', 'measurement', 'unknown'],
      ['channel', 'email', 'unknown'],
      ['channel', 'push', 'unknown'],
      ['channel', 'sms', 'unknown'],
      ['channel', 'in-app', 'unknown'],
      ['channel', 'store', 'unknown'],
      ['channel', 'post', 'unknown'],
      ['channel', 'call', 'unknown'],
    ]);
    expect(consents['email']).toMatchObject({ proof: null, history: [] });
  });

  it('have their proof and everything that was said before, newest first', async () => {
    const wording = 'Yes, write to me.';
    const grant = { channels: { email: true }, wording, policy_version: '2026-11' };
    const grantedAt = { timestamp: minutesAfterNoon(0), receivedAt: minutesAfterNoon(2) };
    await say('bea', grant, { ...grantedAt, channel: 'store' });
    await say('bea', {}, { name: 'message.unsubscribed', timestamp: minutesAfterNoon(5) });
    await say('bea', { channels: { email: 'denied' } }, { timestamp: minutesAfterNoon(4) });
    const consents = await consentsOf(await service.idOf('user_id', 'bea'));
    const given = {
      value: 'granted',
      saidAt: minutesAfterNoon(0),
      receivedAt: minutesAfterNoon(2),
      activityId: expect.any(String),
      activity: 'consent.updated',
      channel: 'store',
      source: shop,
      vouchedBy: 'secret',
      actedBy: null,
      wording,
      policyVersion: '2026-11',
    };
    expect(consents['email']!.history).toEqual([
      {
        ...given,
        ...{ value: 'denied', saidAt: minutesAfterNoon(4), receivedAt: minutesAfterNoon(4) },
        channel: 'web',
        wording: null,
        policyVersion: null,
      },
      given,
    ]);
    expect(consents['email']!.proof).toEqual(consents['email']!.history[0]);
    expect(consents['offers']).toMatchObject({ value: 'denied', proof: { activity: 'message.unsubscribed' } });
  });

  it('have the clerk who set them, and only for activities of the own API', async () => {
    const forged = { offers: true, acted_by: { by: 'customer' } };
    await say('cleo', forged);
    const id = await service.idOf('user_id', 'cleo');
    const clerk = await service.keyOf('clerk');
    const change = { consents: { personalisation: 'granted' }, wording: 'She said yes.', channel: 'store' };
    await service.change(`PUT /api/v1/customers/${id}/contact-policy`, change, clerk);
    const { offers, personalisation } = await consentsOf(id);
    expect(offers!.proof).toMatchObject({ actedBy: null });
    expect(personalisation!.proof).toMatchObject({
      source: ownSourceId,
      channel: 'store',
      actedBy: { by: 'key', role: 'clerk', keyId: expect.any(String) },
      wording: 'She said yes.',
    });
  });

  it('are the same if an activity is delivered again', async () => {
    const yes = anActivity({ identifiers: [user('dora')], name: 'consent.updated', properties: { offers: true } });
    await service.publishActivities(yes, yes);
    await service.publishActivities(yes);
    expect((await consentsOf(await service.idOf('user_id', 'dora')))['offers']!.history).toHaveLength(1);
  });

  it('that are given and withdrawn in one batch end withdrawn, in any order and at the same instant', async () => {
    const [yes, no] = [
      { offers: true, channels: { email: true } },
      { offers: false, channels: { email: false } },
    ];
    const both = (name: string, ...said: readonly [object, number][]) =>
      service.publishActivities(
        ...said.map(([properties, minutes]) =>
          anActivity({
            ...{ identifiers: [user(name)], name: 'consent.updated', timestamp: minutesAfterNoon(minutes) },
            properties: properties as Record<string, unknown>,
          }),
        ),
      );
    await both('gave first', [yes, 0], [no, 1]);
    await both('withdrew arrives first', [no, 1], [yes, 0]);
    await both('at once', [no, 0], [yes, 0]);
    for (const name of ['gave first', 'withdrew arrives first', 'at once']) {
      const consents = await consentsOf(await service.idOf('user_id', name));
      expect([name, consents['offers']!.value, consents['email']!.value]).toEqual([name, 'denied', 'denied']);
      expect(consents['offers']!.history.map(({ value }) => value)).toEqual(['denied', 'granted']);
    }
  });

  it('combine those of all members, and are those of each after an unmerge', async () => {
    await say('erin', { offers: true });
    await say('erin', { offers: false }, { identifiers: [visitor('erin')], timestamp: minutesAfterNoon(1) });
    const visitorId = await service.idOf('anonymous_id', 'erin');
    await service.publishActivities(anActivity({ identifiers: [user('erin'), visitor('erin')] }));
    const id = await service.idOf('user_id', 'erin');
    expect((await consentsOf(id))['offers']).toMatchObject({ value: 'denied', history: [{}, {}] });
    const { links } = (await service.get(`/api/v1/customers/${id}/identity`)).body;
    await service.change(`DELETE /api/v1/customers/${id}/merges/${links[0].linkId}`);
    expect((await consentsOf(id))['offers']).toMatchObject({ value: 'granted', history: [{}] });
    expect((await consentsOf(visitorId))['offers']).toMatchObject({ value: 'denied', history: [{}] });
  });

  it.each([
    [1_999, 1_999],
    [2_000, 2_000],
    [2_001, 2_000],
  ])('keep a wording of %d characters as %d', async (length, kept) => {
    const name = `wording ${length}`;
    await say(name, { offers: true, wording: 'w'.repeat(length), policy_version: 7 });
    const { proof } = (await consentsOf(await service.idOf('user_id', name)))['offers']!;
    expect([String(proof!['wording']).length, proof!['policyVersion']]).toEqual([kept, '7']);
  });

  it.each([
    [99, 99],
    [100, 100],
    [101, 100],
  ])('keep the version of a policy of %d characters as %d', async (length, kept) => {
    const name = `version ${length}`;
    await say(name, { offers: true, wording: ['no text'], policy_version: 'v'.repeat(length) });
    const { proof } = (await consentsOf(await service.idOf('user_id', name)))['offers']!;
    expect([proof!['wording'], String(proof!['policyVersion']).length]).toEqual([null, kept]);
  });

  it('cut a wording between characters', async () => {
    await say('emoji', { offers: true, wording: `${'w'.repeat(1_999)}👋` });
    const { proof } = (await consentsOf(await service.idOf('user_id', 'emoji')))['offers']!;
    expect(proof!['wording']).toBe('w'.repeat(1_999));
  });

  it('are open to their customer and to nobody else with a token', async () => {
    await say('fay', { offers: true });
    await say('gil', { offers: true });
    const [fay, gil] = [await service.idOf('user_id', 'fay'), await service.idOf('user_id', 'gil')];
    const { token } = (await service.post('/api/v1/customer-tokens', { customerId: fay })).body;
    expect((await consentsOf('me', token))['offers']!.value).toBe('granted');
    expect((await service.get(`/api/v1/customers/${gil}/consents`, token)).status).toBe(404);
    expect((await service.get('/api/v1/customers/0199c0de-0000-7000-8000-00000000ffff/consents')).status).toBe(404);
  });
});
