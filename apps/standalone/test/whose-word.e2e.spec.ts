import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { apiKey, dataFolder, get, settledStats, type Standalone, startStandalone, writeKey } from './standalone.ts';

interface Customer {
  readonly isUnconfirmed: boolean;
  readonly standing: { readonly offers: string; readonly personalisation: string; readonly openApology: boolean };
}
interface Offer {
  readonly code: string;
  readonly status: string;
}
interface Decision {
  readonly reasons: readonly string[];
  readonly cause: { readonly name: string };
}

const { folder, remove } = dataFolder();
let sestante: Standalone;
let browserKey: string;
beforeAll(async () => {
  sestante = await startStandalone(folder);
  const page = await post('/api/v1/sources', { name: 'page', channel: 'web', key: 'browser', origins: ['*'] }, apiKey);
  browserKey = ((await page.json()) as { writeKey: string }).writeKey;
}, 60_000);
afterAll(async () => {
  sestante.process.kill('SIGTERM');
  expect(await sestante.ended).toBe(0);
  remove();
});

const post = (path: string, body: object, key: string, more: Record<string, string> = {}) =>
  fetch(sestante.url + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...more },
    body: JSON.stringify(body),
  });

/** Sends events with a key, and waits until they have taken effect. */
async function send(key: string, events: readonly object[], token?: string): Promise<void> {
  const batch = events.map((event) => ({ type: 'track', messageId: crypto.randomUUID(), ...event }));
  const response = await post('/v1/batch', { batch }, key, token ? { 'x-customer-token': token } : {});
  expect(response.status).toBe(200);
  await settledStats(sestante.url);
}

const idOf = async (kind: string, value: string) =>
  (await get<{ items: { customerId: string }[] }>(sestante.url, `/api/v1/customers?kind=${kind}&value=${value}`))
    .items[0]!.customerId;
const bea = async () => {
  const id = await idOf('user_id', 'bea');
  const read = <T>(path = '') => get<T>(sestante.url, `/api/v1/customers/${id}${path}`);
  return {
    id,
    customer: await read<Customer>(),
    offers: (await read<{ items: Offer[] }>('/offers')).items,
    decisions: (await read<{ items: Decision[] }>('/decisions')).items,
  };
};

const consent = (value: boolean) => ({
  event: 'Consent Updated',
  properties: { offers: value, personalisation: value },
});
const denied = { event: 'Coupon Denied', properties: { coupon_id: 'c-1', reason: 'expired' } };

test('a stranger with the browser key says nothing for somebody whom a server knows', async () => {
  await send(writeKey, [{ userId: 'bea', event: 'Order Completed', properties: { order_id: 'o-1', revenue: 40 } }]);
  await send(browserKey, [
    { ...consent(true), userId: 'bea', anonymousId: 'stranger' },
    { ...denied, userId: 'bea', anonymousId: 'stranger' },
    { userId: 'bea', anonymousId: 'stranger', event: 'Promise Broken', properties: { promise: 'delivery' } },
  ]);
  const { id, customer, offers, decisions } = await bea();
  expect(await idOf('anonymous_id', 'stranger').catch(() => undefined)).not.toBe(id);
  expect(customer).toMatchObject({
    isUnconfirmed: false,
    standing: { offers: 'unknown', personalisation: 'unknown', openApology: false },
  });
  expect(offers).toEqual([]);
  const reasons = decisions.flatMap((decision) => decision.reasons);
  expect(reasons).toContainEqual(expect.stringContaining('only a page vouches for coupon.denied'));
  expect(reasons).toContainEqual(expect.stringContaining('only a page vouches for promise.broken'));
});

test('the customer says it with their token, and their browser joins the account', async () => {
  const { id } = await bea();
  const issued = await post('/api/v1/customer-tokens', { kind: 'user_id', value: 'bea' }, apiKey);
  const { token } = (await issued.json()) as { token: string };
  await send(
    browserKey,
    [
      { type: 'identify', userId: 'bea', anonymousId: 'of bea' },
      { ...consent(true), userId: 'bea' },
    ],
    token,
  );
  await send(browserKey, [{ ...denied, anonymousId: 'of bea' }], token);
  expect(await idOf('anonymous_id', 'of%20bea')).toBe(id);
  const { customer, offers } = await bea();
  expect(customer.standing).toMatchObject({ offers: 'granted', personalisation: 'granted' });
  expect(offers).toMatchObject([{ status: 'made' }]);
});

test('an offer is answered where it was shown, and redeemed by a till', async () => {
  const [offer] = (await bea()).offers;
  const properties = { code: offer!.code };
  const statusAfter = async (key: string, event: object) => {
    await send(key, [{ ...event, properties }]);
    return (await bea()).offers[0]!.status;
  };
  const stranger = { userId: 'bea', anonymousId: 'stranger' };
  expect(await statusAfter(browserKey, { event: 'Offer Accepted', ...stranger })).toBe('made');
  expect(await statusAfter(browserKey, { event: 'Offer Accepted', anonymousId: 'of bea' })).toBe('accepted');
  expect(await statusAfter(browserKey, { event: 'Offer Redeemed', anonymousId: 'of bea' })).toBe('accepted');
  expect(await statusAfter(writeKey, { event: 'Offer Redeemed', userId: 'bea' })).toBe('redeemed');
});

test('anybody may say no', async () => {
  await send(browserKey, [{ ...consent(false), userId: 'bea', anonymousId: 'stranger' }]);
  expect((await bea()).customer.standing).toMatchObject({ offers: 'denied', personalisation: 'denied' });
});

test('a customer whom only pages know is marked', async () => {
  await send(browserKey, [{ type: 'identify', userId: 'nobody-knows', anonymousId: 'new' }]);
  const id = await idOf('user_id', 'nobody-knows');
  expect(await idOf('anonymous_id', 'new')).toBe(id);
  expect((await get<Customer>(sestante.url, `/api/v1/customers/${id}`)).isUnconfirmed).toBe(true);
});
