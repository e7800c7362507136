import { expect, test } from '@jest/globals';
import { type Deployment, inBothDeployments } from './in-both-deployments.ts';
import { apiKey, get, settledStats, until, writeKey } from './standalone.ts';

interface Scores {
  readonly customerId: string;
  readonly overall: number;
  readonly elements: Readonly<Record<string, { bond: number | null; mood: number | null; evidence: number }>>;
}
interface Identity {
  readonly members: readonly { readonly memberId: string; readonly identifiers: readonly { value: string }[] }[];
  readonly links: readonly { readonly linkId: string; readonly rule: string; readonly members: readonly string[] }[];
}
interface Changed {
  readonly mergeId: string;
  readonly customerId: string;
  readonly customers: readonly string[];
}

/** The instant of all scores, so that they do not decay between two reads. */
const at = '2026-11-20T18:00:00Z';

function isOnePerson({ urls }: Deployment): void {
  const settled = async () => {
    for (const service of ['profile', 'scoring', 'offers'] as const) await settledStats(urls()[service]);
  };
  const idOf = async (kind: string, value: string) => {
    const found = await get<{ items: { customerId: string }[] }>(
      urls().profile,
      `/api/v1/customers?kind=${kind}&value=${value}`,
    );
    return found.items[0]!.customerId;
  };
  const scoresOf = (id: string) => get<Scores>(urls().scoring, `/api/v1/customers/${id}/scores?at=${at}`);
  const evidenceOf = ({ elements }: Scores) => Object.values(elements).reduce((sum, { evidence }) => sum + evidence, 0);
  const timelineOf = async (id: string) =>
    (await get<{ items: { name: string }[] }>(urls().profile, `/api/v1/customers/${id}/timeline`)).items.map(
      ({ name }) => name,
    );
  /** Reads of a customer's own data in each service. They resolve to the status and the code of a problem. */
  const ownData = (
    [
      ['profile', 'timeline'],
      ['scoring', 'scores'],
      ['offers', 'offers'],
    ] as const
  ).map(([service, path]) => async (token: string): Promise<[number, string | undefined]> => {
    const headers = { authorization: `Bearer ${token}` };
    const response = await fetch(`${urls()[service]}/api/v1/customers/me/${path}`, { headers });
    return [response.status, ((await response.json()) as { code?: string }).code];
  });
  const change = async <T = Changed>(method: string, path: string, body?: object) => {
    const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' };
    const response = await fetch(urls().profile + path, { method, headers, body: body ? JSON.stringify(body) : null });
    expect(response.ok).toBe(true);
    return (await response.json()) as T;
  };
  let count = 0;
  /** Sends events, a minute after each other, and waits until they have taken effect. */
  const send = async (...events: readonly object[]) => {
    const batch = events.map((event) => ({
      type: 'track',
      messageId: `m-${++count}`,
      timestamp: new Date(Date.UTC(2026, 10, 20, 12, count)).toISOString(),
      ...event,
    }));
    const authorization = `Basic ${Buffer.from(`${writeKey}:`).toString('base64')}`;
    const headers = { authorization, 'content-type': 'application/json' };
    const response = await fetch(`${urls().ingest}/v1/batch`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ batch }),
    });
    expect(response.status).toBe(200);
    await settled();
  };
  const visit = { event: 'Product Viewed', properties: { product_id: 'p-1' } };
  const order = (id: string) => ({
    event: 'Order Completed',
    properties: { order_id: id, revenue: 40, currency: 'EUR' },
  });

  test('is known by all identifiers that come together, in whatever order', async () => {
    await send({ ...visit, anonymousId: 'browser' }, { ...visit, anonymousId: 'browser' });
    const visitor = await idOf('anonymous_id', 'browser');
    const { token } = await change<{ token: string }>('POST', '/api/v1/customer-tokens', { customerId: visitor });
    for (const read of ownData) expect(await read(token)).toEqual([200, undefined]);
    await send({ ...order('o-1'), userId: 'bea' });
    await send({ ...visit, userId: 'bea', anonymousId: 'browser' });
    for (const read of ownData)
      await until(
        () => read(token),
        ([status, code]) => status === 401 && code === 'token-ended',
      );
    const bea = await idOf('user_id', 'bea');
    expect(await idOf('anonymous_id', 'browser')).toBe(bea);
    expect(await timelineOf(visitor)).toEqual(await timelineOf(bea));
    expect(await timelineOf(bea)).toHaveLength(4);
    const [byFormerId, scores] = [await scoresOf(visitor), await scoresOf(bea)];
    expect(byFormerId).toEqual(scores);
    expect(scores.customerId).toBe(bea);
  });

  test('is one customer when the account names the card, and two after an unmerge, with the scores of before', async () => {
    const bea = await idOf('user_id', 'bea');
    await send(
      { ...order('t-1'), context: { traits: { loyaltyCard: '900' } } },
      { ...order('t-2'), context: { traits: { loyaltyCard: '900' } } },
    );
    const card = await idOf('loyalty_card', '900');
    expect(card).not.toBe(bea);
    const before = { bea: await scoresOf(bea), card: await scoresOf(card) };
    await send({ type: 'identify', userId: 'bea', traits: { loyaltyCard: '900' } });
    expect(await idOf('loyalty_card', '900')).toBe(bea);
    const merged = await until(
      () => scoresOf(bea),
      (scores) => evidenceOf(scores) === evidenceOf(before.bea) + evidenceOf(before.card),
    );
    expect(await scoresOf(card)).toEqual(merged);
    const { links } = await get<Identity>(urls().profile, `/api/v1/customers/${bea}/identity`);
    const link = links.find(({ members }) => members.includes(card))!;
    const { customers } = await change('DELETE', `/api/v1/customers/${card}/merges/${link.linkId}`);
    expect([...customers].sort()).toEqual([bea, card].sort());
    await settled();
    await until(
      () => scoresOf(card),
      ({ customerId }) => customerId === card,
    );
    expect(await scoresOf(card)).toEqual(before.card);
    expect(await scoresOf(bea)).toEqual(before.bea);
  });

  test('can be merged by hand, and both ids answer until it is undone', async () => {
    const [bea, card] = [await idOf('user_id', 'bea'), await idOf('loyalty_card', '900')];
    const before = { bea: await scoresOf(bea), card: await scoresOf(card) };
    const { mergeId, customerId } = await change('POST', `/api/v1/customers/${card}/merges`, {
      customerId: bea,
      reason: 'she showed it',
    });
    expect(customerId).toBe(bea);
    await until(
      () => scoresOf(card),
      (scores) => scores.customerId === bea,
    );
    expect(evidenceOf(await scoresOf(card))).toBe(evidenceOf(before.bea) + evidenceOf(before.card));
    await change('DELETE', `/api/v1/customers/${bea}/merges/${mergeId}`);
    await until(
      () => scoresOf(card),
      (scores) => scores.customerId === card,
    );
    expect([await scoresOf(bea), await scoresOf(card)]).toEqual([before.bea, before.card]);
  });
}

await inBothDeployments('one person', { prefix: 'person.test.' }, isOnePerson);
