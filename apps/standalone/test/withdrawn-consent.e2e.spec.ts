import { expect, test } from '@jest/globals';
import { type Deployment, inBothDeployments } from './in-both-deployments.ts';
import { apiKey, get, settledStats, writeKey } from './standalone.ts';

interface Decision {
  readonly result: string;
  readonly cause: { readonly timestamp: string };
  readonly candidates: readonly {
    readonly template: string;
    readonly chosen: boolean;
    readonly gates: readonly { readonly gate: string; readonly passed: boolean }[];
  }[];
}

/** Events of others, per second: batches of this size, this often. */
const load = { events: 50, pauseMs: 100 };
const customersPerWay = 8;
/** Sells: see `libs/services/offers/templates/first.json`. */
const discount = 'next-order-discount';

function stopsOffers({ urls }: Deployment): void {
  let count = 0;
  const headersWith = (authorization: string) => ({ authorization, 'content-type': 'application/json' });
  const send = async (...events: readonly object[]) => {
    const headers = headersWith(`Basic ${Buffer.from(`${writeKey}:`).toString('base64')}`);
    const batch = events.map((event) => ({ type: 'track', messageId: `w-${++count}`, ...event }));
    const response = await fetch(`${urls().ingest}/v1/batch`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ batch }),
    });
    expect(response.status).toBe(200);
  };
  const now = () => new Date().toISOString();
  const denied = (who: object) => ({
    ...who,
    event: 'Coupon Denied',
    properties: { coupon_id: 'c' },
    timestamp: now(),
  });
  const consent = (who: object, isGiven: boolean) => ({
    ...who,
    event: 'Consent Updated',
    properties: { offers: isGiven, personalisation: isGiven },
    timestamp: now(),
  });
  const idOf = async (userId: string) => {
    const found = await get<{ items: { customerId: string }[] }>(
      urls().profile,
      `/api/v1/customers?kind=user_id&value=${userId}`,
    );
    return found.items[0]!.customerId;
  };
  const decisionsOf = async (userId: string) =>
    (await get<{ items: Decision[] }>(urls().offers, `/api/v1/customers/${await idOf(userId)}/decisions`)).items;

  /** How a customer withdraws, and sends causes after it: as an event before them, in one request with them, over the API. */
  const ways = {
    event: async (who: object) => {
      await send(consent(who, false));
      await send(denied(who));
    },
    together: (who: object) => send(consent(who, false), denied(who)),
    api: async (who: { userId: string }) => {
      const path = `/api/v1/customers/${await idOf(who.userId)}/contact-policy`;
      const body = JSON.stringify({ consents: { offers: 'denied' } });
      const headers = headersWith(`Bearer ${apiKey}`);
      const response = await fetch(urls().profile + path, { method: 'PUT', headers, body });
      expect([response.status, await response.json()]).toMatchObject([200, { consents: { offers: 'denied' } }]);
      // Also with another identifier, whose activities may take another way through the stream.
      await send(denied({ anonymousId: `browser of ${who.userId}` }));
      await send(denied(who));
    },
  };

  async function withdraw(userId: string, way: keyof typeof ways): Promise<string> {
    const who = { userId };
    await send(consent({ ...who, anonymousId: `browser of ${userId}` }, true), denied(who));
    await settled(userId, 1);
    const withdrawnAt = now();
    await ways[way](who);
    for (let more = 0; more < 3; more++) await send(denied(who));
    return withdrawnAt;
  }

  /** Waits until so many causes of the customer are decided. */
  async function settled(userId: string, causes: number): Promise<void> {
    for (let tries = 0; tries < 400; tries++) {
      const isKnown = await decisionsOf(userId).catch(() => []);
      if (isKnown.length >= causes) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`The causes of ${userId} were not decided in time.`);
  }

  test('stops every commercial offer for what is accepted after it, under load', async () => {
    let isLoaded = true;
    const others = (async () => {
      for (let sent = 0; isLoaded; sent += load.events) {
        const events = Array.from({ length: load.events }, (_, index) => {
          const userId = `other-${(sent + index) % 300}`;
          return index % 2 ? denied({ userId }) : { userId, event: 'Product Viewed', properties: { product_id: 'p' } };
        });
        await send(...events);
        await new Promise((resolve) => setTimeout(resolve, load.pauseMs));
      }
    })();
    const customers = Object.keys(ways).flatMap((way) =>
      Array.from({ length: customersPerWay }, (_, index) => [`${way}-${index}`, way as keyof typeof ways] as const),
    );
    const withdrawn = await Promise.all(
      customers.map(async ([userId, way]) => [userId, way, await withdraw(userId, way)] as const),
    );
    isLoaded = false;
    await others;
    for (const service of ['profile', 'scoring', 'offers'] as const) await settledStats(urls()[service]);

    for (const [userId, way, withdrawnAt] of withdrawn) {
      const decisions = await decisionsOf(userId);
      const consentIn = ({ candidates }: Decision) =>
        candidates.find(({ template }) => template === discount)!.gates.find(({ gate }) => gate === 'consent')!.passed;
      const [before, after] = [true, false].map((isBefore) =>
        decisions.filter(({ cause }) => cause.timestamp < withdrawnAt === isBefore),
      );
      expect([userId, before!.map(consentIn)]).toEqual([userId, [true]]);
      expect([userId, after!.map(consentIn)]).toEqual([
        userId,
        Array.from({ length: way === 'api' ? 5 : 4 }, () => false),
      ]);
      expect(after!.map(({ result }) => result)).not.toContain('offer');
    }
  }, 120_000);
}

await inBothDeployments('a withdrawn consent', { prefix: 'consent.test.' }, stopsOffers);
